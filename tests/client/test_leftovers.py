"""Looking for what an erasure should have left nowhere: each place, well once and wrong once."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from client.erased import Report, report
from client.in_step import brought_into_step
from client.leftovers import CHECKS, Backups
from domain.events.erasing import ErasureDecided, MentionRedacted, PersonErased
from domain.events.restricting import DataRestricted, RestrictionLifted
from domain.record import Draft
from domain.texts import TextRef
from domain.words import Authority, ErasureGround, Extent, RestrictionGround
from keys import KeyKind, Keyring
from store import open_log
from tests.store.sample import CASE, asked
from vault import open_vault
from vault.leftover import text_ids_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from domain.event import Event
    from domain.record import Entry
    from store import Log
    from vault import Vault

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LIFE = timedelta(days=30)
REPLY = TextRef(id="T-0123456789ABCDEF", digest="0" * 64)
DECIDED = ErasureDecided(
    party="V1", extent=Extent.ALL, ground=ErasureGround.NO_LONGER_NEEDED, reply=REPLY
)


@dataclass
class Place:
    """A log and a vault in which things were erased, without anybody running."""

    folder: Path
    log: Log
    vault: Vault

    def record(self, *events: Event) -> None:
        version = len(self.log.load(CASE))
        command = asked(f"command-{version}", AT)
        self.log.append(CASE, version, command, [Draft(one, AT) for one in events])

    def put(self, owner: str, words: str = "Invented.") -> TextRef:
        ref = self.vault.put(CASE, owner, words, kind="note", at=AT)
        self.vault.keep(CASE, [ref])
        return ref

    def erase(self) -> tuple[str, ...]:
        """Have V1 erased, from the decision to the end."""
        self.record(DECIDED)
        keys = self.vault.erasing.destroy(CASE, "V1", found=True)
        decided = len(self.log.load(CASE))
        self.record(PersonErased(party="V1", extent=Extent.ALL, keys=keys, decided=decided))
        return keys

    def report(self, now: datetime = AT, backups: Path | None = None) -> Report:
        views = f"sqlite:///{self.folder / 'views.db'}"
        return report(self.log, self.vault, views, Backups(backups, LIFE), now)

    def wrong(self, now: datetime = AT, backups: Path | None = None) -> dict[str, str]:
        checks = self.report(now, backups).checks
        return {check.what: check.sentence for check in checks if not check.well}

    def sql(self, name: str, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.folder / name)) as connection:
            connection.execute(statement, values)
            connection.commit()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    ring = Keyring(tmp_path / "keys")
    ring.create_missing()
    seals = ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL)
    log = open_log(f"sqlite:///{tmp_path / 'log.db'}", *seals)
    place = Place(tmp_path, log, opened(tmp_path))
    yield place
    place.vault.close()
    log.close()


def opened(folder: Path) -> Vault:
    url = f"sqlite:///{folder}"
    return open_vault(f"{url}/vault.db", f"{url}/vault_keys.db", Keyring(folder / "keys"))


def test_where_everything_that_was_erased_is_gone_every_place_is_well(place: Place) -> None:
    place.put("V1")
    place.put("O1")
    place.erase()
    found = place.report()
    assert [check.what for check in found.checks] == list(CHECKS)
    assert found.well, found.checks
    (one,) = found.erasures
    assert (one.case, one.party, one.extent, one.at) == (CASE, "V1", "ALL", AT)


def test_an_erasure_is_final_when_the_last_backup_of_its_key_has_expired(place: Place) -> None:
    place.put("V1")
    backups = place.folder / "backups"
    backups.mkdir()
    shutil.copy(place.folder / "vault_keys.db", backups / "keys.db")
    os.utime(backups / "keys.db", (AT.timestamp(), AT.timestamp()))
    place.erase()
    before, after = AT + LIFE - timedelta(seconds=1), AT + LIFE
    assert [one.final for one in place.report(before).erasures] == [False]
    assert [one.final for one in place.report(after).erasures] == [True]
    # Somebody forgot to delete it: then it is not.
    assert [one.final for one in place.report(after, backups).erasures] == [False]
    assert place.wrong(after, backups) == {}
    assert "keys.db" in place.wrong(after + timedelta(seconds=1), backups)["key backups"]
    (backups / "keys.db").unlink()
    assert [one.final for one in place.report(after, backups).erasures] == [True]


def test_what_is_decided_and_not_done_is_told(place: Place) -> None:
    place.record(DECIDED)
    assert set(place.wrong()) == {"decisions"}


def test_a_key_that_came_back_is_told_and_destroyed_at_the_next_opening(place: Place) -> None:
    gone = place.put("V1")
    copies = [place.folder / name for name in ("vault.db", "vault_keys.db")]
    place.vault.compact()
    for copy in copies:
        shutil.copy(copy, copy.with_suffix(".old"))
    place.erase()
    place.vault.close()
    for copy in copies:
        for journal in place.folder.glob(f"{copy.name}-*"):
            journal.unlink()
        copy.with_suffix(".old").rename(copy)
    place.vault = opened(place.folder)
    assert set(place.wrong()) == {"data keys", "texts, files, drafts"}
    assert brought_into_step(place.vault, place.log) == 2
    assert place.wrong() == {}
    assert gone.id not in {row.id for row in place.vault.leftover.without_key()}


def test_a_redacted_text_that_is_still_there_is_told(place: Place) -> None:
    old, new = place.put("O1"), place.put("O1")
    place.record(MentionRedacted(text=old.id, owner="O1", words=new))
    assert set(place.wrong()) == {"texts, files, drafts"}
    brought_into_step(place.vault, place.log)
    assert place.wrong() == {}


def test_a_text_without_a_key_and_tokens_without_a_text_are_told(place: Place) -> None:
    place.put("V1")
    place.sql("vault_keys.db", "DELETE FROM vault_keys")
    place.sql("vault.db", "INSERT INTO vault_matched VALUES ('T-X', 'K-X', 1, NULL)")
    assert set(place.wrong()) == {"texts, files, drafts", "tokens"}


def test_free_pages_of_the_key_database_are_told_and_go_with_compacting(place: Place) -> None:
    place.sql("vault_keys.db", "CREATE TABLE filler (x)")
    place.sql("vault_keys.db", "INSERT INTO filler VALUES (zeroblob(20000))")
    place.sql("vault_keys.db", "DROP TABLE filler")
    assert set(place.wrong()) == {"free pages"}
    place.vault.compact()
    assert place.wrong() == {}


def test_a_restriction_that_the_vault_does_not_know_is_told(place: Place) -> None:
    restrict(place)
    assert set(place.wrong()) == {"restrictions"}
    brought_into_step(place.vault, place.log)
    assert place.wrong() == {}


def restrict(place: Place) -> None:
    place.record(
        DataRestricted(party="V1", ground=RestrictionGround.EVIDENCE, authority=Authority.POLICE,
                       review_on=AT.date(), reply=REPLY)
    )  # fmt: skip


def test_what_is_kept_from_use_is_never_open_while_it_is_followed_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    restrict(place)
    place.record(RestrictionLifted(party="V1", reply=REPLY))
    restrict(place)
    brought_into_step(place.vault, place.log)
    place.vault.restricting.note_in_step("an older one")

    def lift(_stream: str, _owner: str) -> None:
        raise AssertionError("it is open to whoever reads just now")

    monkeypatch.setattr(place.vault.restricting, "lift", lift)
    brought_into_step(place.vault, place.log)
    assert place.vault.restricting.all() == {(CASE, "V1")}


def test_what_is_recorded_while_another_follows_has_the_last_word(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    restrict(place)
    place.record(RestrictionLifted(party="V1", reply=REPLY))
    load = place.log.load

    def meanwhile(stream: str) -> list[Entry]:
        known = load(stream)
        monkeypatch.setattr(place.log, "load", load)
        restrict(place)
        place.vault.restricting.restrict(CASE, "V1")
        return known

    monkeypatch.setattr(place.log, "load", meanwhile)
    brought_into_step(place.vault, place.log)
    assert place.vault.restricting.all() == {(CASE, "V1")}
    assert place.wrong() == {}


def test_a_read_model_that_names_an_erased_text_is_told(place: Place) -> None:
    ref = place.put("V1")
    place.erase()
    place.sql("views.db", "CREATE TABLE anything (x)")
    place.sql("views.db", "INSERT INTO anything VALUES (?)", ref.id)
    assert set(place.wrong()) == {"lists"}


def test_a_record_that_cannot_be_read_is_told(place: Place) -> None:
    place.erase()
    engine = create_engine(f"sqlite:///{place.folder / 'log.db'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER stored_events_no_update"))
        connection.execute(
            text("UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE originator_version = 2")
        )
    engine.dispose()
    assert "record" in place.wrong()


def test_backups_in_a_folder_that_is_not_there_are_told(place: Place) -> None:
    assert set(place.wrong(backups=place.folder / "nowhere")) == {"key backups"}


@pytest.mark.parametrize("before", [0, 5, (1 << 20) - 9, (1 << 20) - 1])
def test_an_id_is_found_in_a_file_wherever_it_stands(tmp_path: Path, before: int) -> None:
    file = tmp_path / "some.db"
    file.write_bytes(b"x" * before + REPLY.id.encode() + b"\x00" * 100)
    assert set(text_ids_in(file)) == {REPLY.id}
