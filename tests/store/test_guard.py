"""Whether the log can only be added to is asked of the database, and told for what it is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest

from store import WRITER, migrate, open_log
from tests.store.attack import Attacker
from tests.store.sample import fill

if TYPE_CHECKING:
    from keys import Verifier
    from store import Log

TABLE, GUARD = "stored_events", "stored_events_append_only"
CALLED = "FOR EACH STATEMENT EXECUTE FUNCTION"
NOTHING = "CREATE OR REPLACE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$"


def test_a_log_as_it_was_made_has_nothing_wrong_however_often_it_is_opened(
    url: str, log: Log, verifier: Verifier
) -> None:
    fill(log)
    assert log.broken_guards() == []
    with closing(open_log(url, None, verifier)) as again:
        assert again.broken_guards() == []


@pytest.mark.parametrize("what", ["update", "delete", "replace"])
@pytest.mark.parametrize("weakened", [False, True])
def test_each_trigger_that_was_dropped_or_weakened_in_sqlite_is_named(
    sqlite_log: str, verifier: Verifier, what: str, weakened: bool
) -> None:
    attacker, name = Attacker(sqlite_log), f"{TABLE}_no_{what}"
    with closing(open_log(sqlite_log, None, verifier)) as log:
        ((made,),) = attacker.sql("SELECT sql FROM sqlite_master WHERE name = ?", name)
        attacker.sql(f"DROP TRIGGER {name}")
        if weakened:
            attacker.sql(str(made).replace("BEGIN SELECT", "BEGIN SELECT 1; SELECT 'x' OR"))
        how = "not as it was made" if weakened else "not there"
        assert log.broken_guards() == [f"the trigger {name} is {how}"]
        open_log(sqlite_log, None, verifier, create=False).close()
        assert len(log.broken_guards()) == 1
        open_log(sqlite_log, None, verifier).close()
        assert log.broken_guards() == []


def test_a_trigger_of_somebody_elses_is_named_in_sqlite(
    sqlite_log: str, verifier: Verifier
) -> None:
    with closing(open_log(sqlite_log, None, verifier)) as log:
        Attacker(sqlite_log).sql(
            f"CREATE TRIGGER quiet BEFORE INSERT ON {TABLE} BEGIN SELECT RAISE(IGNORE); END"
        )
        assert log.broken_guards() == ["the trigger quiet is none of this service's"]


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ([f"DROP TRIGGER {GUARD} ON {TABLE}"], f"the trigger {GUARD} is not there"),
        ([f"ALTER TABLE {TABLE} DISABLE TRIGGER {GUARD}"], f"{GUARD} is not as it was made"),
        ([f"ALTER TABLE {TABLE} ENABLE REPLICA TRIGGER {GUARD}"], f"{GUARD} is not as it was made"),
        ([f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {GUARD}"], ""),
        (
            [f"{NOTHING} BEGIN RETURN NEW; END $$".replace("nothing", GUARD)],
            f"{GUARD} is not as it was made",
        ),
        (
            [f"CREATE OR REPLACE TRIGGER {GUARD} BEFORE DELETE ON {TABLE} {CALLED} {GUARD}()"],
            f"{GUARD} is not as it was made",
        ),
        (
            [
                f"{NOTHING} BEGIN RETURN NULL; END $$",
                f"CREATE TRIGGER quiet BEFORE INSERT ON {TABLE} {CALLED} nothing()",
            ],
            "the trigger quiet is none of this service's",
        ),
    ],
    ids=["dropped", "disabled", "for copies only", "always", "emptied", "narrowed", "another"],
)
def test_each_change_to_the_trigger_in_postgresql_is_named(
    postgres_log: str, verifier: Verifier, statements: list[str], told: str
) -> None:
    with closing(open_log(postgres_log, None, verifier)) as log:
        for statement in statements:
            Attacker(postgres_log).sql(statement)
        found = log.broken_guards()
        assert (len(found), told in "".join(found)) == (bool(told), True)


def test_rights_of_the_services_login_that_are_too_many_are_named(
    postgres_log: str, verifier: Verifier
) -> None:
    migrate(postgres_log)
    login = "guarded_" + urlsplit(postgres_log).path.strip("/")
    its_url = postgres_log.replace("postgres@", f"{login}@")
    with psycopg.connect(postgres_log, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {login} LOGIN IN ROLE {WRITER}".encode())
        with closing(open_log(its_url, None, verifier, create=False)) as log:
            assert (log.broken_guards(), log.rights_too_many()) == ([], [])
            for given, told in (
                ("UPDATE (topic)", ["UPDATE"]),
                ("DELETE", ["UPDATE", "DELETE"]),
                ("TRUNCATE", ["UPDATE", "DELETE", "TRUNCATE"]),
            ):
                connection.execute(f"GRANT {given} ON {TABLE} TO {login}".encode())
                assert log.rights_too_many() == told
        connection.execute(f"DROP OWNED BY {login}".encode())
        connection.execute(f"DROP ROLE {login}".encode())


def test_whoever_may_write_a_file_may_do_anything_to_it(
    sqlite_log: str, verifier: Verifier
) -> None:
    with closing(open_log(sqlite_log, None, verifier)) as log:
        assert log.rights_too_many() == []
