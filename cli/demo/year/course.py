"""The course of one case of the year: who works on it, and the stretches that many cases share.

Every gap is drawn within what the service gives itself, a few of them beyond it.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from cli.demo.parts import EXPLAINED, NO_KIND, PAIR, WHY_STANDARD
from cli.demo.steps import Step
from cli.demo.year.matters import OFFENCES, PLACES, SOURCES, drawn, offender, victim
from cli.demo.year.team import DEPUTY, FACILITATORS, SPECIALIST, SUPERVISOR, WORKERS

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_GOING_AHEAD, ENDED = "TOLD_NOT_GOING_AHEAD", "TOLD_IT_ENDED"
BY_LETTER = ("INDIRECT_LETTER_SEND", "INDIRECT_LETTER_RECEIVE")
_LATE_ONE_IN = 11
_FEEDBACK = ((2, 1), (3, 2), (8, 3), (40, 4), (47, 5))
"""Of a hundred marks: how many, and which."""


class Course:
    """A case that is made up, step by step; all that is drawn for it comes from its own seed."""

    def __init__(self, number: int, draw: Random) -> None:
        self.number, self.draw = number, draw
        self.steps: list[Step] = []
        self.again: tuple[int, tuple[Step, ...]] = (0, ())
        """How many days later the same matter was referred again, and what became of that."""
        self.worker = draw.choice(WORKERS)
        self.lead, self.co = draw.sample(FACILITATORS, 2)

    @property
    def name(self) -> str:
        """What the case is called in the ids of its commands."""
        return f"case-{self.number}"

    def do(self, who: str, command: str, days: int = 0, **given: Any) -> None:
        """Add a step, so many working days after the one before."""
        self.steps.append(Step(who, command, given, days))

    def within(self, least: int, most: int) -> int:
        """Return a number of working days."""
        return self.draw.randint(least, most)

    def in_time(self, most: int) -> int:
        """Return working days within a limit of the service; now and then it is missed."""
        late = self.draw.randrange(_LATE_ONE_IN) == 0
        return most + self.within(1, 3) if late else self.within(0, most)

    def chance(self, of_a_hundred: int) -> bool:
        """Say whether something that happens so often happens here."""
        return self.draw.randrange(100) < of_a_hundred

    def referred(
        self,
        *people: dict[str, Any],
        source: str | None = None,
        initiator: str | None = None,
        stage: str | None = None,
        offence: str | None = None,
        **more: Any,
    ) -> None:
        """Add a referral, and that it was taken on."""
        drawn_source, drawn_initiator, stages = drawn(self.draw, SOURCES)
        stage = stage or self.draw.choice(stages)
        (what,) = drawn(self.draw, OFFENCES)
        what = offence or f"{what} in {self.draw.choice(PLACES)}"
        self.do(
            self.worker,
            "refer",
            source=source or drawn_source,
            initiator=initiator or (drawn_initiator if source is None else "SERVICE_INITIATED"),
            parties=[*(people or (victim(self.number), offender(self.number, stage)))],
            offence=f"{what}. Plainly invented.",
            **more,
        )
        self.do(SUPERVISOR, "accept_referral", self.in_time(2))

    def informed(self, party: str = "V1", **more: Any) -> None:
        """Add that somebody was spoken with and told what restorative justice is."""
        way = self.draw.choice(("TELEPHONE", "TELEPHONE", "IN_PERSON"))
        self.do(self.worker, "give_information", self.in_time(2), party=party, channel=way, **more)
        self.supported(party, way)

    def supported(self, party: str, channel: str = "LETTER") -> None:
        """Add that somebody was offered support, whatever they choose."""
        self.do(self.worker, "offer_support", party=party, channel=channel)

    def allocated(self) -> None:
        """Add who facilitates, and that the case is a standard one."""
        self.do(
            SUPERVISOR,
            "allocate_case",
            self.in_time(3),
            lead=f"@{self.lead}",
            co=f"@{self.co}",
            supervisor=f"@{SUPERVISOR}",
        )
        self.do(
            self.lead,
            "classify_case",
            self.within(0, 1),
            sensitivity="STANDARD",
            reasons=WHY_STANDARD,
            flags=NO_KIND,
        )

    def begun(self, *people: dict[str, Any], **more: Any) -> None:
        """Add all that comes before a choice in a standard case."""
        self.referred(*people, **more)
        names = [one["party"] for one in people] or ["V1", "O1"]
        for party in names:
            if party.startswith("V"):
                self.informed(party)
        self.allocated()
        for party in names:
            if not party.startswith("V"):
                self.supported(party)

    def sensitive(self, *endorsements: str, held: bool = False) -> None:
        """Add that the case is sensitive, and goes to those who are trained for it."""
        self.lead, self.co = SPECIALIST, self.draw.choice(FACILITATORS)
        self.do(
            SUPERVISOR,
            "classify_case",
            self.within(0, 2),
            sensitivity="SENSITIVE_COMPLEX",
            flags={"flags": [], "endorsements": [*endorsements]},
            offenders_wish_held=held,
            reasons="Somebody is particularly vulnerable (invented).",
        )
        self.do(
            SUPERVISOR,
            "allocate_case",
            self.within(0, 2),
            lead=f"@{self.lead}",
            co=f"@{self.co}",
            supervisor=f"@{SUPERVISOR}",
        )

    def interested(self, thread: str = PAIR, **more: Any) -> None:
        """Add that the harmed person would like to hear more."""
        party = thread.partition("-")[0]
        self.do(
            self.worker,
            "record_interest",
            self.within(0, 8),
            thread=thread,
            party=party,
            asked_by=party,
            **more,
        )

    def met(self, party: str, thread: str = PAIR, explained: Sequence[str] = ()) -> None:
        """Add a facilitator's meeting."""
        self.do(
            self.lead,
            "record_facilitator_meeting",
            self.within(3, 8),
            thread=thread,
            party=party,
            explained=[*EXPLAINED, *explained],
            understood=True,
            needs="What they hope for. (Invented.)",
        )

    def found(self, status: str, party: str = "O1", thread: str = PAIR) -> None:
        """Add what was found of responsibility."""
        self.do(
            self.lead,
            "record_responsibility",
            thread=thread,
            party=party,
            status=status,
            evidence="FACILITATOR_ASSESSMENT",
            account="What they said of it. (Invented.)",
        )

    def explored(self, thread: str = PAIR) -> None:
        """Add interest, both facilitator's meetings, and that responsibility was accepted."""
        harmed, _, responsible = thread.partition("-")
        self.interested(thread)
        self.met(harmed, thread)
        self.met(responsible, thread)
        if self.chance(40):
            self.met(responsible, thread)
        self.found("ACCEPTS_RESPONSIBILITY", responsible, thread)

    def consented(self, *scopes: str, risk: str, thread: str = PAIR, **more: Any) -> None:
        """Add both written choices, the decision on risk and the legal position."""
        harmed, _, responsible = thread.partition("-")
        if self.chance(30):
            self.took_time(harmed, thread)
            self.found("ACCEPTS_RESPONSIBILITY", responsible, thread)
        for party in (harmed, responsible):
            self.do(
                self.lead,
                "record_consent",
                self.within(2, 8),
                thread=thread,
                party=party,
                scopes=[*scopes],
                form="SIGNED_PAPER",
                **(more if party == harmed else {}),
            )
        self.do(
            self.lead,
            "decide_risk",
            self.within(1, 6),
            thread=thread,
            decision=risk,
            assessment_text="Invented.",
        )
        if self.lead == SPECIALIST:
            self.do(DEPUTY, "countersign_risk", self.within(0, 4), thread=thread, decision=risk)
        self.do(self.lead, "record_legal_position", thread=thread, officer_view=True)

    def took_time(self, party: str, thread: str = PAIR, least: int = 10, most: int = 40) -> None:
        """Add that somebody needed time, and came back at their own pace."""
        self.do(self.lead, "record_need_for_time", self.within(1, 4), party=party, asked_by=party)
        self.do(
            self.lead,
            "record_interest",
            self.within(least, most),
            thread=thread,
            party=party,
            asked_by=party,
        )

    def mark(self) -> int:
        """Return what somebody says of how it was for them, from 1 to 5."""
        (mark,) = drawn(self.draw, _FEEDBACK)
        return int(mark)

    def asked_how_it_was(self, *people: str) -> None:
        """Add that people may say how it was for them, and what those say who do."""
        for party in people:
            self.do(self.worker, "offer_feedback", self.within(1, 5), party=party, channel="LETTER")
        for party in people:
            if self.chance(65):
                self.do(
                    self.worker,
                    "record_feedback",
                    self.within(3, 10),
                    party=party,
                    answers={"FELT_SAFE": "yes", "WOULD_RECOMMEND": "yes, invented"},
                    overall=self.mark(),
                )

    def ended(
        self,
        reason: str,
        harmed: str = ENDED,
        responsible: str = ENDED,
        thread: str = PAIR,
        *,
        who: str | None = None,
        days: int | None = None,
    ) -> None:
        """Add that a pair ended, and what each was told."""
        first, _, second = thread.partition("-")
        self.do(
            who or self.lead,
            "end_thread",
            self.within(1, 6) if days is None else days,
            thread=thread,
            reason=reason,
            told={first: harmed, second: responsible},
        )
