"""That whoever takes part reads nothing that hurries, blames, or is meant for somebody else."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from domain.words import (
    Choice,
    EndReason,
    FeedbackQuestion,
    HearingKind,
    QuestionState,
    Role,
    Told,
    WhereItStands,
)
from sentences import KINDS, NotFor, To, Wrong, languages, sentences
from sentences.reading import read
from sentences.saying import FOLDER
from tests.arrows import ROOT
from tests.texts import (
    A_CODE,
    A_DAY,
    CONTACT,
    FORBIDDEN,
    HURRIED,
    NOT_PRESSING,
    for_participants,
    for_staff,
)

if TYPE_CHECKING:
    from pathlib import Path

LONGEST, LONGEST_IN_EASY_WORDS = 24, 13
"""Words of one sentence."""


def said(code: object, to: To, **more: object) -> str:
    return sentences().said(code, to, contact=CONTACT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", languages())
def test_nobody_who_takes_part_reads_a_word_that_blames_or_hurries(language: str) -> None:
    texts = [*for_participants(language)]
    assert len(texts) > 1000
    hurried = [(w, t) for w, _, t in texts if hurries(t)]
    assert hurried == []
    assert [(w, t) for w, _, t in texts if FORBIDDEN.search(t)] == []


def hurries(text: str) -> bool:
    about = text.replace(A_DAY, "some day").replace(CONTACT, "")
    return bool(HURRIED.search(NOT_PRESSING.sub("", about)))


@pytest.mark.parametrize(
    "text",
    [
        "Please answer by Friday.",
        "You have two weeks to decide.",
        "Tell us before the hearing.",
        "We must hear from you within 5 days.",
        "The offer is open until May.",
        f"Tell us by {A_DAY}.",
        f"You have time until {A_DAY}.",
    ],
)
def test_what_hurries_would_be_found(text: str) -> None:
    assert hurries(text)


@pytest.mark.parametrize(
    "text", ["The victim refused.", "This is the Last Chance.", "You failed to come."]
)
def test_what_blames_would_be_found(text: str) -> None:
    assert FORBIDDEN.search(text)


OF_COMMANDS = re.compile(r"accepted or refused|a command may be refused|1 refused|\| a deadline \|")
"""Commands are refused, and the service has deadlines; people are not, and have none."""
OF_REFUSALS = re.compile(r"(or refusal cli/|A refusal's code)")


def test_staff_read_no_such_word_of_anybody_either() -> None:
    texts = [(where, " ".join(text.split())) for where, text in for_staff()]
    assert len(texts) > 800
    plain = [(where, OF_REFUSALS.sub("", OF_COMMANDS.sub("", text))) for where, text in texts]
    assert [(where, text) for where, text in plain if FORBIDDEN.search(text)] == []


def test_no_code_is_shown_to_whoever_takes_part() -> None:
    assert [(w, t) for w, _, t in for_participants() if A_CODE.search(t)] == []
    assert A_CODE.search("You are DECLINED_THIS_OFFER.")


def test_what_is_read_is_easy_to_read_and_easier_where_it_says_so() -> None:
    long = []
    for where, easy, text in for_participants():
        most = LONGEST_IN_EASY_WORDS if easy else LONGEST
        sentences_of = re.split(r"(?<=[.:?!])\s+", text.replace(A_DAY, "day").replace(CONTACT, ""))
        long += [(where, one) for one in sentences_of if len(one.split()) > most]
    assert long == []


def test_every_day_that_is_named_is_one_they_agreed_to_or_asked_about() -> None:
    named = {w.split(".")[0] for w, _, t in for_participants() if A_DAY in t}
    assert named == {"InterventionState", "HearingKind", "Besides"}


def test_the_day_of_a_hearing_is_told_with_the_sentence_that_the_offer_stands() -> None:
    for kind in HearingKind:
        for easy in (False, True):
            text = said(kind, To.VICTIM, day="3 May", easy=easy)
            assert "3 May" in text
            assert re.search(r"offer (stands|stays open)", text)
    with pytest.raises(NotFor):
        said(HearingKind.TRIAL, To.VICTIM)


def test_every_end_says_that_they_can_come_back_and_whom_to_ring() -> None:
    for reason in EndReason:
        for to in To:
            for easy in (False, True):
                try:
                    text = said(reason, to, easy=easy)
                except NotFor:
                    continue
                assert CONTACT in text
                assert "come back" in text or easy, (reason, to)


OF_ONE_SIDE = {
    EndReason.VICTIM_DECLINED_DOOR_OPEN: To.OFFENDER,
    EndReason.VICTIM_NO_FURTHER_CONTACT: To.OFFENDER,
    EndReason.VICTIM_WITHDREW: To.OFFENDER,
    EndReason.VICTIM_NOT_CONTACTABLE: To.OFFENDER,
    EndReason.OFFENDER_DECLINED: To.VICTIM,
    EndReason.OFFENDER_NOT_ACCEPTING: To.VICTIM,
    EndReason.OFFENDER_WITHDREW_ACCEPTANCE: To.VICTIM,
    EndReason.LEGAL_BAR: To.VICTIM,
}


@pytest.mark.parametrize("reason", OF_ONE_SIDE)
def test_the_other_side_hears_neither_who_ended_it_nor_why(reason: EndReason) -> None:
    least = said(WhereItStands.TOLD_NOT_GOING_AHEAD, To.ANYBODY)
    assert said(reason, OF_ONE_SIDE[reason]) == least
    assert said(reason, To.ANYBODY) == least
    own = To.VICTIM if OF_ONE_SIDE[reason] is To.OFFENDER else To.OFFENDER
    assert said(reason, own) != least


def test_that_somebody_died_or_a_court_came_between_is_not_said_by_a_sentence() -> None:
    for reason in (EndReason.PARTY_DIED, EndReason.CJ_PROCESS_INTERVENED):
        assert said(reason, To.VICTIM) == said(WhereItStands.TOLD_NOT_GOING_AHEAD, To.VICTIM)


def test_people_are_called_by_the_word_they_chose_and_otherwise_you() -> None:
    assert "“survivor”" in said(Role.DIRECT_VICTIM, To.VICTIM, me="survivor")
    assert "“you”" in said(Role.DIRECT_VICTIM, To.VICTIM)
    texts = [t for _, _, t in for_participants()]
    assert [t for t in texts if re.search(r"(?i)victim|offender|suspect|\bcase\b", t)] == []


def test_a_word_with_brackets_is_only_a_word() -> None:
    assert "“{other} {x}”" in said(Role.DIRECT_VICTIM, To.VICTIM, me="{other} {x}")


def test_whoever_takes_time_is_told_that_the_offer_stays_open() -> None:
    for choice in (Choice.CONSIDERING, Choice.DEFERRED):
        assert "stays open" in said(choice, To.VICTIM)
    assert "at your own pace" in said(Choice.CONSIDERING, To.VICTIM)


def test_what_is_for_staff_is_said_to_nobody_else() -> None:
    for code in (Told.NOT_TOLD_BY_WISH, KINDS["Recipient"]["POLICE"], KINDS["RiskItem"]["MOTIVE"]):
        with pytest.raises(NotFor):
            said(code, To.VICTIM)
    assert said(QuestionState.BACK_WITH_AUTHOR, To.VICTIM) == said(QuestionState.PUT, To.VICTIM)


def test_every_kind_of_task_has_its_words_for_staff() -> None:
    made = set()
    for file in (ROOT / "domain").rglob("*.py"):
        for call in (n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "with_task":
                assert isinstance(call.args[0], ast.Constant), f"{file}: a kind of task by name"
                made.add(call.args[0].value)
    assert made == set(sentences().file.task)


BROKEN = [
    ('CONSIDERING = "needs time"\n', "", "staff: nothing for CONSIDERING"),
    ("[staff]\n", '[staff]\nNO_SUCH = "x"\n', "NO_SUCH is no code"),
    ('THEIR_PACE = "waiting at their pace"\n', "", "stage: nothing for THEIR_PACE"),
    ("on {hearing}.", "on {day}.", "there is no {day} here"),
    ("It was agreed.", "It was agreed by {meeting}.", "there is no {meeting} here"),
    ("It was agreed.", "It was {agreed", "brackets that do not close"),
    ("It was agreed.", "It was {me.__class__}.", "there is no {me.__class__} here"),
    ('easy = "It was agreed."\n', "", "ItemState.AGREED: a text, and the same in easy words"),
    ('"RiskItem", ', "", "participant: nothing for RiskItem.MOTIVE"),
    ('instead = "WhereItStands.TOLD', 'instead = "WhereItStand.TOLD', "is no sentence of its own"),
    ("version = 2", "version = 0", "version: "),
    ("version = 2", "version = ", "Invalid value"),
    ('language = "en"', 'language = "pl"', "it says that it is in pl"),
    ('me = "you"', f'me = "{"x" * 301}"', "address.me: "),
]


@pytest.mark.parametrize(("old", "new", "complaint"), BROKEN, ids=[c for _, _, c in BROKEN])
def test_a_file_that_is_wrong_is_not_read_and_it_says_why(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    content = (FOLDER / "en.toml").read_text()
    assert old in content
    (tmp_path / "en.toml").write_text(content.replace(old, new))
    with pytest.raises(Wrong, match=re.escape(complaint)) as found:
        read(tmp_path / "en.toml")
    assert "en.toml" in str(found.value)


def test_a_file_without_bounds_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text("#" * 200_001)
    with pytest.raises(Wrong, match="larger"):
        read(tmp_path / "en.toml")


def test_a_language_that_there_is_not_is_said_to_be_missing() -> None:
    with pytest.raises(Wrong, match="there are in"):
        sentences("../en")


def test_no_sentence_takes_for_granted_what_somebody_did_or_sounds_as_if_time_ran_out() -> None:
    texts = [(where, text) for where, _, text in for_participants()]
    presuming = re.compile(r"(?i)your part in|\byou did it|what you did(?! yourself)")
    own_words = {"Passable.ACCEPTS_RESPONSIBILITY"}
    found = [(w, t) for w, t in texts if presuming.search(t) and w.split(" ")[0] not in own_words]
    assert found == []
    assert [(w, t) for w, t in texts if "can still" in t] == []


def test_each_side_is_asked_of_how_it_was_in_its_own_words_and_anybody_may_complain() -> None:
    asked = {to: set() for to in (To.VICTIM, To.OFFENDER)}
    for to, heard in asked.items():
        for question in FeedbackQuestion:
            try:
                heard.add((question, said(question, to)))
            except NotFor:
                continue
    both = {q for q, _ in asked[To.VICTIM]} & {q for q, _ in asked[To.OFFENDER]}
    of_one = {q for q, _ in asked[To.VICTIM] ^ asked[To.OFFENDER]}
    assert of_one - both == {
        FeedbackQuestion.OTHER_UNDERSTOOD,
        FeedbackQuestion.UNDERSTOOD_THE_EFFECT,
        FeedbackQuestion.CHANGES_WHAT_THEY_DO,
    }
    assert all("?" in text for heard in asked.values() for _, text in heard)
    assert "complain" in said(FeedbackQuestion.ANYTHING_HARMFUL, To.OFFENDER)
