"""What the stream of a person notes of their cases. Each command looks at the case itself and takes
nothing on trust; none of them says anything that the case does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from domain.age import of_age_on
from domain.asking import Asking, PersonCommand
from domain.calendar import local_day
from domain.errors import Nonsense
from domain.events.persons import (
    AppearanceNoted,
    AppearanceRemoved,
    CameOfAge,
    CaseToldNoted,
)
from domain.person import Appearance, Key, Word, opening_id, word_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.case import Case
    from domain.event import PersonEvent
    from domain.linked import Linked
    from domain.person import Person


class NoteAppearance(PersonCommand):
    """Note that this person appears in a case, and what they said there that may hold in others."""

    opens: ClassVar[bool] = True

    def events(self, person: Person, asking: Asking) -> Iterable[PersonEvent]:
        """Return what the case says by now; nothing, if that is known."""
        case = _case(asking, self.case)
        linked, key = case.persons.get(self.party), Key(self.case, self.party)
        if linked is None or linked.undone or linked.person != person.id:
            if key in person.appearances:
                yield AppearanceRemoved(case=self.case, party=self.party, read=case.version)
            return
        if not person.version:
            _check_opening(linked, key, asking)
        yield from _noted(person, case, self.party, linked, asking)
        if _is_adult_now(person, case, self.party, asking):
            yield CameOfAge()


class NoteCaseTold(PersonCommand):
    """Note that a case has looked at what this person said elsewhere."""

    def events(self, person: Person, asking: Asking) -> Iterable[PersonEvent]:
        """Return that it did; nothing, as long as the case does not say so."""
        case = _case(asking, self.case)
        linked, known = (
            case.persons.get(self.party),
            person.appearances.get(Key(self.case, self.party)),
        )
        if linked is None or known is None or known.due <= known.told:
            return
        if linked.undone or linked.person != person.id:
            yield AppearanceRemoved(case=self.case, party=self.party, read=case.version)
        elif linked.read >= known.due:
            yield CaseToldNoted(case=self.case, party=self.party, read=linked.read)


def _case(asking: Asking, reference: str) -> Case:
    case = asking.cases.get(reference)
    if case is None:
        raise Nonsense("case: there is no such case")
    return case


def _check_opening(linked: Linked, key: Key, asking: Asking) -> None:
    if asking.command_id != opening_id(*key, linked.times):
        raise Nonsense("there is nothing under this reference yet: whoever it belongs to opens it")


def _noted(
    person: Person, case: Case, party: str, linked: Linked, asking: Asking
) -> Iterator[PersonEvent]:
    key, there = Key(case.id, party), None
    known = person.appearances.get(key)
    if linked.other and linked.there:
        there = Key(linked.other, linked.there)
    matter = _matter(person, known, there, same=linked.same_matter)
    if there and there not in person.appearances:
        theirs = matter
        if not linked.same_matter:
            theirs = matter if known is None else person.next_matter()
            matter = "M2" if known is None else matter
        yield AppearanceNoted(case=there.case, party=there.party, matter=theirs, read=0)
    word = word_of(case, party)
    if known is None or known.read < case.version or known.matter != matter:
        yield AppearanceNoted(
            case=case.id,
            party=party,
            matter=matter,
            read=case.version,
            word=word,
            through=known.through if known else None,
        )
    yield from _goes_on(person, case, Key(case.id, party), matter, asking)


def _matter(person: Person, known: Appearance | None, there: Key | None, *, same: bool) -> str:
    """Return the matter of this appearance: that of the one it is linked with, or another."""
    other = person.appearances.get(there) if there else None
    if other is None:
        return known.matter if known else person.next_matter()
    if same:
        return other.matter
    return known.matter if known and known.matter != other.matter else person.next_matter()


def _goes_on(
    person: Person, case: Case, here: Key, matter: str, asking: Asking
) -> Iterator[PersonEvent]:
    """Yield that they appear, in the same matter, in the case that this one goes on in."""
    through = [key for key, one in person.appearances.items() if one.through == case.id]
    into = _there(case, here.party, asking)
    if into is not None and into not in person.appearances:
        yield AppearanceNoted(
            case=into.case, party=into.party, matter=matter, read=0, through=case.id
        )
    for key in through:
        if key != into:
            yield AppearanceRemoved(case=key.case, party=key.party, read=0)


def _there(case: Case, party: str, asking: Asking) -> Key | None:
    """Return who they are in the case that this one goes on in, if it does and they are there."""
    if case.merged is None:
        return None
    into = asking.cases.get(case.merged.into)
    received = into.received.get(case.id) if into else None
    people = {**case.merged.people, **(received.people if received else {})}
    return Key(case.merged.into, people[party]) if party in people else None


def _is_adult_now(person: Person, case: Case, party: str, asking: Asking) -> bool:
    """Say whether a case that had them as a child has them as an adult, and their details do."""
    known = person.appearances.get(Key(case.id, party), Appearance("M1", 0, Word()))
    corrected = known.word.child and not case.party(party).is_child
    documents = [facts for facts in asking.facts.values() if isinstance(facts, dict)]
    on = local_day(asking.at)
    return person.came_of_age is None and corrected and of_age_on(documents, on)
