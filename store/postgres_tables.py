"""The tables of an event log in PostgreSQL: append-only, and a role that can do no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psycopg.sql import SQL, Identifier

from domain.personal_data import FOLLOWED

if TYPE_CHECKING:
    from psycopg import Cursor
    from psycopg.rows import DictRow

TABLE = "stored_events"
_MIGRATING = 7_215_092_641_107
"""An arbitrary number that migrations queue on: PostgreSQL's IF NOT EXISTS does not wait."""
FOLLOWED_ONLY = f"topic IN ({', '.join(repr(name) for name in FOLLOWED)})"
"""What the vault has to follow; written out, as the index over these rows has it."""
_INDEX = f"{TABLE}_followed_idx"
_OVER = """SELECT pg_get_expr(indpred, indrelid) AS over FROM pg_index
    WHERE indexrelid = %s::regclass"""
_NAMED = re.compile(r"'([a-z_]+)'")
_GUARD = "BEGIN RAISE EXCEPTION 'the event log is append-only'; END"
"""What the trigger does at every statement that changes or takes away."""
_BEFORE_ANY_CHANGE = 2 | 8 | 16 | 32
"""`pg_trigger.tgtype`: for each statement, before DELETE, UPDATE or TRUNCATE."""
_TRIGGERS = """SELECT tgname, tgtype, tgenabled, prosrc FROM pg_trigger
    JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgrelid = %s::regclass AND NOT tgisinternal"""
_RIGHTS = """SELECT has_any_column_privilege(%(table)s::text, 'UPDATE') AS "UPDATE",
    has_table_privilege(%(table)s::text, 'DELETE') AS "DELETE",
    has_table_privilege(%(table)s::text, 'TRUNCATE') AS "TRUNCATE" """
_STATEMENTS = (
    f"""CREATE TABLE IF NOT EXISTS public.{TABLE} (
        originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL CHECK (originator_version >= 0),
        topic text NOT NULL,
        state bytea NOT NULL,
        notification_id bigserial NOT NULL,
        PRIMARY KEY (originator_id, originator_version)
    )""",
    f"""CREATE UNIQUE INDEX IF NOT EXISTS {TABLE}_notification_id_idx
        ON public.{TABLE} (notification_id)""",
    f"""CREATE INDEX IF NOT EXISTS {_INDEX} ON public.{TABLE} (notification_id)
        WHERE {FOLLOWED_ONLY}""",
    f"""CREATE OR REPLACE FUNCTION public.{TABLE}_append_only() RETURNS trigger
        LANGUAGE plpgsql AS $$
        {_GUARD} $$""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_append_only
        BEFORE UPDATE OR DELETE OR TRUNCATE ON public.{TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION public.{TABLE}_append_only()""",
)
_TYPE = """CREATE TYPE public.stored_event_text AS (
    originator_id text, originator_version bigint, topic text, state bytea)"""
"""What the library passes events in."""


def is_migrated(cursor: Cursor[DictRow]) -> bool:
    """Say whether the table is there."""
    return _exists(cursor, "SELECT to_regclass(%s)", f"public.{TABLE}")


def is_up_to_date(cursor: Cursor[DictRow]) -> bool:
    """Say whether the table has what this release wants: the newest is the index of what the vault
    follows, over these rows and no others."""
    index = f"public.{_INDEX}"
    if not _exists(cursor, "SELECT to_regclass(%s)", index):
        return False
    cursor.execute(_OVER.encode(), (index,))
    row = cursor.fetchone()
    return row is not None and set(_NAMED.findall(row["over"] or "")) == set(FOLLOWED)


def triggers(cursor: Cursor[DictRow]) -> dict[str, str]:
    """Return the triggers on the table, by name, each with what it comes to."""
    cursor.execute(_TRIGGERS.encode(), (f"public.{TABLE}",))
    return {row["tgname"]: _defined(**row) for row in cursor.fetchall()}


def _defined(tgtype: int, tgenabled: bytes | str, prosrc: str, tgname: str = "") -> str:  # noqa: ARG001 - as the row has it
    enabled = tgenabled.decode() if isinstance(tgenabled, bytes) else tgenabled
    # On in ordinary sessions, or in all.
    return f"{tgtype} {enabled in {'O', 'A'}} {prosrc}"


GUARDS = {f"{TABLE}_append_only": _defined(_BEFORE_ANY_CHANGE, "O", _GUARD)}
"""What `triggers` finds where nobody has changed anything."""


def rights_too_many(cursor: Cursor[DictRow]) -> list[str]:
    """Return what the login in use may do to the table beside reading and appending."""
    cursor.execute(_RIGHTS.encode(), {"table": f"public.{TABLE}"})
    row = cursor.fetchone() or {}
    return [right for right, given in row.items() if given]


def create_tables(cursor: Cursor[DictRow]) -> None:
    """Make the table, its index and type and its triggers if they are missing; an index over other
    rows, as an older release made it, is replaced."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
    if not is_up_to_date(cursor):
        cursor.execute(f"DROP INDEX IF EXISTS public.{_INDEX}".encode())
    for statement in _STATEMENTS:
        cursor.execute(statement.encode())
    if not _exists(cursor, "SELECT to_regtype(%s)", "public.stored_event_text"):
        cursor.execute(_TYPE)


def grant(cursor: Cursor[DictRow], writer: str, reader: str) -> None:
    """Give one role the right to read and to append, the other to read; neither any other."""
    _allow(cursor, writer, "SELECT, INSERT")
    _allow(cursor, reader, "SELECT")
    sequence = f"GRANT USAGE ON SEQUENCE public.{TABLE}_notification_id_seq TO {{}}"
    cursor.execute(SQL(sequence).format(Identifier(writer)))


def _allow(cursor: Cursor[DictRow], role: str, rights: str) -> None:
    """Give the role, made if missing, just these rights."""
    if not _exists(cursor, "SELECT to_regrole(%s)", f'"{role}"'):
        cursor.execute(SQL("CREATE ROLE {} NOLOGIN").format(Identifier(role)))
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        f"REVOKE ALL ON public.{TABLE} FROM {{}}",
        f"GRANT {rights} ON public.{TABLE} TO {{}}",
    ):
        cursor.execute(SQL(statement).format(Identifier(role)))


def _exists(cursor: Cursor[DictRow], question: str, name: str) -> bool:
    cursor.execute(f"{question} AS found".encode(), (name,))
    row = cursor.fetchone()
    return row is not None and row["found"] is not None
