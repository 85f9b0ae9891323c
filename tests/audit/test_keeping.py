"""The notary at work: in the background of a worker, and as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from audit.keeping import Keeping
from audit.notary import Notary
from audit.places import ALARM
from keys import KeyKind, Keyring
from store import open_log
from tests.arrows import ROOT
from tests.audit.signing import more, newest
from tests.store.attack import Attacker
from tests.store.sample import fill
from tests.waiting import until_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store import Log


def test_in_the_background_it_signs_what_is_added_and_stops_when_told(
    log: Log, notary: Callable[[], Notary], folders: list[Path], keyring: Keyring
) -> None:
    fill(log)
    keeping = Keeping(notary(), every=0.05, daily_at=0)
    keeping.start()
    until_now(lambda: bool([*folders[0].rglob("*.checkpoint")]))
    more(log)
    until_now(lambda: newest(folders[0], keyring).checkpoint.size == 7)
    assert keeping.trouble == ""
    keeping.stop()
    assert not keeping.is_alive()


def test_in_the_background_a_refusal_is_told_as_trouble(
    log: Log, notary: Callable[[], Notary], attacker: Attacker, folders: list[Path]
) -> None:
    fill(log)
    notary().sign()
    attacker.delete(2)
    keeping = Keeping(notary(), every=0.05, daily_at=0)
    with capture_logs() as lines:
        keeping.start()
        until_now(lambda: keeping.trouble == "refused")
        keeping.stop()
    (line,) = [line for line in lines if line["event"] == "notary_refuses"]
    assert (line["log_level"], "missing" in line["kinds"]) == ("error", True)
    assert (folders[0] / ALARM).exists()


def test_the_days_checkpoint_is_signed_once_a_day_also_if_nothing_was_added(
    log: Log, notary: Callable[[], Notary]
) -> None:
    fill(log)
    keeping = Keeping(notary(), every=0.01, daily_at=0)
    with capture_logs() as lines:
        keeping._once()
        keeping._once()
        assert [line["event"] for line in lines] == ["checkpoint_signed"]
        keeping._day = datetime(2020, 1, 1, tzinfo=UTC).date()
        keeping._once()
    assert [line["event"] for line in lines] == ["checkpoint_signed"] * 2


@pytest.fixture
def alone(sqlite_log: str, keyring: Keyring, tmp_path: Path) -> dict[str, str]:
    """Return the environment of a notary in a process of its own."""
    seal, seals = keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL)
    with closing(open_log(sqlite_log, seal, seals)) as log:
        fill(log)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("RJ_")},
        "PYTHONPATH": str(ROOT),
        "RJ_LOG_URL": sqlite_log,
        "RJ_KEYS": str(tmp_path / "keys"),
        "RJ_CHECKPOINTS": str(tmp_path / "kept"),
        "RJ_HEARTBEAT": str(tmp_path / "beat"),
        "RJ_CHECKPOINT_EVERY": "1",
    }


def test_as_a_process_of_its_own_it_signs_shows_that_it_is_well_and_stops(
    alone: dict[str, str], tmp_path: Path
) -> None:
    process = subprocess.Popen([sys.executable, "-P", "-m", "notary"], env=alone)
    try:
        until_now(lambda: bool([*(tmp_path / "kept").rglob("*.checkpoint")]))
        until_now((tmp_path / "beat").exists)
    finally:
        process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert not (tmp_path / "beat").exists()


def test_as_a_process_of_its_own_that_refuses_it_is_not_well(
    alone: dict[str, str], tmp_path: Path
) -> None:
    Attacker(alone["RJ_LOG_URL"]).delete(2)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "notary"], env=alone, stderr=subprocess.PIPE, text=True
    )
    try:
        until_now((tmp_path / "kept" / ALARM).exists)
        until_now(lambda: not (tmp_path / "beat").exists())
    finally:
        process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=20)[0] is None
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("given", "code"), [({"RJ_CHECKPOINT_EVERY": "0"}, 2), ({"RJ_LOG_URL": "sqlite:///none/x"}, 3)]
)
def test_a_notary_that_cannot_start_says_why(
    alone: dict[str, str], given: dict[str, str], code: int
) -> None:
    told = subprocess.run(
        [sys.executable, "-P", "-m", "notary"],
        env=alone | given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == code
    assert "Traceback" not in told.stderr


def test_what_is_told_of_the_log_alone_signs_now_shows_its_keys_and_verifies(
    alone: dict[str, str], tmp_path: Path
) -> None:
    def rj(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-P", "-m", "cli", "audit", *words]
        given = {**alone, "RJ_DATA": str(tmp_path / "none")}
        return subprocess.run(line, env=given, capture_output=True, text=True, check=False)

    assert rj("checkpoint").stdout.startswith("6 entries of the log signed")
    assert "6 of them under a checkpoint" in rj("verify").stdout
    assert rj("keys").stdout.startswith("restorative-justice/log+")
    for path in (tmp_path / "keys").glob("notary-*.key"):
        path.unlink()
    told = rj("verify")
    assert (told.returncode, "RJ_NOTARY_KEYS" in told.stderr) == (3, True)
    assert not (tmp_path / "none").exists()
