"""The index: the tokens of details, written with them, found by, and written anew when need be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Integer,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from domain.ids import CASE_PREFIX
from domain.texts import CASE
from vault.details import DETAILS, OFFENCE, OffenceDetails, PartyDetails
from vault.finding import FINDING, FOUND
from vault.matching.tokens import FORM, tokens
from vault.problems import Unfit
from vault.tables import DRAFT, KEPT, MATCHED, RESTRICTED, TEXTS, TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from vault.database import Database
    from vault.details import Details
    from vault.matching.keys import MatchingKey

MOST = 200
"""Texts that are opened for one search, those with most tokens in common first."""
_BATCH = 200
_ASKED = 300
"""Tokens in one question: SQLite takes 32,766 values at most, and none has so many."""

# Built once: building a statement costs more than carrying it out.
_PUT_MATCHED, _PUT_TOKENS = insert(MATCHED), insert(TOKENS)
_DROP_TOKENS = delete(TOKENS).where(TOKENS.c.text_id == bindparam("of_text"))
_DROP_MATCHED = delete(MATCHED).where(MATCHED.c.text_id == bindparam("of_text"))
_MATCHABLE = and_(
    TEXTS.c.stream.like(f"{CASE_PREFIX}-%"),
    TEXTS.c.kind.in_([DETAILS, FINDING, OFFENCE]),
    TEXTS.c.chunks == 0,
)
NOT_RESTRICTED = ~exists().where(
    RESTRICTED.c.stream == TEXTS.c.stream,
    RESTRICTED.c.owner == func.replace(TEXTS.c.owner, FOUND, ""),
)
"""Nobody is found by what is kept and not used, under whichever of their keys it lies."""
# By tokens alone: joined with the texts, SQLite began with all texts that are kept.
_SHARING = (
    select(TOKENS.c.text_id, func.count().label("shared"))
    .where(TOKENS.c.token.in_(bindparam("tokens", expanding=True)))
    .group_by(TOKENS.c.text_id)
    .order_by(func.count().desc(), TOKENS.c.text_id)
    .limit(MOST)
)
# Asked for the state as it stands, SQLite begins with all texts that are kept.
_IS_KEPT = TEXTS.c.state.concat("") == KEPT
_KEPT_BY_IDS = select(TEXTS).where(
    TEXTS.c.id.in_(bindparam("ids", expanding=True)),
    _IS_KEPT,
    TEXTS.c.stream != bindparam("but"),
    NOT_RESTRICTED,
)
_KEPT_OF_STREAMS = (
    select(TEXTS)
    .where(
        TEXTS.c.stream.in_(bindparam("streams", expanding=True)),
        _IS_KEPT,
        _MATCHABLE,
        NOT_RESTRICTED,
    )
    .order_by(TEXTS.c.put_at, TEXTS.c.id)
)
_NOT_LOOKED_AT = (
    select(TEXTS.c.id, TEXTS.c.stream)
    .join(MATCHED, MATCHED.c.text_id == TEXTS.c.id)
    .where(MATCHED.c.looked_at.is_(None), _IS_KEPT)
    .order_by(TEXTS.c.put_at, TEXTS.c.id)
    .limit(bindparam("most", type_=Integer))
)


def document(row: Mapping[str, Any], words: str) -> Details | None:
    """Return the details that these words are; None if they are none that can be found by."""
    of_case = str(row["stream"]).startswith(f"{CASE_PREFIX}-")
    party = row["kind"] in (DETAILS, FINDING) and row["owner"] != CASE
    if not of_case or not (party or row["kind"] == OFFENCE):
        return None
    try:
        return PartyDetails.parse(words) if party else OffenceDetails.parse(words)
    except Unfit:
        return None


def is_matchable(row: Mapping[str, Any]) -> bool:
    """Say whether a text may hold details of a party or an offence of a case."""
    return str(row["stream"]).startswith(f"{CASE_PREFIX}-") and row["kind"] in (
        DETAILS,
        FINDING,
        OFFENCE,
    )


class Index:
    """The tokens of all details. Raises `Unavailable` from every method."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(
        self, connection: Connection, row: Mapping[str, Any], words: str, key: MatchingKey
    ) -> None:
        """Write the tokens of a text, within the transaction that writes the text."""
        found = document(row, words)
        entry = {"text_id": row["id"], "key_id": key.id, "form": FORM}
        connection.execute(_PUT_MATCHED, entry)
        if found is not None and (made := tokens(found, key.secret)):
            connection.execute(
                _PUT_TOKENS, [{"token": one, "text_id": row["id"]} for one in sorted(made)]
            )

    def again(self, row: Row[Any], words: str, key: MatchingKey) -> bool:
        """Write the tokens of a text that has none, or others; say whether it is still there."""
        looked = self._database.rows(select(MATCHED.c.looked_at).where(MATCHED.c.text_id == row.id))
        try:
            with self._database.together() as connection:
                connection.execute(_DROP_TOKENS, {"of_text": row.id})
                connection.execute(_DROP_MATCHED, {"of_text": row.id})
                self.write(connection, row._asdict(), words, key)
                if looked:
                    self._look(connection, row.id, looked[0].looked_at)
        except IntegrityError:
            return False
        return True

    def outdated(self, key_id: str) -> Iterator[Sequence[Row[Any]]]:
        """Yield, some at a time, the texts that have no tokens under this key by today's rules."""
        after = ""
        wrong = or_(MATCHED.c.text_id.is_(None), MATCHED.c.key_id != key_id, MATCHED.c.form != FORM)
        chosen = (
            select(TEXTS)
            .outerjoin(MATCHED, MATCHED.c.text_id == TEXTS.c.id)
            .where(
                _MATCHABLE,
                TEXTS.c.state.in_([DRAFT, KEPT]),
                wrong,
                TEXTS.c.id > bindparam("after"),
            )
            .order_by(TEXTS.c.id)
            .limit(_BATCH)
        )
        while rows := self._database.rows(chosen, {"after": after}):
            yield rows
            after = rows[-1].id

    def keys_in_use(self) -> frozenset[str]:
        """Return the ids of the keys that tokens were made with."""
        rows = self._database.rows(select(MATCHED.c.key_id).distinct())
        return frozenset(row.key_id for row in rows)

    def sharing(self, wanted: Iterable[bytes], but: str = "") -> Sequence[Row[Any]]:
        """Return the kept texts that share most tokens; none of the stream `but`."""
        shared: dict[str, int] = {}
        for some in _some(sorted(wanted), _ASKED):
            for row in self._database.rows(_SHARING, {"tokens": some}):
                shared[row.text_id] = shared.get(row.text_id, 0) + row.shared
        most = sorted(shared, key=lambda one: (-shared[one], one))[:MOST]
        return [
            row
            for some in _some(most, _BATCH)
            for row in self._database.rows(_KEPT_BY_IDS, {"ids": some, "but": but})
        ]

    def kept_of(self, streams: Iterable[str]) -> Sequence[Row[Any]]:
        """Return all details of these cases that are kept, the oldest first."""
        return [
            row
            for some in _some(sorted(streams), _BATCH)
            for row in self._database.rows(_KEPT_OF_STREAMS, {"streams": some})
        ]

    def to_look_at(self, most: int) -> Sequence[Row[Any]]:
        """Return kept texts of which nobody looked yet for others like them."""
        return self._database.rows(_NOT_LOOKED_AT, {"most": most})

    def looked(self, ids: Iterable[str], at: int) -> None:
        """Note that others like these were looked for; `at` in microseconds since 1970."""
        for text_id in ids:
            with self._database.together() as connection:
                self._look(connection, text_id, at)

    @staticmethod
    def _look(connection: Connection, text_id: str, at: int | None) -> None:
        chosen = update(MATCHED).where(MATCHED.c.text_id == text_id)
        connection.execute(chosen.values(looked_at=at))


def _some(values: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), most):
        yield values[start : start + most]
