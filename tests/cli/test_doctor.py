"""What `rj doctor` finds in a log: more than that its chain holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cli.checks import CHECKS, Wrong
from domain.event import EVENTS
from keys import KeyKind, Keyring
from settings import Settings
from store import open_log
from tests.store.sample import CASE, asked, step

if TYPE_CHECKING:
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
