"""Looking: a case now and as at a date, its history, the work queue, the register."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.terminal import typed

if TYPE_CHECKING:
    from tests.terminal import Terminal, Typist

PEOPLE = [
    {"party": "V1", "role": "DIRECT_VICTIM", "details": {"name": "Vera Example"}},
    {"party": "O1", "role": "OFFENDER", "stage": "CHARGED_PRE_PLEA"},
]


def day(ago: int) -> str:
    return (datetime.now(UTC) - timedelta(days=ago)).strftime("%Y-%m-%d")


def registered(typist: Typist, kind: str, *more: str) -> str:
    """Register somebody as of years ago; return their reference."""
    service = ("--organisation", "derbyshire_rj", "--at", "2020-01-01")
    answer = typed(typist, "practitioners", "register", kind, *service, *more)
    return str(answer["stream"])


@pytest.fixture(scope="module")
def case(typist: Typist) -> str:
    """Return a case referred a week ago, whose victim needs time as of today."""
    refer = {"source": "PCSO", "initiator": "VICTIM_INITIATED", "parties": PEOPLE}
    intake = registered(typist, "service-staff", "--roles=intake", "--credentials=awareness")
    line = ("refer", "--from", "-", "--at", day(7))
    opened = typed(typist, *line, given=refer, actor=intake)
    about: str = opened["stream"]
    typed(typist, "accept", about, "--at", day(6), actor=intake)
    typed(typist, "inform", about, "V1", "telephone", "--at", day(5), actor=intake)
    typed(typist, "do", about, "record_stage", "--party", "O1", "--stage", "custody")
    typed(typist, "time", about, "V1", "--asked-by", "V1")
    return about


@pytest.fixture(scope="module")
def worker(typist: Typist) -> str:
    """Return a case worker of the same service, who has no part in the case."""
    return registered(typist, "pcso", "--roles", "case-worker")


def test_a_case_is_shown_as_it_is_without_a_name(typist: Typist, case: str) -> None:
    shown = typist.rj("show", case).out
    assert "waiting at their pace" in shown
    assert "needs time" in shown
    assert "Vera" not in shown
    assert "DEMONSTRATION" not in shown
    assert "Vera Example" in typist.rj("show", case, "--words").out


def test_a_person_held_responsible_is_called_a_suspect_until_convicted(
    typist: Typist, case: str
) -> None:
    assert "O1  offender" in typist.rj("show", case).out
    assert "O1  suspect" in typist.rj("show", case, "--as-at", day(1)).out


def test_a_case_is_shown_as_at_a_date(typist: Typist, case: str) -> None:
    then = typed(typist, "show", case, "--as-at", day(6))
    victim = then["state"]["threads"]["V1-O1"]["episodes"][0]["victim"]
    assert victim["choice"] == "NOT_YET_OFFERED"
    assert then["state"]["accepted_at"] is not None
    assert then["waits"] == []
    assert "As what is known to have been true at" in typist.rj("show", case, "--as-at", day(6)).out


def test_what_was_known_then_is_for_reviewers(typist: Typist, case: str, worker: str) -> None:
    before_it_was_entered = typist.rj("show", case, "--known-at", day(1))
    assert before_it_was_entered.code == 1
    assert "no such case" in before_it_was_entered.err
    now = typed(typist, "show", case, "--known-at", day(-1))
    assert now["state"]["version"] > 0
    typed(typist, "allocate", case, "--case-worker", worker)
    assert typed(typist, "show", case, actor=worker)["case"] == case
    assert typist.rj("show", case, "--known-at", day(-1), actor=worker).code == 1


def test_the_history_tells_who_when_from_what_and_to_what(typist: Typist, case: str) -> None:
    entries = typed(typist, "history", case)["entries"]
    time_asked = next(e for e in entries if e["event"] == "time_asked_for")
    assert time_asked["asked_by"] == "V1"
    assert time_asked["identified"] == "unverified"
    changes = {c["what"]: (c["from"], c["to"]) for c in time_asked["changes"]}
    assert changes["V1-O1 victim choice"] == ("INFORMATION_GIVEN", "CONSIDERING")
    assert changes["stage"] == ("REFERRED", "THEIR_PACE")
    accepted = next(e for e in entries if e["event"] == "referral_accepted")
    assert accepted["effective_at"] < accepted["recorded_at"]
    told = typist.rj("history", case).out
    assert "V1-O1 victim choice: information given → needs time" in told
    assert "Vera" not in told


def test_the_work_queue_keeps_apart_what_waits_at_a_persons_pace(typist: Typist, case: str) -> None:
    waiting = [w for w in typed(typist, "waiting")["waiting"] if w["case"] == case]
    assert ("their_pace", "AT_THEIR_PACE") in {(w["name"], w["standing"]) for w in waiting}
    told = typist.rj("waiting").out
    parts = dict(part.split("\n", 1) for part in told.split("\n\n") if "\n" in part)
    at_their_pace = parts["At their own pace (nobody is hurried)"]
    assert any(case in line and "V1-O1" in line for line in at_their_pace.splitlines())


def test_the_work_queue_can_be_asked_for_somebody(typist: Typist, case: str, worker: str) -> None:
    mine = typed(typist, "waiting", "--who", "me", actor=worker)["waiting"]
    theirs = typed(typist, "waiting", "--who", worker)["waiting"]
    assert mine == theirs
    assert all(one["whom"] in (worker, None) for one in theirs)
    team = typed(typist, "waiting", "--who", "team")["waiting"]
    assert case in {one["case"] for one in team}


def test_a_queued_command_that_is_not_accepted_is_a_task_until_seen(
    typist: Typist, case: str
) -> None:
    told = "V1=told-it-ended,O1=told-it-ended"
    line = ("signal", case, "end_thread", "--thread", "v1-o1", "--reason", "victim-withdrew")
    queued = typed(typist, *line, "--told", told)
    assert queued["outcome"] == "queued"
    task = _task(typist, queued["command_id"])
    assert (task["case"], task["about"], task["standing"]) == (case, "end_thread", "LATER")
    line = ("seen", case, queued["command_id"])
    seen_by = task["whom"]
    assert typist.rj(*line, actor="PR-00000000-0").code == 1
    assert typist.rj(*line, actor=seen_by).code == 0
    assert typist.rj(*line, actor=seen_by).code == 1
    assert not any(
        one["subject"] == queued["command_id"] for one in typed(typist, "waiting")["waiting"]
    )


def _task(typist: Typist, command_id: str) -> Any:
    deadline = time.monotonic() + 20
    while True:
        for one in typed(typist, "waiting")["waiting"]:
            if one["subject"] == command_id:
                return one
        assert time.monotonic() < deadline, "the refused signal did not become a task"
        time.sleep(0.1)


def test_a_queued_command_that_is_accepted_stands_in_the_history(typist: Typist, case: str) -> None:
    queued = typed(typist, "signal", case, "raise_concern", "--concern", "complaint")
    deadline = time.monotonic() + 20
    while queued["command_id"] not in {
        entry["command"] for entry in typed(typist, "history", case)["entries"]
    }:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_register_says_who_is_in_date(typist: Typist) -> None:
    answer = typed(
        typist,
        *("practitioners", "register", "facilitator", "--organisation", "DERBYSHIRE_RJ"),
        *("--roles", "facilitator", "--credentials", "awareness,facilitation-advanced"),
    )
    them = answer["stream"]
    listed = typed(typist, "practitioners", "list")["practitioners"]
    assert next(one for one in listed if one["id"] == them)["in_date"] is False
    for words in (["supervision"], ["observed-practice"], ["development"], ["practice"]):
        hours = ["16"] if words == ["development"] else []
        typed(typist, "practitioners", *words, them, *hours)
    listed = typed(typist, "practitioners")["practitioners"]
    assert next(one for one in listed if one["id"] == them)["in_date"] is True
    shown = typist.rj("practitioners", "show", them).out
    assert "in date         yes" in shown
    assert "to renew        supervision by" in shown


def test_an_observation_goes_from_the_plan_to_the_talk_and_a_session_names_its_cases(
    typist: Typist, case: str, worker: str
) -> None:
    them = registered(typist, "service-staff", "--roles=facilitator",
                      "--credentials=awareness,facilitation-advanced")  # fmt: skip
    typed(typist, "practitioners", "plan-observation", them, "2031-05-05T10:00", worker)
    shown = typist.rj("practitioners", "show", them).out
    assert f"planned for 2031-05-05 10:00 with {worker}" in shown
    typed(typist, "practitioners", "observed-practice", them)
    assert "not talked through with them yet" in typist.rj("practitioners", "show", them).out
    typed(typist, "practitioners", "feed-back", them)
    assert "talked through" not in typist.rj("practitioners", "show", them).out
    refused = typist.rj("practitioners", "supervision", them, "--cases", case)
    assert "only_cases_that_they_work_on_are_looked_at" in refused.err
    typed(typist, "allocate", case, "--case-worker", them)
    typed(typist, "practitioners", "supervision", them, "--cases", case)
    assert f"looked at       {case} (" in typist.rj("practitioners", "show", them).out
    listed = typed(typist, "practitioners", "list")["practitioners"]
    assert next(one for one in listed if one["id"] == them)["looked_at"] == {}
    own = typist.rj("practitioners", "show", them, actor=worker).out
    assert case not in own


def test_the_same_command_id_happens_once(typist: Typist, case: str) -> None:
    line = ("concern", case, "danger", "--command-id", "the-same-one")
    first, second = typed(typist, *line), typed(typist, *line)
    assert first == second
    assert [e["command"] for e in typed(typist, "history", case)["entries"]].count(line[-1]) == 1


def test_the_doctor_finds_nothing_wrong_and_names_what_it_looked_at(here: Terminal) -> None:
    answer = here.rj("doctor", "--json")
    assert answer.code == 0, answer.out
    assert {one["check"] for one in answer.json["checks"] if one["well"]} == {
        "python",
        "sentences",
        "competence",
        "contact plan",
        "server program",
        "data folder",
        "keys",
        "log",
        "append-only",
        "checkpoints",
        "vault",
        "access database",
        "access log",
        "lists",
        "allocations",
        "erasures",
        "data protection",
        "notices",
        "server",
        "worker",
    }


def test_the_doctor_says_what_is_wrong_and_changes_nothing(nowhere: Terminal) -> None:
    answer = nowhere.rj("doctor", "--json")
    assert answer.code == 1
    wrong = {one["check"]: one["sentence"] for one in answer.json["checks"] if not one["well"]}
    assert set(wrong) == {"data folder", "server", "worker"}
    assert f"there is no data of this service in {nowhere.data}" in wrong["data folder"]
    assert not nowhere.data.exists()


def test_recovery_finds_every_open_case_running(here: Terminal, case: str) -> None:
    answer = here.rj("recover", "--json")
    assert answer.code == 0, answer.err
    assert answer.json["outcome"] == "recovered"
    assert answer.json["streams"] >= answer.json["open"] > 0
    assert answer.json["started"] == 0
    assert answer.json["unreadable"] == []
