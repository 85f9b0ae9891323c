"""The table of what was published: rows are added, and none is ever changed or taken away.

The database refuses everything else by triggers; on PostgreSQL whoever does not own the table is
left with the right to read and to add.
"""

from __future__ import annotations

import sqlalchemy as sa

TABLES = sa.MetaData()
PUBLISHED = sa.Table(
    "published_numbers",
    TABLES,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("state", sa.LargeBinary, nullable=False),
)
_ONLY = "what was published stays published"
_STOP = f"BEGIN SELECT RAISE(ABORT, '{_ONLY}'); END"
_GUARDS = {
    "sqlite": (
        f"""CREATE TRIGGER IF NOT EXISTS published_no_update
            BEFORE UPDATE ON published_numbers {_STOP}""",
        f"""CREATE TRIGGER IF NOT EXISTS published_no_delete
            BEFORE DELETE ON published_numbers {_STOP}""",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"""CREATE TRIGGER IF NOT EXISTS published_no_replace BEFORE INSERT ON published_numbers
            WHEN EXISTS (SELECT 1 FROM published_numbers WHERE number = NEW.number) {_STOP}""",  # noqa: S608
    ),
    "postgresql": (
        f"""CREATE OR REPLACE FUNCTION published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_ONLY}'; END $$""",
        """CREATE OR REPLACE TRIGGER published_no_change
            BEFORE UPDATE OR DELETE OR TRUNCATE ON published_numbers
            FOR EACH STATEMENT EXECUTE FUNCTION published_stays()""",
        # What the deployment grants by default is more than anybody needs here.
        """DO $$ DECLARE who regrole; BEGIN
            FOR who IN SELECT DISTINCT grantee FROM pg_class, aclexplode(relacl)
                WHERE oid = 'published_numbers'::regclass AND grantee NOT IN (0, relowner)
            LOOP
                EXECUTE format('REVOKE ALL ON published_numbers FROM %s', who);
                EXECUTE format('GRANT SELECT, INSERT ON published_numbers TO %s', who);
            END LOOP; END $$""",
    ),
}

for _dialect, _statements in _GUARDS.items():
    for _statement in _statements:
        # A percent sign would be taken for a value's place.
        _made = sa.DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        sa.event.listen(TABLES, "after_create", _made.execute_if(dialect=_dialect))


def stored(value: object) -> bytes:
    """Return what stands in a column of bytes, whatever somebody may have put there."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
