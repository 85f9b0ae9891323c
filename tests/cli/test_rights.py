"""Lines about people's data: asked for, decided, copied into a folder, answered; and a breach."""

from __future__ import annotations

import json
import stat
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cli.checks import CHECKS, Wrong
from cli.fields import fields_of
from cli.line import Grammar, read_line
from cli.meant import MEANT
from cli.moments import shown_day
from cli.rights.export import _write as write_copy
from cli.rights.group import ASKED, BREACHES, CLOSED, NOTES, OF_A_CASE, REQUESTS
from domain.calendar import years_after
from domain.command import COMMANDS, StreamKind
from domain.words import Act
from projections import catch_up, open_views
from tests.cli.test_two_steps import registered, typed
from tests.desk import desk_in
from tests.projections.recording import record
from tests.register import opened
from tests.story import STAFF, Story

if TYPE_CHECKING:
    from pathlib import Path

    from cli.line import Line
    from settings import Settings
    from tests.desk import Desk
    from tests.terminal import Typist

VERBS = {**ASKED, **REQUESTS, **BREACHES, **NOTES, **CLOSED, **OF_A_CASE}
VICTIM = {"name": "Zebedee Quillfeather", "phone": "0115 496 0777"}
OFFENDER = {"name": "Ottoline Marrowby"}
NOTE = "Rang about the marmalade spoon."
PEOPLE = [
    {"party": "V1", "role": "DIRECT_VICTIM", "details": VICTIM},
    {"party": "O1", "role": "OFFENDER", "details": OFFENDER},
]
REFER = {"source": "PCSO", "initiator": "VICTIM_INITIATED", "parties": PEOPLE, "notes": NOTE}
SAID = {"account": "Asked at the desk to see what is kept."}


@pytest.fixture(scope="module")
def worker(typist: Typist) -> str:
    """Return somebody who opens cases."""
    return registered(typist, "pcso", "--roles=case-worker", "--credentials=awareness")


@pytest.fixture(scope="module")
def officer(typist: Typist) -> str:
    """Return the data-protection officer."""
    return registered(typist, "service-staff", "--roles=data-protection-officer")


@pytest.fixture(scope="module")
def case(typist: Typist, worker: str) -> str:
    """Return a case of two people with names."""
    return str(typed(typist, "refer", "--from", "-", given=REFER, actor=worker)["stream"])


def test_somebody_asks_and_has_a_copy_in_which_nobody_else_is(
    typist: Typist, worker: str, officer: str, case: str, tmp_path: Path
) -> None:
    line = ("rights", "request", "access", "--about", f"{case}=V1", "--from", "-")
    dossier = str(typed(typist, *line, given=SAID, actor=worker)["stream"])
    assert typist.rj("rights", "show", dossier, actor=worker).code == 1
    decide = ("rights", "decide", dossier, "wholly-granted")
    refused = typist.rj(*decide, actor=officer)
    assert refused.code == 1
    assert "nothing_is_given_to_somebody_not_identified" in refused.err
    assert typist.rj("rights", "identified", dossier, "document-seen", actor=officer).code == 0
    assert typist.rj(*decide, actor=officer).code == 0
    folder = tmp_path / "copy"
    export = ("rights", "export", dossier, "--to", str(folder))
    early = typist.rj(*export, actor=officer)
    assert early.code == 1
    assert "nothing_mixed_leaves_without_a_decision" in early.err
    assert not folder.exists()
    found = typed(typist, "rights", "items", dossier, "--words", actor=officer)
    note = next(item for item in found["items"] if item["words"] == NOTE)
    others = [item["item"] for item in found["items"] if item is not note]
    give = ("rights", "decide-items", dossier, "give", "known-to-them", ",".join(others))
    assert typist.rj(*give, actor=officer).code == 0
    redact = ("rights", "decide-items", dossier, "redact", "others-rights", note["item"])
    taken = typist.rj(*redact, "--from", "-", given={"redacted": "Rang about …"}, actor=officer)
    assert taken.code == 0, taken.err
    (tmp_path / "file").write_text("no folder")
    nowhere = ("rights", "export", dossier, "--to", str(tmp_path / "file" / "copy"))
    failed = typist.rj(*nowhere, actor=officer)
    assert (failed.code, "cannot be made" in failed.err) == (3, True)
    assert typist.rj(*export, actor=officer).code == 0
    _is_theirs_alone(folder, dossier)
    assert typist.rj(*export, actor=officer).code == 2
    reply = {"reply": "Here is your copy. You can complain to the Commissioner."}
    answer = ("rights", "answer", dossier, "letter", "--from", "-")
    assert typist.rj(*answer, given=reply, actor=officer).code == 0
    shown = typed(typist, "rights", "show", dossier, actor=officer)
    assert shown["dossier"]["closed_at"]
    assert reply["reply"] in json.dumps(shown)


