"""Rules about what is booked: who comes, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.interventions import CATALOGUE

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.case import Case
    from domain.commands.diary import ArrangeMeeting, BookAppointment
    from domain.commands.packs import MakePrintPack


def whoever_comes_is_there_and_may_meet_them(
    case: Case, command: BookAppointment | ArrangeMeeting | MakePrintPack, asking: Asking
) -> bool:
    """Whoever is booked to come, or carries a print pack, is in the register and active, and has no
    conflict of interest in this case."""
    known = {who: asking.known(who) for who in command.who_comes(asking)}
    there = all(one is not None and one.active for one in known.values())
    return there and not known.keys() & asking.now.conflicted


def nobody_is_met_by_somebody_they_do_not_want(
    case: Case, command: BookAppointment | ArrangeMeeting, asking: Asking
) -> bool:
    """One of the people does not want to be met by somebody who is booked to come."""
    meeting = asking.now.interventions.get(getattr(command, "intervention", ""))
    pairs = meeting.threads if meeting else ()
    people = {person for pair in pairs for person in asking.now.thread(pair).people}
    people |= {getattr(command, "party", None) or ""} & asking.now.parties.keys()
    unwanted = {who for person in people for who in asking.now.party(person).not_wanted}
    return not unwanted & set(command.who_comes(asking))


def a_meeting_is_arranged_with_all_its_facilitators(
    case: Case, command: ArrangeMeeting, asking: Asking
) -> bool:
    """Fewer facilitators are booked than this form of meeting needs throughout."""
    meeting = asking.now.intervention(command.intervention)
    return len(command.who_comes(asking)) >= CATALOGUE[meeting.type].facilitators
