"""That somebody in a case is a person who appears in another case, too; and what follows here.

A link opens no case from another. Whoever makes one may see both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, At, CaseCommand
from domain.commands.heeding import STAYS, heeded
from domain.errors import Nonsense
from domain.events import linking as happened
from domain.events.protection import EntryMarkedInError
from domain.fold import fold
from domain.ids import CaseId, PartyId, PersonId
from domain.permissions import View, may
from domain.person import Key, own_stream
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.case import Case
    from domain.event import CaseEvent
    from domain.linked import Linked
    from domain.person import Person
    from domain.record import Entry


class LinkPerson(CaseCommand):
    """Record that somebody in this case is a person who appears in another case, too.

    A wish for no contact then holds at once in every case of the same matter; in another matter
    whoever is about to be in touch sees it first.
    """

    act: ClassVar[Act] = Act.INFORM

    party: PartyId
    other: CaseId = Field(description="the other case, which you may see as well")
    there: PartyId = Field(description="the name that they have there")
    same_matter: bool = Field(
        default=True, description="whether the other case is about the same matter as this one"
    )

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return the link; nothing, if it is known already."""
        case.party(self.party)
        other = asking.cases.get(self.other)
        seen = other is not None and may(asking.who_now, View.CASE, other)
        if other is None or not seen or other.id == case.id:
            raise Nonsense("there is no other case under this reference that you may see")
        if self.there not in other.parties:
            raise Nonsense(f"there: there is no person {self.there} in that case")
        here, there = _standing(asking.now, self.party), _standing(other, self.there)
        if here and there and here.person == there.person:
            if _as_known(asking.persons.get(here.person), self, case.id):
                return
            left = None
        else:
            left = _to_be_left(asking, here, there, self.party)
        yield happened.PersonLinked(
            party=self.party,
            person=_joined(here, there, left, case, self.party),
            other=self.other,
            there=self.there,
            same_matter=self.same_matter,
            left=left,
        )


class UnlinkPerson(CaseCommand):
    """Undo a link that was made in error: it is another person. What was taken over because of it
    counts here no longer, and what was said here no longer in the other cases."""

    act: ClassVar[Act] = Act.SUPERVISE

    party: PartyId
    reasons: Annotated[TextRef, OwnedBy(CASE)] = Field(
        description="what shows that it is not the same person"
    )

    def fits(self, case: Case) -> bool:
        """Say whether there is a link."""
        return _standing(case, self.party) is not None

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what counts no longer, and that it was undone."""
        case.party(self.party)
        for entry in _carried(asking, self.party):
            yield At(EntryMarkedInError(entry=entry.version), asking.at)
        yield happened.PersonUnlinked(party=self.party, reasons=self.reasons)


class NoteWishSeen(CaseCommand):
    """Note that you have seen what a person wishes about contact in other matters, before you are
    in touch with them in this one. Tell them what the Victims' Code requires, and no more, unless
    they ask for it."""

    act: ClassVar[Act] = Act.INFORM

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it was seen."""
        case.party(self.party)
        return (happened.WishSeenNoted(party=self.party),)


class FollowPerson(CaseCommand):
    """Have what a person said in other cases hold here, as far as it is to."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE
    protective: ClassVar[bool] = True

    party: PartyId
    person: PersonId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent | At]:
        """Return what holds here from now on; nothing, if it was looked at before."""
        person, key = asking.persons.get(self.person), Key(case.id, self.party)
        if person is None or key not in person.appearances:
            return
        linked = _standing(case, self.party)
        if linked is not None and (linked.person != person.id or linked.read >= person.version):
            return
        case.party(self.party)
        if linked is None:
            yield happened.PersonLinked(party=self.party, person=person.id)
        elif person.removed > linked.read:
            taken = tuple(_carried(asking, self.party))
            for entry in taken:
                yield At(EntryMarkedInError(entry=entry.version), asking.at)
            case = _without(asking, taken)
        yield from heeded(case, self.party, person, asking.on)


class NotePersonTold(CaseCommand):
    """Note that the person's stream has looked at what was said here."""

    act: ClassVar[Act] = Act.BY_THE_SERVICE
    protective: ClassVar[bool] = True

    party: PartyId

    def events(self, case: Case, asking: Asking) -> Iterable[CaseEvent]:
        """Return that it did; nothing, as long as it does not say so."""
        linked, key = case.persons.get(self.party), Key(case.id, self.party)
        if linked is None or linked.pending is None:
            return
        left = asking.persons.get(linked.left or "")
        if left is not None and key in left.appearances:
            return
        person = asking.persons.get(linked.person)
        known = person.appearances.get(key) if person else None
        if linked.undone and known is None:
            yield happened.PersonToldNoted(party=self.party, read=linked.pending)
        elif not linked.undone and known is not None and known.read >= linked.pending:
            yield happened.PersonToldNoted(party=self.party, read=known.read)


def _standing(case: Case, party: str) -> Linked | None:
    linked = case.persons.get(party)
    return None if linked is None or linked.undone else linked


def _as_known(person: Person | None, asked: LinkPerson, case: str) -> bool:
    """Say whether the person's stream has both appearances as they are asked for."""
    if person is None:
        return False
    here = person.appearances.get(Key(case, asked.party))
    there = person.appearances.get(Key(asked.other, asked.there))
    if here is None or there is None:
        return False
    return (here.matter == there.matter) is asked.same_matter


def _to_be_left(
    asking: Asking, here: Linked | None, there: Linked | None, party: str
) -> PersonId | None:
    """Return the stream that this appearance leaves for the other's, if it is in one."""
    if here is None or there is None:
        return None
    theirs = asking.persons.get(here.person)
    if here.pending is not None and theirs is None:
        return here.person
    if theirs is not None and len(theirs.appearances) > 1:
        raise Nonsense(
            f"party: {party} is linked with another case already; link from the case that is not, "
            "or have one of the links undone first (unlink_person)"
        )
    return here.person


def _joined(
    here: Linked | None, there: Linked | None, left: str | None, case: Case, party: str
) -> str:
    if here is not None and left is None:
        return here.person
    if there is not None:
        return there.person
    before = case.persons.get(party)
    return own_stream(case.id, party, before.times if before else 0)


def _carried(asking: Asking, party: str) -> Iterator[Entry]:
    """Yield the entries by which something was taken over for this person, and that still count."""
    void = {e.event.entry for e in asking.history if isinstance(e.event, EntryMarkedInError)}
    steps = {
        e.recorded.command
        for e in asking.history
        if isinstance(e.event, happened.PersonFollowed) and e.event.party == party
    }
    for entry in asking.history:
        kept = isinstance(entry.event, STAYS) or entry.version in void
        if entry.recorded.command in steps and not kept:
            yield entry


def _without(asking: Asking, taken: tuple[Entry, ...]) -> Case:
    """Return the case as it is if these entries do not count."""
    gone = {entry.version for entry in taken}
    return fold([e for e in asking.history if e.version not in gone], known_at=asking.at)