def _is_theirs_alone(folder: Path, dossier: str) -> None:
    files = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(files) == {"read-me.txt", "record.txt", "record.json"}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    together = "".join(files.values())
    assert dossier in together
    assert "Quillfeather" in together
    assert "Rang about …" in together
    assert NOTE not in together
    assert "Marrowby" not in together
    assert "PR-" not in together
    for told in ("Where it came from: PCSO", "nobody.", "used for", "kept: 7 years", "ico.org.uk"):
        assert told in files["read-me.txt"]


def test_of_a_copy_that_is_broken_off_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_self: Path, _mode: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.chmod", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_copy(tmp_path / "copy", {"record.txt": b"Invented."})
    assert list(tmp_path.iterdir()) == []


def test_a_breach_and_a_request_are_in_the_officers_work_queue_and_in_nobody_elses(
    typist: Typist, worker: str, officer: str
) -> None:
    breach = str(typed(typist, "rights", "breach", "lost", actor=worker)["stream"])
    mine = typed(typist, "waiting", actor=officer)["waiting"]
    names = {one["name"] for one in mine if one["case"] == breach}
    assert names == {"assess_breach", "notify_commissioner", "close_breach"}
    shown = typist.rj("waiting", actor=officer).out
    assert "the entry (" in next(line for line in shown.splitlines() if breach in line)
    others = typed(typist, "waiting", actor=worker)["waiting"]
    assert not [one for one in others if one["case"] == breach]
    listed = typed(typist, "rights", "list", actor=officer)["dossiers"]
    assert [one["what"] for one in listed if one["dossier"] == breach] == ["LOST"]
    assert typist.rj("rights", "list", actor=worker).code == 1
    told = typist.rj("rights", "list", actor=officer)
    assert "breach of personal data" in told.out
    shown = typist.rj("history", breach, actor=officer)
    assert "data breach recorded" in shown.out


def test_the_words_of_what_is_closed_are_kept_until_its_review_and_decided_on_then(
    typist: Typist, worker: str, officer: str
) -> None:
    asked = str(typed(typist, "rights", "request", "objection", actor=worker)["stream"])
    assert "kept until" not in typist.rj("rights", "show", asked, actor=officer).out
    typed(typist, "rights", "withdrawn", asked, actor=officer)
    year = datetime.now(UTC).year
    shown = typist.rj("rights", "show", asked, actor=officer)
    assert f"Its words are kept until {shown_day(years_after(datetime.now(UTC), 3))}" in shown.out
    listed = typist.rj("rights", "list", "--closed", actor=officer)
    assert f"closed; looked at {shown_day(years_after(datetime.now(UTC), 3))}" in listed.out
    assert asked not in json.dumps(typed(typist, "waiting", actor=officer))
    early = typist.rj("rights", "erase-words", asked, "retention-ended", actor=officer)
    assert early.code == 1
    assert "kept until its time is over" in early.err
    day = f"{year + 5}-03-03"
    typed(typist, "rights", "keep-longer", asked, "legal-claim", day, actor=officer)
    kept = typed(typist, "rights", "show", asked, actor=officer)
    assert kept["words_kept_until"].startswith(f"{year + 5}-03-04")
    assert typist.rj("rights", "erase-words", asked, "not-lawful", actor=worker).code == 1


