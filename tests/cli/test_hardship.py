"""No server, a locked or read-only folder, a full disk: told plainly, and nothing half-written."""

from __future__ import annotations

import json
import resource
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.terminal import Terminal, Typed, Typist

CONCERN = {"concern": "COMPLAINT", "account": "Words that have to be kept. (Invented.)"}


@pytest.fixture(scope="module")
def case(typist: Typist) -> str:
    """Return a case that was just opened."""
    answer = typist.rj("enquiry", "--source", "victim-self", "--json")
    assert answer.code == 0, answer.err
    return str(answer.json["stream"])


def version(typist: Typist, case: str) -> int:
    return int(typist.rj("show", case, "--json").json["state"]["version"])


def told(answer: Typed, code: int, sentence: str) -> None:
    assert answer.code == code, answer.out + answer.err
    assert sentence in answer.err
    assert "Traceback" not in answer.err


@pytest.fixture
def copy(here: Terminal) -> Iterator[Terminal]:
    """Yield a terminal on a copy of the installation, of which nothing runs.

    Not in pytest's own folder, which nobody but its owner may enter.
    """
    unwanted = shutil.ignore_patterns("up.*", "temporal*")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in (("data", here.data), ("keys", here.keys)):
            shutil.copytree(path, Path(folder) / name, ignore=unwanted)
        yield replace(here, data=Path(folder) / "data", keys=Path(folder) / "keys")


def test_a_folder_without_an_installation_is_told_and_not_made_into_one(
    nowhere: Terminal,
) -> None:
    for words in (["cases"], ["pause", "RJ-00000000-0", "V1"], ["recover"]):
        told(nowhere.rj(*words), 3, f"there is no data of this service in {nowhere.data}")
    assert not nowhere.data.exists()
    assert not nowhere.keys.exists()


def test_a_setting_that_makes_no_sense_is_told_by_its_name(nowhere: Terminal) -> None:
    place = replace(nowhere, more={"RJ_UP_PORT": "zebedee"})
    answer = place.rj("cases")
    told(answer, 2, "RJ_UP_PORT: ")
    assert "zebedee" not in answer.err


def test_without_a_server_a_command_is_unavailable_and_reading_goes_on(
    copy: Terminal, case: str
) -> None:
    told(copy.rj("pause", case, "V1"), 3, "nothing is running on")
    assert copy.rj("show", case).code == 0
    assert case in copy.rj("cases").out


def test_a_server_that_does_not_answer_is_told_with_the_id_to_send_again(
    here: Terminal, typist: Typist, case: str
) -> None:
    before = version(typist, case)
    more = {"RJ_TEMPORAL_ADDRESS": "127.0.0.1:9", "RJ_ANSWER_WITHIN": "1"}
    again = ("concern", case, "--from", "-", "--command-id", "sent-again-1", "--json")
    answer = replace(here, more=more).rj(*again, given=CONCERN)
    told(answer, 3, "sent-again-1")
    assert answer.json["command_id"] == "sent-again-1"
    assert version(typist, case) == before
    first, second = typist.rj(*again, given=CONCERN), typist.rj(*again, given=CONCERN)
    assert (first.code, second.code) == (0, 0)
    assert first.json == second.json
    assert version(typist, case) == before + 1


def test_a_locked_vault_is_told_and_nothing_is_recorded(
    here: Terminal, typist: Typist, case: str
) -> None:
    before = version(typist, case)
    with closing(sqlite3.connect(here.data / "vault.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = here.rj("concern", case, "--from", "-", given=CONCERN)
    told(answer, 3, "locked")
    assert version(typist, case) == before


def test_a_full_disk_is_told_and_nothing_is_recorded(
    here: Terminal, typist: Typist, case: str
) -> None:
    before = version(typist, case)
    room = (here.data / "vault.db").stat().st_size

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    given = {**CONCERN, "account": "x" * max(100_000, room // 100)}
    answer = here.rj("concern", case, "--from", "-", given=given, preexec_fn=no_room)
    told(answer, 3, "")
    assert "full" in answer.err or "room" in answer.err
    assert version(typist, case) == before


def test_in_a_folder_that_may_only_be_read_nothing_is_shown_unless_the_spool_takes_who_looks(
    copy: Terminal, here: Terminal, case: str
) -> None:
    running = json.loads((here.data / "up.json").read_text())["temporal"]
    (copy.data / "words.json").write_text(json.dumps(CONCERN))
    place = replace(copy, more={"RJ_TEMPORAL_ADDRESS": running})
    for path in (*copy.data.rglob("*"), *copy.keys.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for folder in (copy.data, copy.keys):
        folder.chmod(0o555)
    copy.data.parent.chmod(0o755)
    contents = {p: p.read_bytes() for p in copy.data.iterdir() if p.is_file()}
    words = copy.data / "words.json"
    told(place.rj_as_nobody("concern", case, "--from", str(words)), 3, "read-only")
    nothing = place.rj_as_nobody("show", case)
    told(nothing, 3, "nothing is shown, because it cannot be written down who looks")
    assert nothing.out == ""
    with tempfile.TemporaryDirectory() as elsewhere:
        Path(elsewhere).chmod(0o777)
        spool = Path(elsewhere) / "spool.jsonl"
        place = replace(place, more={**place.more, "RJ_ACCESS_SPOOL": str(spool)})
        assert case in place.rj_as_nobody("show", case).out
        assert case in spool.read_text()
    assert {p: p.read_bytes() for p in copy.data.iterdir() if p.is_file()} == contents


@pytest.mark.parametrize(
    "words", [["rules"], ["commands", "accept_referral"], ["commands", "--json"]]
)
def test_a_result_that_cannot_be_written_is_not_done(here: Terminal, words: list[str]) -> None:
    answer = here.rj_into(Path("/dev/full"), *words)
    told(answer, 3, "rj: ")
    assert "cannot be written" in answer.err or "no room left" in answer.err
    assert "Traceback" not in answer.err


def test_a_reader_who_goes_away_is_no_failure(here: Terminal) -> None:
    answer = here.shell("$RJ commands --json | head -1; exit ${PIPESTATUS[0]}")
    assert (answer.code, answer.out, answer.err) == (0, "{\n", "")
