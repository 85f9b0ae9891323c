"""The tables of the access log: rows are added, and only what a sealed segment holds may go.

The database refuses everything else by triggers; on PostgreSQL whoever does not own the tables is
left with the right to read and to add.
"""

from __future__ import annotations

import sqlalchemy as sa

TABLES = sa.MetaData()
ENTRIES = sa.Table(
    "access_entries",
    TABLES,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(32), nullable=False, unique=True),
    sa.Column("state", sa.LargeBinary, nullable=False),
)
SEGMENTS = sa.Table(
    "access_segments",
    TABLES,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("first", sa.BigInteger, nullable=False, unique=True),
    sa.Column("last", sa.BigInteger, nullable=False, unique=True),
    sa.Column("state", sa.LargeBinary, nullable=False),
)


def stored(value: object) -> bytes:
    """Return what stands in a column of bytes, whatever somebody may have put there."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


_READER = "rj_log_reader"
"""The role by which the notary reads, where there is one (deploy/postgres)."""
_ONLY = "the access log is append-only"
_IN_A_SEGMENT = """EXISTS (SELECT 1 FROM access_segments
    WHERE OLD.number BETWEEN access_segments.first AND access_segments.last)"""
_SAME = {
    "access_entries": "number = NEW.number OR id = NEW.id",
    "access_segments": "number = NEW.number OR first = NEW.first OR last = NEW.last",
}


def _sqlite(name: str) -> tuple[str, ...]:
    may_go = f"WHEN NOT {_IN_A_SEGMENT}" if name == "access_entries" else ""
    stop = f"BEGIN SELECT RAISE(ABORT, '{_ONLY}'); END"
    return (
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {stop}",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {may_go} {stop}",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"""CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name}
            WHEN EXISTS (SELECT 1 FROM {name} WHERE {_SAME[name]}) {stop}""",  # noqa: S608
    )


def _refusing(name: str) -> str:
    may_go = f"IF TG_OP = 'DELETE' AND {_IN_A_SEGMENT} THEN RETURN OLD; END IF;"
    return f"""BEGIN {may_go if name == "access_entries" else ""}
        RAISE EXCEPTION '{_ONLY}'; END"""


def _postgres(name: str) -> tuple[str, ...]:
    return (
        f"""CREATE OR REPLACE FUNCTION {name}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            {_refusing(name)} $$""",
        f"""CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name}
            FOR EACH ROW EXECUTE FUNCTION {name}_append_only()""",
        f"""CREATE TRIGGER {name}_no_update BEFORE UPDATE OR TRUNCATE ON {name}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}_append_only()""",
        # What the deployment grants by default is more than anybody needs here.
        f"""DO $$ DECLARE who regrole; BEGIN
            FOR who IN SELECT DISTINCT grantee FROM pg_class, aclexplode(relacl)
                WHERE oid = '{name}'::regclass AND grantee NOT IN (0, relowner)
            LOOP
                EXECUTE format('REVOKE ALL ON {name} FROM %s', who);
                EXECUTE format('GRANT SELECT, INSERT ON {name} TO %s', who);
            END LOOP; END $$""",  # noqa: S608
        # The notary reads what it signs, and no other table here.
        f"""DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{_READER}') THEN
            GRANT SELECT ON {name} TO {_READER}; END IF; END $$""",
    )


def _guard(dialect: str, statements: tuple[str, ...], how: str) -> None:
    for statement in statements:
        # The statements are our own; a percent sign in one would be taken for a value's place.
        text = statement.replace("CREATE TRIGGER", how).replace("%", "%%")
        made = sa.DDL(text).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        sa.event.listen(TABLES, "after_create", made)


for _table in (ENTRIES, SEGMENTS):
    _guard("sqlite", _sqlite(_table.name), "CREATE TRIGGER IF NOT EXISTS")
    _guard("postgresql", _postgres(_table.name), "CREATE OR REPLACE TRIGGER")


def _by_name(name: str) -> dict[str, str]:
    return {statement.split()[2]: statement for statement in _sqlite(name)}


_EACH_DELETE, _EVERY_CHANGE = 1 | 2 | 8, 2 | 16 | 32
"""`pg_trigger.tgtype`: before DELETE for each row; before UPDATE or TRUNCATE, once."""
GUARDS = {
    "sqlite": {table: _by_name(table) for table in _SAME},
    "postgresql": {
        table: {
            f"{table}_no_delete": f"{_EACH_DELETE} true {_refusing(table)}",
            f"{table}_no_update": f"{_EVERY_CHANGE} true {_refusing(table)}",
        }
        for table in _SAME
    },
}
"""By kind of database and by table: what the database says of each trigger that nobody changed."""