async def test_requests_for_which_there_is_no_officer_are_told_by_the_doctor(
    tmp_path: Path,
) -> None:
    async with desk_in(tmp_path) as desk:
        check = CHECKS["data protection"]
        assert check(_followed(desk)).startswith("0 requests")
        desk.do("worker", "record_rights_request", {"right": "ACCESS"})
        with pytest.raises(Wrong, match="nobody is one"):
            check(_followed(desk))
        officer = dict(STAFF["officer"])
        desk.do("service:setup", "register_practitioner", officer, identified="service")
        assert check(_followed(desk)) == "1 requests or breaches are open"


async def test_closed_entries_whose_time_is_over_wait_for_an_officer_as_well(
    tmp_path: Path,
) -> None:
    kept = opened(
        "record_rights_request", Story(now=datetime(2020, 3, 2, tzinfo=UTC)), right="ACCESS"
    )
    kept.do("withdraw_request")
    async with desk_in(tmp_path) as desk:
        check = CHECKS["data protection"]
        record(desk.recorder.turns.log, kept.story.streams[kept.stream], kept.stream)
        with pytest.raises(Wrong, match="1 requests or breaches wait for"):
            check(_followed(desk))
        officer = dict(STAFF["officer"])
        desk.do("service:setup", "register_practitioner", officer, identified="service")
        told = "0 requests or breaches are open; 1 closed ones wait to be looked at"
        assert check(_followed(desk)) == told


def _followed(desk: Desk) -> Settings:
    views = open_views(desk.settings.database("views"), desk.settings.limits)
    with closing(views):
        catch_up(desk.recorder.turns.log, views)
    return desk.settings


