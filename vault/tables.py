"""The tables of the two databases: ciphertext in the one, wrapped data keys in the other.

Nothing here is plain but ids, codes and times. The names begin with `vault_`, so that a database
may hold other things as well.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

INCOMING, DRAFT, KEPT = "incoming", "draft", "kept"
"""A file that is still being taken in; what no recorded event refers to yet; what one does."""

TEXTS_DATABASE = MetaData()

TEXTS = Table(
    "vault_texts",
    TEXTS_DATABASE,
    Column("id", String, primary_key=True),
    Column("stream", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("about", String, nullable=False, doc="ids of the others it is about, with spaces"),
    Column("state", String, nullable=False),
    Column("put_at", BigInteger, nullable=False, doc="microseconds since 1970, UTC"),
    Column("key_id", String, nullable=False),
    Column("digest", String, nullable=False, doc="SHA-256 of the ciphertext"),
    Column("sealed", LargeBinary, doc="the ciphertext; of a file it is in the chunks"),
    Column("chunks", Integer, nullable=False, default=0, doc="how many; 0 for a text"),
    Index("vault_texts_by_owner", "stream", "owner"),
    Index("vault_texts_by_state", "state", "put_at"),
)

CHUNKS = Table(
    "vault_chunks",
    TEXTS_DATABASE,
    Column("text_id", ForeignKey(TEXTS.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, doc="from 0"),
    Column("sealed", LargeBinary, nullable=False),
)

MATCHED = Table(
    "vault_matched",
    TEXTS_DATABASE,
    Column("text_id", ForeignKey(TEXTS.c.id, ondelete="CASCADE"), primary_key=True),
    Column("key_id", String, nullable=False, doc="of the matching key of its tokens"),
    Column("form", Integer, nullable=False, doc="by which rules its tokens were made"),
    Column("looked_at", BigInteger, doc="when others like it were looked for, like put_at"),
)
"""The details that have tokens, and whether others like them were looked for."""
Index(
    "vault_matched_to_look_at",
    MATCHED.c.text_id,
    sqlite_where=MATCHED.c.looked_at.is_(None),
    postgresql_where=MATCHED.c.looked_at.is_(None),
)

TOKENS = Table(
    "vault_tokens",
    TEXTS_DATABASE,
    Column("token", LargeBinary, primary_key=True),
    Column("text_id", ForeignKey(TEXTS.c.id, ondelete="CASCADE"), primary_key=True),
    Index("vault_tokens_by_text", "text_id"),
    sqlite_with_rowid=False,
)
"""What details can be found by: keyed, so that they say nothing to whoever has not got the key."""

ERASED = Table(
    "vault_erased",
    TEXTS_DATABASE,
    Column("id", String, primary_key=True),
    Column("stream", String, nullable=False),
)
"""What is remembered of an erased text: that there was one."""

RESTRICTED = Table(
    "vault_restricted",
    TEXTS_DATABASE,
    Column("stream", String, primary_key=True),
    Column("owner", String, primary_key=True),
)
"""Whose texts and files are kept and not used."""

SUPPRESSED = Table(
    "vault_suppressed",
    TEXTS_DATABASE,
    Column("token", LargeBinary, primary_key=True),
)
"""Of whom the matcher says that they asked not to be contacted: keyed digests, and nothing else."""


def _in_step(name: str, database: MetaData) -> Table:
    one = Column("one", Integer, primary_key=True, autoincrement=False)
    return Table(name, database, one, Column("mark", String, nullable=False))


IN_STEP = _in_step("vault_in_step", TEXTS_DATABASE)
"""How far this database has followed what the record says of erasing; one row."""

KEYS_DATABASE = MetaData()

KEYS = Table(
    "vault_keys",
    KEYS_DATABASE,
    Column("id", String, primary_key=True),
    Column("stream", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("master", String, nullable=False, doc="id of the master key that wraps it"),
    Column("wrapped", LargeBinary, nullable=False),
    UniqueConstraint("stream", "owner"),
)

MATCHING_KEYS = Table(
    "vault_matching_keys",
    KEYS_DATABASE,
    Column("number", Integer, primary_key=True, autoincrement=False, doc="the last is in use"),
    Column("id", String, nullable=False, unique=True),
    Column("master", String, nullable=False, doc="id of the master key that wraps it"),
    Column("wrapped", LargeBinary, nullable=False),
)

SUPPRESSION_KEYS = Table(
    "vault_suppression_keys",
    KEYS_DATABASE,
    Column("number", Integer, primary_key=True, autoincrement=False, doc="there is one"),
    Column("id", String, nullable=False, unique=True),
    Column("master", String, nullable=False, doc="id of the master key that wraps it"),
    Column("wrapped", LargeBinary, nullable=False),
)

KEYS_IN_STEP = _in_step("vault_keys_in_step", KEYS_DATABASE)

DESTROYED = Table(
    "vault_destroyed",
    KEYS_DATABASE,
    Column("id", String, primary_key=True),
    Column("stream", String, nullable=False),
    Column("owner", String, nullable=False),
    Index("vault_destroyed_by_owner", "stream", "owner"),
)
"""What is remembered of a destroyed key: that it was destroyed, and not lost."""
