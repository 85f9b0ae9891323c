"""What `rj doctor` finds in a log: more than that its chain holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audit.guard import look_at_guard
from audit.places import UNGUARDED
from cli.checks import CHECKS, Wrong
from domain.event import EVENTS
from keys import KeyKind, Keyring
from settings import Settings
from store import open_log
from tests.store.attack import Attacker
from tests.store.sample import CASE, asked, step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def with_a_case(folder: Path, at: datetime) -> Settings:
    """Return the settings of an installation whose one case was recorded at this moment."""
    settings = Settings(data=folder / "data", keys=folder / "keys")
    settings.folder.mkdir()
    keyring = Keyring(settings.key_folder)
    keyring.create_missing()
    seals = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    log = open_log(settings.database("log"), *seals)
    log.append(CASE, 0, asked("command-1", at), [step(1, at)])
    log.close()
    return settings


def test_a_log_that_can_be_read_and_lies_in_the_past_is_well(tmp_path: Path) -> None:
    settings = with_a_case(tmp_path, datetime.now(UTC))
    assert CHECKS["log"](settings).startswith("1 events of 1 cases")


def test_a_case_recorded_in_the_future_shows_that_the_clock_is_or_was_wrong(tmp_path: Path) -> None:
    settings = with_a_case(tmp_path, datetime.now(UTC) + timedelta(days=400))
    with pytest.raises(Wrong, match=f"{CASE} was recorded at .* the clock of this machine"):
        CHECKS["log"](settings)


def test_an_event_that_this_release_does_not_know_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = with_a_case(tmp_path, datetime.now(UTC))
    monkeypatch.delitem(EVENTS, step().event.name())
    with pytest.raises(Wrong, match="cannot be read by this release"):
        CHECKS["log"](settings)


def test_a_log_that_can_be_changed_is_found_also_after_it_was_made_good(tmp_path: Path) -> None:
    settings = with_a_case(tmp_path, datetime.now(UTC))
    assert CHECKS["append-only"](settings) == "the log can be added to, and not changed"
    url, folders = settings.database("log"), settings.checkpoint_folders
    Attacker(url).sql("DROP TRIGGER stored_events_no_update")
    with pytest.raises(Wrong, match=r"the log can be changed: the trigger .*_no_update is not"):
        CHECKS["append-only"](settings)
    look_at_guard(url, folders)
    open_log(url, None, Keyring(settings.key_folder).verifier(KeyKind.SEAL)).close()
    with pytest.raises(Wrong, match=r"_no_update is not there\. It was made good when"):
        CHECKS["append-only"](settings)
    for folder in folders:
        (folder / UNGUARDED).unlink()
    assert CHECKS["append-only"](settings) == "the log can be added to, and not changed"


def test_a_login_that_may_do_more_than_read_and_append_is_found(
    tmp_path: Path, postgres_database: Callable[[], str]
) -> None:
    url = postgres_database()
    settings = Settings(data=tmp_path / "data", keys=tmp_path / "keys", log_url=url)
    open_log(url, None, Keyring(settings.key_folder).verifier(KeyKind.SEAL)).close()
    with pytest.raises(Wrong, match="may also UPDATE, DELETE, TRUNCATE: it should only read"):
        CHECKS["append-only"](settings)