def test_every_command_of_the_register_has_a_verb() -> None:
    register = {n for n, c in COMMANDS.items() if c.stream is StreamKind.DOSSIER}
    by_a_verb_of_its_own = {
        "note_copy_made", "erase_everywhere", "restrict_everywhere", "lift_everywhere",
    }  # fmt: skip
    by_the_service = {n for n in register if COMMANDS[n].act is Act.BY_THE_SERVICE}
    named = {name for name, _ in VERBS.values()}
    assert register - named == by_a_verb_of_its_own | by_the_service
    assert {n for n in named if COMMANDS[n].stream is not StreamKind.DOSSIER} == {
        name for name, _ in OF_A_CASE.values()
    }


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_explains_every_field_of_its_command(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, places = VERBS[verb]
    command = COMMANDS[name]
    grammar = Grammar(f"rj rights {verb}", command, places, reference="DOSSIER")

    def never(line: Line) -> int:
        raise AssertionError(f"help sends nothing, and not {line.command}")

    assert read_line(grammar, ["--help"], never) == 0
    told = capsys.readouterr().out
    for field in fields_of(command):
        assert (field.name if field.personal else field.option) in told
    said = [f for f in fields_of(command) if f.help or f.personal or f.name in MEANT or f.choices]
    assert said == [*fields_of(command)]


def test_a_subject_is_typed_as_case_and_party_whatever_the_reference_ends_in() -> None:
    read: list[Any] = []
    grammar = Grammar("rj rights about", COMMANDS["name_subjects"], ("about",), "DOSSIER")
    line = ["DP-4T9Y2K7P-X", "rj-7k3m9qxa-==v1"]
    assert read_line(grammar, line, lambda one: bool(read.append(one))) == 0
    assert read[0].options["about"] == [{"case": "RJ-7K3M9QXA-=", "party": "V1"}]


def test_somebody_told_of_in_anothers_case_is_searched_put_in_and_in_their_copy(
    typist: Typist, worker: str, officer: str, tmp_path: Path
) -> None:
    told = "Philomena Duckworth saw it from her window."
    given = {**REFER, "notes": told}
    case = str(typed(typist, "refer", "--from", "-", given=given, actor=worker)["stream"])
    dossier = str(typed(typist, "rights", "request", "access", actor=worker)["stream"])
    assert typist.rj("rights", "identified", dossier, "document-seen", actor=officer).code == 0
    assert typist.rj("rights", "decide", dossier, "wholly-granted", actor=officer).code == 0
    search = ("rights", "search", dossier, "--from", "-")
    assert typist.rj(*search, given={"born": "1970-01-01"}, actor=officer).code == 2
    assert typist.rj(*search, given={"name": "Al"}, actor=officer).code == 2
    assert typist.rj(*search, given={"name": "Philomena Duckworth"}, actor=worker).code == 1
    wanted = {"words": "saw it from her window"}
    shown = typist.rj(*search, "--words", given=wanted, actor=officer)
    assert (shown.code, told in shown.out) == (0, True)
    every = typed(typist, *search, given=wanted, actor=officer)
    (found,) = every["items"]
    assert (found["case"], found["known"]) == (case, False)
    assert {*every["closed"]} == {"cases", "texts"}
    assert {*every["unread"]} == {"cases", "entries", "texts"}
    assert every["closed"]["cases"] == every["unread"]["cases"] == 0
    assert typist.rj("rights", "put-in", dossier, found["item"], actor=officer).code == 0
    waiting = typed(typist, "rights", "items", dossier, actor=officer)["items"]
    assert [(one["item"], one["mixed"]) for one in waiting] == [(found["item"], ["PUT_IN"])]
    folder = tmp_path / "copy"
    export = ("rights", "export", dossier, "--to", str(folder))
    assert typist.rj(*export, actor=officer).code == 1
    give = ("rights", "decide-items", dossier, "give", "reasonable-without", found["item"])
    assert typist.rj(*give, actor=officer).code == 0
    assert typist.rj(*export, actor=officer).code == 0
    assert told in (folder / "record.txt").read_text()
    assert f"Case {case}, in which others are" in (folder / "read-me.txt").read_text()


def test_what_names_nobody_is_listed_found_by_its_words_and_named_later(
    typist: Typist, worker: str, officer: str
) -> None:
    said = {"account": "Persephone Inchbald rang and would not say where she is on record."}
    lost = typed(typist, "rights", "breach", "lost", "--from", "-", given=said, actor=worker)
    asked = typed(typist, "rights", "request", "access", "--from", "-", given=SAID, actor=worker)
    case = str(typed(typist, "refer", "--from", "-", given=REFER, actor=worker)["stream"])
    listed = typed(typist, "rights", "list", "--nobody", actor=officer)
    unnamed = {one["dossier"] for one in listed["dossiers"]}
    assert {lost["stream"], asked["stream"]} <= unnamed
    assert len(unnamed) == listed["unnamed"]
    told = typist.rj("rights", "list", actor=officer).out
    assert f"{listed['unnamed']} name nobody" in told
    search = ("rights", "search", asked["stream"], "--from", "-")
    shown = typist.rj(*search, "--words", given={"name": "Persephone Inchbald"}, actor=officer).out
    assert f"{lost['stream']}  names nobody" in shown
    assert said["account"] in shown
    (found,) = typed(typist, *search, given={"name": "Persephone Inchbald"}, actor=officer)[
        "register"
    ]
    assert (found["dossier"], "words" in found) == (lost["stream"], False)
    about = ("rights", "about", lost["stream"], f"{case}=V1")
    assert typist.rj(*about, actor=officer).code == 0
    again = typed(typist, "rights", "list", "--nobody", actor=officer)
    assert unnamed - {one["dossier"] for one in again["dossiers"]} == {lost["stream"]}


def test_an_officer_with_a_conflict_records_nothing_and_is_told_whose_it_is(
    typist: Typist, worker: str, officer: str
) -> None:
    deputy = registered(typist, "service-staff", "--roles=data-protection-officer")
    case = str(typed(typist, "refer", "--from", "-", given=REFER, actor=worker)["stream"])
    request = ("rights", "request", "access", "--about", f"{case}=V1")
    dossier = str(typed(typist, *request, actor=worker)["stream"])
    typed(typist, "do", case, "declare_conflict", "--practitioner", officer, actor=worker)
    said = typist.rj("rights", "identified", dossier, "document-seen", actor=officer)
    assert said.code == 1
    named = said.err.partition("does all of it, and has it in rj waiting; tell ")[2]
    assert deputy in named
    assert officer not in named
    assert case not in said.err
    assert typist.rj("rights", "identified", dossier, "document-seen", actor=deputy).code == 0
