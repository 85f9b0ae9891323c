"""Who comes to a meeting besides its pairs: agreed to by name, agreeing themselves, prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.interventions import OPEN, OfIntervention, put_off
from domain.commands.suspending import their_threads
from domain.errors import Nonsense
from domain.events import company as happened
from domain.ids import InterventionId, PartyId, ThreadId
from domain.interventions import participants
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act, Form, InterventionState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.exchange import Intervention

Note = Annotated[TextRef, OwnedBy(CASE)]
Words = Annotated[TextRef, OwnedBy("party")]


def besides(case: Case, party: str) -> None:
    """Raise `Nonsense` for somebody who takes part through a pair of their own."""
    if case.party(party).is_of_a_pair:
        raise Nonsense(f"{party} takes part through their own pair, or not")


class AgreeToCompany(CaseCommand):
    """Record that a person of a pair agrees in writing to the coming of others, each by name."""

    act: ClassVar[Act] = Act.FACILITATE

    thread: ThreadId = Field(description="the pair, such as V1-O1")
    party: PartyId
    company: tuple[PartyId, ...] = Field(min_length=1, description="who may come")
    form: Form
    signed: Words | None = Field(default=None, description="the form, or what was said")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they agreed."""
        case.thread(self.thread).own_side(self.party)
        for person in self.company:
            besides(case, person)
        return (
            happened.CompanyAgreedTo(
                thread=self.thread,
                party=self.party,
                company=self.company,
                form=self.form,
                signed=self.signed,
            ),
        )


class DeclineCompany(CaseCommand):
    """Record that a person of a pair does not want somebody there, or no longer."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    party: PartyId = Field(description="who does not want them there")
    company: tuple[PartyId, ...] = Field(min_length=1, description="who is not to come")
    threads: tuple[ThreadId, ...] = Field(
        default=(), description="only these pairs; all of the person's if left out"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return their wish; whatever is planned is without them from now."""
        threads = their_threads(case, self.party, self.threads)
        for person in self.company:
            case.party(person)
        yield happened.CompanyDeclined(threads=threads, party=self.party, company=self.company)
        for one in case.interventions.values():
            theirs = set(threads) & set(one.threads) and not one.over
            for person in self.company if theirs else ():
                if person in participants(case, one):
                    yield _without(case, one, person, asking)


class _OfInvited(OfIntervention, abstract=True):
    possible: ClassVar[frozenset[InterventionState]] = OPEN

    party: PartyId

    def found(self, case: Case) -> Intervention:
        """Return the intervention. Raises `Nonsense` if the person is not invited besides."""
        intervention = super().found(case)
        if self.party not in intervention.attending:
            raise Nonsense(f"{self.party} is not invited to {self.intervention} besides its pairs")
        return intervention


class InviteCompany(OfIntervention):
    """Invite somebody besides the pairs to what is planned already."""

    possible: ClassVar[frozenset[InterventionState]] = OPEN

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that they are invited."""
        self.found(case)
        besides(case, self.party)
        return (happened.CompanyInvited(intervention=self.intervention, party=self.party),)


class RecordCompanyAgreement(_OfInvited):
    """Record that somebody invited agrees in writing to come, and to keep what is said there to
    themselves."""

    form: Form
    signed: Words | None = Field(default=None, description="the form, or what was said")
    recording: bool = Field(default=False, description="they agree that it may be recorded")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return their agreement."""
        self.found(case)
        return (
            happened.CompanyAgreementRecorded(
                intervention=self.intervention,
                party=self.party,
                form=self.form,
                signed=self.signed,
                recording=self.recording,
            ),
        )


class AssessCompany(_OfInvited):
    """Assess whether it is right and safe that somebody invited comes; an interpreter is neither
    family nor a friend."""

    assessment: ClassVar[bool] = True

    suitable: bool
    reasons: Note | None = Field(default=None, description="why not, if not")

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return what was found."""
        self.found(case)
        if not self.suitable and self.reasons is None:
            raise Nonsense("reasons: say why it is not right that they come")
        return (
            happened.CompanyAssessed(
                intervention=self.intervention,
                party=self.party,
                suitable=self.suitable,
                reasons=self.reasons,
            ),
        )


class TellWhoComes(OfIntervention):
    """Tell a person of a pair who will be there besides them, interpreters included."""

    possible: ClassVar[frozenset[InterventionState]] = OPEN

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return of whom they were told."""
        intervention = self.found(case)
        if not any(self.party in case.thread(t).people for t in intervention.threads):
            raise Nonsense(f"{self.party} is in no pair of {self.intervention}")
        return (
            happened.ToldWhoComes(
                intervention=self.intervention,
                party=self.party,
                company=tuple(sorted(intervention.attending)),
            ),
        )


class StayAway(CaseCommand):
    """Record that somebody does not come, or leaves: whoever is invited besides the pairs may at
    any time, and it can go on without them if everybody else wants that."""

    act: ClassVar[Act] = Act.PROTECT
    protective: ClassVar[bool] = True

    intervention: InterventionId
    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return that they are not there; what has begun takes a break. Without somebody of a pair
        it is put off; that changes nobody's choice."""
        case.party(self.party)
        return (_without(case, case.intervention(self.intervention), self.party, asking),)


def _without(case: Case, intervention: Intervention, party: str, asking: Asking) -> CaseEvent | At:
    person = case.party(party)
    if person.is_of_a_pair:
        return put_off(intervention, asking)
    return happened.StayedAway(intervention=intervention.id, party=party)
