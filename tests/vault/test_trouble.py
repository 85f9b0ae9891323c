"""A database that cannot be used: a plain sentence that says why, and nothing half-done."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from keys import Keyring
from tests.vault.conftest import AT, CASE, Place
from trouble import Trouble
from vault import Unavailable, open_vault, opening
from vault.tables import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vault import Vault

ROOT = Path(__file__).parents[2]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.5)


@pytest.fixture
def anywhere() -> Iterator[Path]:
    """Yield a folder that every account can reach, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="rj-vault-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def in_a_process(folder: Path, before: str, after: str) -> list[str]:
    """Run code with an open vault that holds one text; return the lines that it printed."""
    code = """
        import os, pathlib, resource, sys
        from datetime import UTC, datetime
        from keys import KeyKind, Keyring
        from vault import Unavailable, open_vault

        CASE, AT = "RJ-7K3M9QXZ-D", datetime.now(UTC)
        folder = pathlib.Path(sys.argv[1])
        ring = Keyring(folder / "keys", {})
        ring.create_missing()
        (folder / "keys").chmod(0o755)
        for key in (folder / "keys").glob("*.key"):
            key.chmod(0o644)
        where = (f"sqlite:///{folder}/vault.db", f"sqlite:///{folder}/keys.db", ring)
        vault = open_vault(*where)
        ref = vault.put(CASE, "V1", "still there", kind="note", at=AT)
        vault.close()
        def attempt(*words):
            try:
                for more in words:
                    vault.put(CASE, "V1", more, kind="note", at=AT)
            except Unavailable as error:
                print(error.trouble, error)
    """
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            textwrap.dedent(code) + textwrap.dedent(before) + textwrap.dedent(after),
            str(folder),
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout.splitlines()


def is_locked(act: Callable[[], object], which: str) -> None:
    with pytest.raises(Unavailable, match=rf"{which} \(.*\) is locked") as caught:
        act()
    assert caught.value.trouble is Trouble.LOCKED


def test_while_another_program_writes_the_vault_can_be_read_but_is_locked_for_writing(
    impatient: None, sqlite_place: Place, keyring: Keyring
) -> None:
    with closing(open_vault(sqlite_place.url, sqlite_place.keys_url, keyring)) as vault:
        ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
        with closing(sqlite3.connect(path_of(sqlite_place.url))) as other:
            other.execute("BEGIN IMMEDIATE")
            is_locked(lambda: vault.put(CASE, "V1", "more", kind="note", at=AT), "vault")
            is_locked(lambda: vault.keep(CASE, [ref]), "vault")
            assert vault.words(CASE, ref) == "words"
        assert vault.put(CASE, "V1", "more", kind="note", at=AT)


def test_while_another_program_has_the_keys_nothing_is_put_or_read(
    impatient: None, sqlite_place: Place, keyring: Keyring
) -> None:
    with closing(open_vault(sqlite_place.url, sqlite_place.keys_url, keyring)) as vault:
        ref = vault.put(CASE, "V1", "words", kind="note", at=AT)
        with closing(sqlite3.connect(path_of(sqlite_place.keys_url))) as other:
            other.execute("BEGIN EXCLUSIVE")
            is_locked(lambda: vault.put(CASE, "V1", "more", kind="note", at=AT), "key database")
            is_locked(lambda: vault.words(CASE, ref), "key database")
            is_locked(lambda: vault.erase_person(CASE, "V1"), "key database")
        assert vault.words(CASE, ref) == "words"


def test_opening_the_vault_again_does_not_let_others_past_a_lock(
    impatient: None, sqlite_place: Place, keyring: Keyring
) -> None:
    where = (sqlite_place.url, sqlite_place.keys_url, keyring)
    look = f"""
        import sqlite3
        other = sqlite3.connect({str(path_of(sqlite_place.keys_url))!r}, timeout=0)
        try: other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error: print(error)
    """
    with closing(open_vault(*where)) as vault, vault._keys._database.together():
        with closing(open_vault(*where)) as second, pytest.raises(Unavailable):
            second.put(CASE, "V1", "words", kind="note", at=AT)
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(look)],
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout == "database is locked\n"


def test_what_is_done_together_is_undone_together_and_holds_nobody_up(
    place: Place, keyring: Keyring
) -> None:
    with closing(open_vault(place.url, place.keys_url, keyring)) as vault:
        ref = vault.put(CASE, "V1", "words", kind="note", at=AT)

        def broken_off() -> None:
            with vault._texts._database.together() as connection:
                assert connection.execute(delete(TEXTS)).rowcount == 1
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            broken_off()
        assert vault.words(CASE, ref) == "words"
        with closing(open_vault(place.url, place.keys_url, keyring)) as other:
            assert other.put(CASE, "V1", "more", kind="note", at=AT)


def test_a_read_only_folder_can_be_read_and_says_that_it_cannot_be_written(
    anywhere: Path,
) -> None:
    said = in_a_process(
        anywhere,
        """
        # The write-ahead log has to be there for a reader who cannot make one.
        import sqlite3
        held = sqlite3.connect(folder / "vault.db")
        held.execute("SELECT count(*) FROM vault_texts").fetchone()
        for path in folder.glob("*.db*"):
            path.chmod(0o444)
        folder.chmod(0o555)
        if os.geteuid() == 0:
            os.setgid(65534); os.setuid(65534)
        """,
        """
        vault = open_vault(*where)
        print(vault.words(CASE, ref))
        attempt("more")
        """,
    )
    place = f"the vault ({anywhere}/vault.db)"
    assert said == [
        "still there",
        f"read_only {place} cannot be written: it or its folder is read-only for this account",
    ]


