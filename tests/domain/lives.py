"""Random lives of a case: what somebody may ask next, plausible or not, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from client.gate import act_of
from client.words import with_references
from domain.asking import Asking
from domain.command import COMMANDS, StreamKind
from domain.decide import Accepted, Denied, Refused, decide, decode
from domain.errors import Nonsense
from domain.fold import fold_practitioner
from domain.needs import needs
from domain.record import Actor
from domain.texts import TextRef
from domain.words import (
    OWED_UNLESS_DECLINED,
    Act,
    Channel,
    Explained,
    Responsibility,
    RiskDecision,
    Role,
    Scope,
    Told,
)
from tests.beyond import beyond

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from domain.command import Command
    from domain.message import Refusal
    from domain.record import Entry
    from tests.story import Story


Given = dict[str, Any]
STAFF = ("lead", "co", "worker", "supervisor", "trainer", "intermediate", "advanced", "auditor")
LEAVING = ("lead", "co", "worker", "intermediate", "advanced")
"""Whose training lapses and who leaves; the others stay, so that there is always somebody."""
CASE_COMMANDS = sorted(n for n, c in COMMANDS.items() if c.stream is StreamKind.CASE)
PROTECTIVE = sorted(n for n in CASE_COMMANDS if act_of(COMMANDS[n]) is Act.PROTECT)
SAYING_NO = ["stop_contact", "withdraw_consent", "pause_participation", "decline_offer"] * 4
OF_THE_REGISTER = sorted(n for n, c in COMMANDS.items() if c.stream is StreamKind.PRACTITIONER)
FINAL = {"record_death", "declare_conflict", "deactivate_practitioner", "end_enquiry", "refer"}
"""After these little more happens, or they make no sense in a case under way: drawn seldom."""
ANOTHER_CASE = "RJ-7K3M9QXA-5"
"""Of which nothing is known in these lives."""
A_PERSON = "PE-7K3M9QXA-5"
HALF, OFTEN, SELDOM = 0.5, 0.3, 0.1
SPANS = [
    *(timedelta(minutes=m) for m in (0, 1, 20, 59)),
    *(timedelta(days=d) for d in (0.25, 1, 6, 30, 85, 400)),
]
ALL_SCOPES = [str(scope) for scope in Scope if scope not in OWED_UNLESS_DECLINED]
FAVOURED: dict[Any, list[Any]] = {
    Responsibility: [Responsibility.ACCEPTS_RESPONSIBILITY],
    RiskDecision: [RiskDecision.PROCEED_DIRECT],
    Told: [Told.TOLD_NOT_GOING_AHEAD],
}
"""What is drawn as often as all the rest, so that lives come far."""


@dataclass
class Answer:
    """What came of one command."""

    name: str
    given: Given
    who: str
    command: Command | None = None
    added: list[Entry] = field(default_factory=list)
    refusals: tuple[Refusal, ...] = ()
    denied: bool = False
    nonsense: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = [e.name for e in self.added] or [r.code for r in self.refusals]
        return ", ".join(names) or "; ".join(self.nonsense) or "denied"


def ask(story: Story, who: str, name: str, given: Given, *, record: bool = True) -> Answer:
    """Ask for a command as the activity does; raises whatever is not the domain's own error."""
    story.count += 1
    answer = Answer(name, given, who)
    cls, given = COMMANDS[name], {**given}
    about = given.pop("about", None) if cls.stream is StreamKind.PRACTITIONER else None
    stream = story.staff[about] if about else story.case_id
    actor = Actor(id=story.staff.get(who, who), identified="unverified")
    history = story.streams.get(stream, [])
    body = with_references(cls, given, story._put)
    command_id = f"life-{story.count:05d}"
    try:
        answer.command = decode(name, body)
        decision = decide(
            history, answer.command, _asking(story, history, answer.command, actor, command_id)
        )
    except Nonsense as nonsense:
        answer.nonsense = nonsense.problems
        return answer
    if isinstance(decision, Refused):
        answer.refusals = decision.refusals
    answer.denied = isinstance(decision, Denied)
    if isinstance(decision, Accepted) and record:
        answer.added = story._record(
            stream, command_id, actor, "cli", answer.command.asked_by, decision.drafts
        )
    return answer


def _asking(
    story: Story, history: Sequence[Entry], command: Command, actor: Actor, command_id: str
) -> Asking:
    wanted = needs(history, command, actor.id)
    named = [p for p in wanted.practitioners if p in story.streams]
    on = command.effective_at
    known = story.streams.get(actor.id)
    return Asking(
        actor=actor,
        origin="cli",
        at=story.now,
        command_id=command_id,
        forms=story.forms,
        practitioners={p: fold_practitioner(story.streams[p], true_at=on) for p in named},
        signed_in=fold_practitioner(known) if known else None,
        **beyond(story, history, command, wanted, actor.id),
    )


