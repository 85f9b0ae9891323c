"""What became of what was agreed, and what people said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.quality import FeedbackGiven, FeedbackOffered
from domain.words import FeedbackQuestion, ItemState
from reports.definition import Definition, Member, Population, narrower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from reports.told import Told

SATISFIED = 4
"""Of 1 to 5: satisfied, and very satisfied."""
YES = frozenset({"YES", "BETTER", "IMPROVED"})
_NOT_DUE = frozenset({ItemState.PROPOSED, ItemState.RELEASED_BY_VICTIM})
FEEDBACK = "feedback"


def _due(told: Told) -> Iterable[Member]:
    if told.is_case and not told.goes_on_elsewhere:
        for item in told.case.items.values():
            due = item.due or item.since
            if item.state not in _NOT_DUE and due <= told.sources.at:
                yield Member(item.id, due, item.kind.value, item.owner)


def _done(told: Told, one: Member) -> bool:
    return told.case.item(one.who).state is ItemState.COMPLETED


def _offered(told: Told) -> Iterable[Member]:
    if told.is_case:
        seen: set[str] = set()
        for at, event in told.happened(FeedbackOffered):
            if event.party not in seen:
                seen.add(event.party)
                yield Member(event.party, at, _side(told, event.party), event.party)


def _answered(told: Told, one: Member) -> bool:
    return any(event.party == one.who for _, event in told.happened(FeedbackGiven))


def _rated(told: Told) -> Iterable[Member]:
    if told.is_case:
        for number, (at, event) in enumerate(told.happened(FeedbackGiven), 1):
            if event.overall is not None:
                yield Member(f"{number}/{event.overall}", at, _side(told, event.party), event.party)


def _satisfied(told: Told, one: Member) -> bool:  # noqa: ARG001
    return int(one.who.rpartition("/")[2]) >= SATISFIED


def _side(told: Told, party: str) -> str:
    person = told.case.party(party)
    return told.side(party) if person.is_victim or person.is_offender else "OTHERS"


def _said(question: FeedbackQuestion) -> Callable[[Told], Iterable[Member]]:
    """Return who answered a question in so many words or numbers, by what the vault holds."""

    def members(told: Told) -> Iterable[Member]:
        if told.is_case:
            for number, (at, event, answers) in enumerate(_answers(told), 1):
                if (good := _is_good(answers.get(question.value))) is not None:
                    who = f"{number}/{int(good)}"
                    yield Member(who, at, _side(told, event.party), event.party)

    return members


def _answers(told: Told) -> Iterator[tuple[datetime, FeedbackGiven, Mapping[str, object]]]:
    given = [*told.happened(FeedbackGiven)]
    refs = [event.answers for _, event in given]
    documents = told.sources.documents(told.stream, refs) if refs else {}
    for at, event in given:
        yield at, event, documents.get(event.answers.id, {})


def _is_good(answer: object) -> bool | None:
    """Say whether an answer is a good one; None where it is neither a mark nor a yes or no."""
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, int) and 1 <= answer <= 5:  # noqa: PLR2004 - marks are 1 to 5
        return answer >= SATISFIED
    said = answer.strip().upper() if isinstance(answer, str) else ""
    if said.isdigit() and len(said) == 1:
        return _is_good(int(said))
    return True if said in YES else False if said in {"NO", "WORSE", "SAME"} else None


def _is_yes(told: Told, one: Member) -> bool:  # noqa: ARG001
    return one.who.endswith("/1")


DUE = Population(
    "items_due_1", "agreed items that fell due and were not released by the victim", _due
)
DONE = narrower(DUE, "items_done_1", "done as agreed", _done)
ASKED = Population("feedback_offered_1", "people told that they can say how it was", _offered)
ANSWERED = narrower(ASKED, "feedback_given_1", "people who did say", _answered)
RATED = Population("rated_1", "people who gave it a mark of 1 to 5", _rated)
PLEASED = narrower(RATED, "satisfied_1", "a mark of 4 or 5", _satisfied)
_VOLUNTARY = "only those who wished to say, which may not be like the others"


def _asked(name: str, title: str, question: FeedbackQuestion) -> Definition:
    code = name.replace("-", "_")
    of = Population(f"{code}_answered_1", "people who answered that question", _said(question))
    good = narrower(of, f"{code}_yes_1", "answered yes, or 4 or 5 of 5", _is_yes)
    return Definition(
        name, 1, "feedback", title, of, good, cohort="by the day on which they said so",
        beware=_VOLUNTARY, reads=FEEDBACK,
    )  # fmt: skip


TABLE = (
    Definition(
        "agreements", 1, "outcomes", "Agreed items done", DUE, DONE,
        cohort="by the day on which it was due, or if it had none on which it was settled",
        beware="what the victim released is not in it",
    ),
    Definition(
        "response", 1, "feedback", "Said how it was", ASKED, ANSWERED,
        cohort="by the day on which it was offered", beware="to say nothing is as good an answer",
    ),
    Definition(
        "satisfaction", 1, "feedback", "Satisfied or very satisfied", RATED, PLEASED,
        cohort="by the day on which they said so", beware=f"{_VOLUNTARY}; read it with `response`",
    ),
    _asked("copes-better", "Copes better", FeedbackQuestion.COPES_BETTER),
    _asked("felt-safe", "Felt safe", FeedbackQuestion.FELT_SAFE),
)  # fmt: skip
