"""That somebody in a case is a person who appears in another too, and what follows from it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime, Field

from domain.changing import with_changes
from domain.event import CaseEvent
from domain.ids import CaseId, PartyId, PersonId, PractitionerId, ThreadId
from domain.linked import Fact, Linked
from domain.person import own_stream
from domain.stale import after
from domain.standing import stays_away
from domain.texts import TextRef
from domain.words import VICTIM_ROLES, Change, Role

if TYPE_CHECKING:
    from domain.case import Case, When


class _Noted(CaseEvent, abstract=True):
    """What is noted of a link; it is no work with the person."""

    closes: ClassVar[bool] = True
    is_work: ClassVar[bool] = False


class PersonLinked(_Noted):
    """Somebody in this case is a person who appears in another case, too."""

    party: PartyId
    person: PersonId
    other: CaseId | None = None
    """The case by which it was found, where it was found in this one."""
    there: PartyId | None = None
    same_matter: bool = True
    left: PersonId | None = None

    def apply(self, case: Case, when: When) -> Case:
        """The person's stream is to know of it; until it does, this case waits for that."""
        before = case.persons.get(self.party)
        linked = Linked(
            self.person,
            when.recorded,
            when.actor,
            self.other,
            self.there,
            self.same_matter,
            self.left,
            carried=before.carried if before and not before.undone else frozenset(),
            times=before.times if before else 0,
        )
        linked = linked.telling(when.version, when.recorded)
        return case.changed(persons={**case.persons, self.party: linked})


class PersonUnlinked(_Noted):
    """It was another person after all: the link was made in error."""

    party: PartyId
    reasons: TextRef

    def apply(self, case: Case, when: When) -> Case:
        """What was taken over because of it counts here no longer."""
        linked = case.persons.get(self.party)
        if linked is None:
            return case
        undone = with_changes(linked, undone=True, carried=frozenset(), times=linked.times + 1)
        undone = undone.telling(when.version, when.recorded)
        return case.changed(persons={**case.persons, self.party: undone})


class PersonToldNoted(_Noted):
    """The person's stream has looked at what was said in this case."""

    party: PartyId
    read: int = Field(ge=0)
    """The version of this case that it has looked at."""

    def apply(self, case: Case, when: When) -> Case:
        """Nothing of it is under way any more, unless more was said since."""
        linked = case.persons.get(self.party)
        if linked is None or linked.pending is None or linked.pending > self.read:
            return case
        settled = with_changes(linked, pending=None, pending_since=None, left=None)
        if linked.undone and case.party(self.party).is_child:
            settled = alone(case.id, self.party, linked.times, when)
        return case.changed(persons={**case.persons, self.party: settled})


class PersonFollowed(_Noted):
    """What this person said in other cases was looked at, and what is to hold here does."""

    party: PartyId
    person: PersonId
    read: int = Field(ge=1)
    carried: tuple[Fact, ...] = ()
    """What stands here now because it was said elsewhere."""
    conflicts: tuple[PractitionerId, ...] = ()
    """Practitioners who may have a conflict of interest about them, as other cases say."""

    def apply(self, case: Case, when: When) -> Case:
        """Each of it is an entry of its own."""
        linked = case.persons.get(self.party)
        if linked is None:
            return case
        known = frozenset(self.conflicts)
        followed = with_changes(
            linked,
            read=self.read,
            carried=frozenset(self.carried),
            conflicts=known,
            conflicts_told=linked.conflicts_told & known,
        )
        return case.changed(
            persons={**case.persons, self.party: followed},
            no_conflict=case.no_conflict - (known - linked.conflicts),
        )


class ConflictFoundElsewhere(_Noted):
    """Somebody who works on this case may have a conflict of interest about a person of it: they
    declared one in another case, or work there with them on the other side."""

    party: PartyId
    practitioner: PractitionerId

    def apply(self, case: Case, when: When) -> Case:
        """A supervisor decides whether it is one here (decide_conflict)."""
        linked = case.persons.get(self.party)
        if linked is not None:
            told = linked.conflicts_told | {self.practitioner}
            linked = with_changes(linked, conflicts_told=told)
            case = case.changed(persons={**case.persons, self.party: linked})
        return case.with_task("CONFLICT_ELSEWHERE", self.practitioner, when)


class DangerFoundElsewhere(_Noted):
    """A concern of safeguarding or danger about a person of this case was raised in another."""

    party: PartyId
    raised_at: AwareDatetime
    threads: tuple[ThreadId, ...] = ()

    def apply(self, case: Case, when: When) -> Case:
        """Somebody asks there what it is; the risk of the process is looked at again."""
        linked = case.persons.get(self.party)
        if linked is not None:
            linked = with_changes(linked, danger_told=self.raised_at)
            case = case.changed(persons={**case.persons, self.party: linked})
        case = case.with_task("DANGER_ELSEWHERE", self.party, when)
        return after(case, Change.DANGER, self.threads, when.effective)


class WishSeenNoted(CaseEvent):
    """A practitioner has seen what a person wishes about contact in other matters."""

    is_work: ClassVar[bool] = False

    party: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """They know it before they are in touch."""
        seen = {**case.party(self.party).wishes_seen, when.actor: when.recorded}
        return case.with_party(self.party, wishes_seen=seen)


class PersonKnownTwice(_Noted):
    """Somebody of a case that was taken over is known to appear elsewhere, too, and has another
    stream of their own there than here."""

    party: PartyId
    other: CaseId
    there: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """Until somebody links them (link_person), what is said elsewhere is not heard here."""
        return case.with_task("KNOWN_TWICE", self.party, when)


class AdultStoodDown(_Noted):
    """A parent, guardian or other suitable adult has no say any more for somebody who is 18."""

    party: PartyId
    child: PartyId

    def apply(self, case: Case, when: When) -> Case:
        """They may come along as a supporter, if the person wishes it and all agree."""
        victims = case.party(self.child).role in VICTIM_ROLES
        role = Role.SUPPORTER_OF_VICTIM if victims else Role.SUPPORTER_OF_OFFENDER
        return stays_away(case, self.party).with_party(self.party, role=role, of=self.child)


def alone(case: str, party: str, times: int, when: When) -> Linked:
    """Return the link of somebody to a stream of their own, which is to be opened."""
    linked = Linked(own_stream(case, party, times), when.recorded, when.actor, times=times)
    return linked.telling(when.version, when.recorded)