def some_command(
    rng: Random, story: Story, names: Sequence[str], *, late: bool = False
) -> tuple[str, str, Given]:
    """Draw who asks for what, with which fields, as the case stands."""
    name = rng.choice(names)
    if name in FINAL and rng.random() > SELDOM:
        name = rng.choice(names)
    who = rng.choice([*[_fitting(story, name)] * len(STAFF), *STAFF])
    given = fields_of(rng, story, COMMANDS[name])
    if late:
        given["effective_at"] = earlier(rng, story)
    if rng.random() < SELDOM:
        given["happened"] = True
    whose = given.get("party")
    askers = [None, whose, whose, *story.case.parties]
    asker = rng.choice(askers)
    if asker is not None:
        given["asked_by"] = asker
    return who, name, given


def _fitting(story: Story, name: str) -> str:
    names = {reference: name for name, reference in story.staff.items()}
    if "SUPERVISE" in str(getattr(COMMANDS[name], "act", "")):
        return "supervisor"
    return names.get(story.case.lead or "", "worker")


def earlier(rng: Random, story: Story) -> str:
    """Some time ago, or as often exactly when something else took effect, or a second beside."""
    moments = [e.effective_at for e in story.history[-12:]]
    ago = story.now - rng.choice(SPANS)
    beside = rng.choice(moments) + timedelta(seconds=rng.randint(-1, 1))
    return str(rng.choice([ago, beside]).isoformat())


def fields_of(rng: Random, story: Story, cls: Any) -> Given:
    """Draw the fields of a command, each from what the case holds by that name."""
    given: Given = {}
    for name, info in cls.model_fields.items():
        if name in {"effective_at", "asked_by", "basis", "why", "happened", "scan"}:
            continue
        value = _named(rng, story, name, given)
        if (cls.name(), name) in _OF_ONE:
            value = rng.choice(_OF_ONE[cls.name(), name])
        if value is None:
            value = _typed(rng, info.annotation, story)
        if value is not None:
            given[name] = value
    return given


def _named(rng: Random, story: Story, name: str, given: Given) -> Any:
    case = story.case
    ids = {
        "thread": case.threads,
        "party": given["thread"].split("-") if "thread" in given else case.parties,
        "adult": [None, None, *case.parties],
        "of": [None, *case.parties],
        "intervention": [*case.interventions, *list(case.interventions)[-1:]],
        "question": case.questions,
        "letter": case.letters,
        "message": case.messages,
        "item": case.items,
        "onward": case.onward,
        "hearing": case.hearings,
        "clock": case.clocks,
        "proposal": case.proposals,
        "task": case.tasks,
        "appointment": case.appointments,
        "pack": case.packs,
        "instead_of": [None, None, *case.appointments],
    }
    if name in ids:
        return rng.choice([*ids[name]] or _STRANGERS[name])
    if name in _DRAWN:
        return _DRAWN[name](rng, story)
    return None


_STRANGERS = {"intervention": ["I1"], "question": ["Q1"], "letter": ["L1"], "message": ["M1"],
              "item": ["A1"], "onward": ["R1"], "hearing": ["H1"], "task": ["T1"],
              "clock": ["K1"], "proposal": ["P1"], "appointment": ["D1"], "pack": ["W1"],
              "thread": ["V9-O9"], "party": ["V9"]}  # fmt: skip


_OF_ONE: dict[tuple[str, str], list[Any]] = {
    ("add_party", "party"): ["V2", "O2", "S3", "C1", "O3"],
    ("add_party", "role"): [Role.OFFENDER, Role.SUPPORTER_OF_VICTIM, *Role],
    ("record_onward_wish", "items"): [["NAME"], ["NAME", "NEEDS"]],
    ("record_onward_wish", "panel"): [[], [], ["ATTEND"]],
    ("refer_onward", "items"): [["NAME"], ["NAME", "NEEDS"]],
    ("record_adverse_steps", "steps"): [["EVERYBODY_SAFE"], ["CAUSE_LOOKED_INTO"]],
    ("record_disclosure", "items"): [["NAME"], ["THREAT", "WHEREABOUTS"]],
    ("propose_item", "proposed"): [{"party": "O1", "kind": "APOLOGY"}],
    ("propose_item", "instead_of"): [None, None, "P1"],
    ("pencil_in_date", "agreed_by"): [["V1", "O1"], ["V1"]],
    ("add_stand_in", "party"): ["V3", "O3"],
    ("add_stand_in", "role"): [Role.PROXY_VICTIM, Role.PROXY_OFFENDER],
    ("add_stand_in", "of"): ["V1", "O1"],
    ("add_stand_in", "meets"): ["O1", "V1"],
    ("report_mention", "owner"): ["case", "O1"],
    ("report_mention", "text"): ["T-0123456789ABCDEF"],
    ("redact_mention", "owner"): ["case", "O1"],
    ("redact_mention", "text"): ["T-0123456789ABCDEF"],
    ("keep_mention", "text"): ["T-0123456789ABCDEF"],
    ("restrict_data", "review_on"): ["2026-06-01", "2026-12-01"],
    ("keep_longer", "review_on"): ["2027-06-01", "2030-12-01"],
    ("record_agreement", "items"): [[], [{"party": "O1", "kind": "APOLOGY"}]],
}
"""What is drawn for one command only."""