def test_a_folder_that_may_not_be_entered_says_so(anywhere: Path) -> None:
    said = in_a_process(
        anywhere,
        """
        folder.chmod(0o700)
        os.setgid(65534); os.setuid(65534)
        """,
        """
        for create in (True, False):
            try:
                from vault.vault import open_text_database
                open_text_database(where[0], create=create)
            except Unavailable as error:
                print(error.trouble)
        """,
    )
    assert said == ["read_only", "unreachable"]


def test_a_full_disk_is_said_to_be_full_and_nothing_is_half_written(anywhere: Path) -> None:
    said = in_a_process(
        anywhere,
        """
        size = max(path.stat().st_size for path in folder.glob("*.db"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20000, resource.RLIM_INFINITY))
        """,
        """
        vault = open_vault(*where)
        attempt(*["x" * 5000] * 20)
        from sqlalchemy import select, func
        from vault.tables import TEXTS
        taken = len(vault._texts._database.rows(select(TEXTS.c.id)))
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        print(vault.words(CASE, ref), 1 < taken < 20)
        print(len(vault._texts._database.rows(select(TEXTS.c.id))) == taken)
        attempt("room again")
        print(vault._texts._database.rows(select(func.count()).select_from(TEXTS))[0][0] - taken)
        """,
    )
    place = f"the vault ({anywhere}/vault.db)"
    assert said == [
        f"full {place} cannot grow: the disk is full or a limit is reached",
        "still there True",
        "True",
        "1",
    ]


@pytest.mark.parametrize("which", ["vault", "key database"])
def test_a_file_that_is_no_database_is_said_to_be_none_and_left_as_it_is(
    sqlite_place: Place, keyring: Keyring, which: str
) -> None:
    path = path_of(sqlite_place.url if which == "vault" else sqlite_place.keys_url)
    path.parent.mkdir()
    path.write_bytes(b"minutes of a meeting" * 500)
    with pytest.raises(Unavailable, match=rf"{which} \(.*\) is damaged, or is not a") as caught:
        open_vault(sqlite_place.url, sqlite_place.keys_url, keyring)
    assert caught.value.trouble is Trouble.NOT_A_DATABASE
    assert path.read_bytes() == b"minutes of a meeting" * 500


def test_a_folder_in_the_place_of_the_file_is_no_database(
    sqlite_place: Place, keyring: Keyring
) -> None:
    path_of(sqlite_place.url).mkdir(parents=True)
    with pytest.raises(Unavailable) as caught:
        open_vault(sqlite_place.url, sqlite_place.keys_url, keyring)
    assert caught.value.trouble in (Trouble.NOT_A_DATABASE, Trouble.UNREACHABLE)


def test_a_file_in_the_place_of_the_folder_makes_it_unreachable(
    sqlite_place: Place, keyring: Keyring
) -> None:
    path_of(sqlite_place.url).parent.write_text("")
    with pytest.raises(Unavailable) as caught:
        open_vault(sqlite_place.url, sqlite_place.keys_url, keyring)
    assert caught.value.trouble is Trouble.UNREACHABLE


def test_what_is_not_there_is_not_made_unless_asked(sqlite_place: Place, keyring: Keyring) -> None:
    with pytest.raises(Unavailable, match="cannot be reached: it is not there") as caught:
        open_vault(sqlite_place.url, sqlite_place.keys_url, keyring, create=False)
    assert caught.value.trouble is Trouble.UNREACHABLE
    assert not path_of(sqlite_place.url).exists()
    assert not path_of(sqlite_place.keys_url).exists()


def test_the_files_are_for_their_owner_only(sqlite_vault: Vault, sqlite_place: Place) -> None:
    for url in (sqlite_place.url, sqlite_place.keys_url):
        assert path_of(url).stat().st_mode & 0o777 == 0o600
        assert path_of(url).parent.stat().st_mode & 0o777 == 0o700


def test_a_database_without_tables_is_not_set_up(
    postgres_place: Place, sqlite_place: Place, keyring: Keyring
) -> None:
    for url in (sqlite_place.url, sqlite_place.keys_url):
        path_of(url).parent.mkdir()
        path_of(url).touch()
    for place in (postgres_place, sqlite_place):
        with pytest.raises(Unavailable, match="has not been set up yet") as caught:
            open_vault(place.url, place.keys_url, keyring, create=False)
        assert caught.value.trouble is Trouble.NOT_MIGRATED


@pytest.mark.parametrize(
    "url",
    [
        "",
        "vault.db",
        "sqlite://",
        "mysql://someone:a-password@localhost/vault",
        "postgresql:///",
        "postgresql+asyncpg://someone:a-password@localhost/vault",
    ],
)
def test_an_address_that_is_none_is_told_without_its_password(
    sqlite_place: Place, keyring: Keyring, url: str
) -> None:
    with pytest.raises(Unavailable, match="neither sqlite:///… nor postgresql://…") as caught:
        open_vault(url, sqlite_place.keys_url, keyring)
    assert "a-password" not in str(caught.value)


def test_keys_that_cannot_be_reached_leave_no_text_behind(
    sqlite_vault: Vault, sqlite_place: Place
) -> None:
    path_of(sqlite_place.keys_url).rename(path_of(sqlite_place.keys_url).with_name("elsewhere"))
    sqlite_vault._keys._database.close()
    with pytest.raises(Unavailable, match="key database"):
        sqlite_vault.put(CASE, "V1", "words", kind="note", at=AT)
    assert sqlite_place.texts("SELECT * FROM vault_texts") == []
    assert not path_of(sqlite_place.keys_url).exists()
