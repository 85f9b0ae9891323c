"""Rules about two cases of one matter: one place to work in, and a second person to undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.about import named
from domain.owed.following import IN_CUSTODY
from domain.shown import UNFINISHED
from domain.words import PractitionerKind

if TYPE_CHECKING:
    from domain.asking import Asking, CaseCommand
    from domain.case import Case
    from domain.commands.merging import GiveCaseBack, MergeInto, UnmergeCase


def what_was_merged_goes_on_in_the_other_case(
    case: Case, command: CaseCommand, asking: Asking
) -> bool:
    """This case is the same matter as another, and goes on there: what is about its people is done
    and recorded there."""
    about_people = any(named(command)) or hasattr(command, "parties")
    return asking.now.merged is None or not about_people


def what_is_merged_has_nothing_booked_or_held(
    case: Case, command: MergeInto, asking: Asking
) -> bool:
    """Something is booked or under way here, somebody or a print pack is out, a letter is held, or
    something agreed is still to be done: bring that to its end first, or merge the other case into
    this one."""
    booked = any(not i.over for i in case.interventions.values())
    booked |= bool(case.out) or any(a.open for a in case.appointments.values())
    booked |= any(p.became is None for p in case.packs.values())
    held = any(letter.state in IN_CUSTODY for letter in case.letters.values())
    owed = any(item.state in UNFINISHED for item in case.items.values())
    return not (booked or held or owed)


def a_merge_is_undone_by_a_second_person(
    case: Case, command: UnmergeCase | GiveCaseBack, asking: Asking
) -> bool:
    """A second person undoes a merge: neither the one who merged, nor anyone who is or was
    allocated to one of the two cases or has a conflict of interest in one."""
    both = (asking.now, *asking.cases.values())
    part = {who for one in both for who in (*one.ever_allocated, *one.conflicted)}
    part |= {one.merged.by for one in both if one.merged}
    part |= {one.received[o.id].by for one in both for o in both if o.id in one.received}
    return asking.who.kind is PractitionerKind.SYSTEM or asking.actor.id not in part