def _pairs(rng: Random, story: Story) -> list[str]:
    return rng.sample(sorted(story.case.threads), rng.randint(0, 1))


def _others(rng: Random, story: Story) -> list[str]:
    others = [p for p in story.case.parties if p[0] in "SC"]
    return list(rng.choice([[], [], others]))


def _practitioner(rng: Random, story: Story) -> Any:
    return story.staff[rng.choice([*LEAVING, "supervisor"])]


def _there(rng: Random, story: Story) -> list[str]:
    both = [*story.case.facilitators]
    return list(rng.choice([both, both, both[:1], [story.staff["advanced"]]]) or both)


def _told(rng: Random, story: Story) -> Given:
    thread = rng.choice([*story.case.threads.values()])
    told = [Told.TOLD_NOT_GOING_AHEAD, Told.NOT_TOLD_BY_WISH, *Told]
    return {person: rng.choice(told) for person in thread.people}


def _people(rng: Random, story: Story) -> list[Given]:
    return []


def _moment(rng: Random, story: Story) -> Any:
    on = story.now + rng.choice(SPANS[3:-1])
    return rng.choice([None, None, on.isoformat()])


def _details(rng: Random, story: Story) -> Given:
    """Details of somebody who has been an adult for long, or is about to be one, or may be."""
    eighteen = story.now.date() - timedelta(days=6575)
    near = eighteen + timedelta(days=rng.choice([-1, 0, 1, 40]))
    born: date | None = rng.choice([date(1984, 2, 29), near, None])
    return {"name": "Pat Example", **({"born": born.isoformat()} if born else {})}


_DRAWN: dict[str, Callable[[Random, Story], Any]] = {
    "threads": _pairs,
    "attending": _others,
    "company": lambda _rng, story: [p for p in story.case.parties if p[0] in "SC"] or ["S1"],
    "practitioner": _practitioner,
    "lead": _practitioner,
    "co": _practitioner,
    "supervisor": lambda _rng, story: story.staff["supervisor"],
    "case_worker": lambda rng, story: rng.choice([None, story.staff["worker"]]),
    "facilitators": _there,
    "told": _told,
    "parties": _people,
    "details": _details,
    "entry": lambda rng, story: max(1, len(story.history) - rng.randint(0, 4)),
    "explained": lambda rng, _: rng.choice([[*Explained], [*Explained], ["WHAT_IT_IS"]]),
    "understood": lambda rng, _: rng.choice([True, True, False]),
    "scopes": lambda rng, _: rng.choice([ALL_SCOPES, ALL_SCOPES, ["SHUTTLE"], ["FACE_TO_FACE"]]),
    "items": lambda rng, _: rng.choice([[*range(1, 26)], [1, 2], []]),
    "flags": lambda rng, _: {
        "flags": [],
        "endorsements": rng.choice([[], [], ["SPECIALIST_DA"]]),
    },
    "hours": lambda _rng, _story: 20,
    "channels": lambda rng, _: rng.sample([*Channel], rng.randint(1, 3)),
    "days": lambda rng, _: rng.choice([0, 1, 10]),
    "holder": lambda rng, story: rng.choice([None, _practitioner(rng, story)]),
    "minutes": lambda rng, _: rng.choice([5, 60, 300]),
    "staff": lambda rng, story: rng.choice([_there(rng, story), [_practitioner(rng, story)], []]),
    "interpreters": lambda _rng, _story: [],
    "starts": lambda rng, story: (story.now + rng.choice(SPANS[1:])).isoformat(),
    "ask_at": _moment,
    "at": _moment,
    "due": _moment,
    "for_when": _moment,
    "day": _moment,
    "review_on": _moment,
    "case": lambda _rng, _story: ANOTHER_CASE,
    "into": lambda _rng, _story: ANOTHER_CASE,
    "other": lambda _rng, _story: ANOTHER_CASE,
    "there": lambda _rng, _story: "V1",
    "person": lambda _rng, _story: A_PERSON,
    "owner": lambda rng, _: rng.choice(["V1", "O1"]),
    "people": lambda _rng, _story: {"V1": "V1"},
}


def _typed(rng: Random, kind: Any, story: Story) -> Any:
    """Draw by type what has no name of its own here; None is left out."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated or type(None) in parts:
        left_out = origin is not Annotated and rng.random() < HALF
        return None if left_out else _typed(rng, parts[0], story)
    if kind is TextRef:
        return "Words, plainly invented."
    options = [True, False] if kind is bool else [*parts] if origin is Literal else []
    if isinstance(kind, type) and issubclass(kind, Enum):
        options = [*FAVOURED.get(kind, []) * len(kind), *kind]
    return rng.choice(options) if options else None
