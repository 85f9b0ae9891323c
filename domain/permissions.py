"""Who may do or see what, and where: the one question that door, activity and lists all ask.

May is not the same as trained: whoever may not act here is told only that; rules about training,
stage and consent speak to those who may.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.case import Case
from domain.consulted import open_to
from domain.dossier import Dossier
from domain.everything import Everything
from domain.person import Person
from domain.practitioner import Practitioner
from domain.words import (
    EMERGENCIES,
    Act,
    LookReason,
    PractitionerKind,
    Relation,
    Sensitivity,
    StaffRole,
)

if TYPE_CHECKING:
    from collections.abc import Callable


class View(StrEnum):
    """What can be looked at."""

    CASE = "CASE"
    """A case as it is: coded facts."""
    HISTORY = "HISTORY"
    """Who did what when, and what changed."""
    WORDS = "WORDS"
    """Personal texts of a case."""
    BOTH_CLOCKS = "BOTH_CLOCKS"
    """What was known at an earlier time, corrected or not."""
    CONSULTED = "CONSULTED"
    """What a specialist is asked about a case, with the texts that it names, as long as it is."""
    REGISTER = "REGISTER"
    """The register of practitioners."""
    REFERRAL = "REFERRAL"
    """A referral, for whoever made it: what they supplied, that it was received, that it ended."""
    MATCHES = "MATCHES"
    """Whether others are like the people of a case, or another case is of the same matter."""
    FIND = "FIND"
    """Whether somebody is known here: yes or no, and whom to ask."""
    OVERVIEW = "OVERVIEW"
    """Lists and work queues: of them, the cases that the reader may see."""
    DOSSIER = "DOSSIER"
    """The data-protection register: requests, breaches, requests for notes."""
    GATHERED = "GATHERED"
    """All that is kept of one person of a case, words too, to answer their request."""
    ACCESS_LOG = "ACCESS_LOG"
    """Who looked at what; never for lists of work or for how somebody performs."""
    NUMBERS = "NUMBERS"
    """How many, with small numbers hidden: no case, no person."""
    SAMPLES = "SAMPLES"
    """Which cases were drawn to be audited, and what was found."""


State = Case | Practitioner | Person | Dossier | Everything | None
MAY_OPEN = frozenset(
    {StaffRole.INTAKE, StaffRole.CASE_WORKER, StaffRole.FACILITATOR, StaffRole.SUPERVISOR}
)
WORKING = MAY_OPEN | {StaffRole.SPECIALIST}
"""Whoever is allocated acts while they have a role that works with people: not once it was taken
back, and not as an administrator."""

REVIEWERS = frozenset({StaffRole.AUDITOR, StaffRole.DATA_PROTECTION_OFFICER})


def may(who: Practitioner, what: Act | View, state: State = None) -> bool:
    """Say whether this practitioner may do or see this, on this case or register entry.

    `state` is None, or a case of version 0, for what does not exist yet. Somebody who is not
    active may nothing.
    """
    if not who.active:
        return False
    if what is Act.PROTECT:
        return True
    if who.kind is PractitionerKind.SYSTEM:
        return (who.id, what) in SYSTEMS
    if who.id in _conflicted(state):
        return False
    return TABLE[what](who, state)


OPENS_A_CASE = frozenset({View.CASE, View.HISTORY, View.WORDS, View.BOTH_CLOCKS})
"""The views by which one case is opened."""


def reason_asked(who: Practitioner, what: View, state: State) -> bool:
    """Say whether policy asks why, before this is shown to somebody who may see it.

    A sensitive case asks everybody; personal text asks a reviewer who does not work on the case.
    """
    if not isinstance(state, Case) or what not in OPENS_A_CASE:
        return False
    sensitive = state.sensitivity is Sensitivity.SENSITIVE_COMPLEX
    return sensitive or (what is View.WORDS and not _works_on(who, state))


def may_break_the_glass(
    who: Practitioner, what: View, state: State, reason: LookReason | None
) -> bool:
    """Say whether somebody who may not see a case may open it all the same, in an emergency.

    For safety only, by whoever works with people in the case's area, never with a conflict of
    interest; the data-protection officer is told of each.
    """
    if not isinstance(state, Case) or state.version == 0 or reason not in EMERGENCIES:
        return False
    near = who.active and bool(who.roles & WORKING) and who.area == state.area
    opens = what in OPENS_A_CASE - {View.BOTH_CLOCKS}
    return near and opens and who.id not in state.conflicted


def relation(who: Practitioner, state: State) -> Relation | None:
    """Return what somebody is to a case; None for what is no case."""
    if who.kind is PractitionerKind.SYSTEM:
        return Relation.SERVICE
    if not isinstance(state, Case) or state.version == 0:
        return None
    if who.id in state.conflicted:
        return Relation.CONFLICTED
    return _part_of(who, state) if who.active else Relation.NOT_THEIRS


def _part_of(who: Practitioner, state: Case) -> Relation:
    if _supervises(who, state) and not _acts_for(who) & allocated(state):
        return Relation.OVERSEES
    if _works_on(who, state):
        return Relation.ALLOCATED if who.id in allocated(state) else Relation.COVERS
    if _was_asked(who, state):
        return Relation.CONSULTED
    if who.roles & REVIEWERS:
        return Relation.REVIEWS
    return Relation.REFERRED if _referred(who, state) else Relation.NOT_THEIRS


SYSTEMS = frozenset(
    {
        ("service:clock", Act.CLOCK),
        ("service:follow_up", Act.FINISH_FOLLOW_UP),
        ("service:follow_up", Act.BY_THE_SERVICE),
        ("service:matcher", Act.BY_THE_SERVICE),
        ("service:setup", Act.KEEP_REGISTER),
        ("service:worker", View.OVERVIEW),
        ("service:worker", View.CASE),
        ("service:matcher", View.MATCHES),
    }
)
"""What the service itself may do, system by system."""


def _conflicted(state: State) -> frozenset[str]:
    """Return who has a conflict of interest in a case, or in one of a person's."""
    if isinstance(state, Case):
        return state.conflicted
    return state.barred if isinstance(state, Person | Everything) else frozenset()


def _opens_or_works(who: Practitioner, state: State) -> bool:
    if isinstance(state, Person | Dossier):
        return False
    if not isinstance(state, Case) or state.version == 0:
        return bool(who.roles & MAY_OPEN)
    takes_calls = StaffRole.INTAKE in who.roles and state.accepted_at is None
    return _works_on(who, state) or takes_calls


def _works_on(who: Practitioner, state: State) -> bool:
    if not isinstance(state, Case) or not who.roles & WORKING:
        return False
    return bool(_acts_for(who) & allocated(state)) or _supervises(who, state)


def allocated(case: Case) -> frozenset[str]:
    """Return who works on a case: its worker, lead, co-facilitator and supervisor."""
    named = (case.case_worker, case.lead, case.co, case.supervisor)
    return frozenset(one for one in named if one)


def _acts_for(who: Practitioner) -> frozenset[str]:
    """Return in whose place somebody acts: their own, and theirs whom they cover now."""
    return who.covers | {who.id}


def _asks_specialist(who: Practitioner, state: State) -> bool:
    return _facilitates(who, state) or (isinstance(state, Case) and _supervises(who, state))


def _was_asked(who: Practitioner, state: State) -> bool:
    asked = isinstance(state, Case) and bool(open_to(state, who.id))
    return asked and bool(who.roles & WORKING)


def _referred(who: Practitioner, state: State) -> bool:
    if not isinstance(state, Case) or state.version == 0:
        return False
    return who.id == state.referrer and bool(who.roles & WORKING)


def _compares(who: Practitioner, state: State) -> bool:
    return isinstance(state, Case) and state.version > 0 and _opens_or_works(who, state)


def _finds(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return bool(who.roles & MAY_OPEN)


def _facilitates(who: Practitioner, state: State) -> bool:
    theirs = isinstance(state, Case) and bool(_acts_for(who) & set(state.facilitators))
    return theirs and StaffRole.FACILITATOR in who.roles


def _resolves(who: Practitioner, state: State) -> bool:
    opens = not isinstance(state, Case | Person | Dossier) or state.version == 0
    return opens and StaffRole.CASE_WORKER in who.roles


def _supervises(who: Practitioner, state: State) -> bool:
    if StaffRole.SUPERVISOR not in who.roles or state is None:
        return False
    if isinstance(state, Case) and state.supervisor in _acts_for(who):
        return True
    if isinstance(state, Person | Dossier | Everything):
        return False
    return (who.organisation, who.area) == (state.organisation, state.area)


def _keeps_register(who: Practitioner, state: State) -> bool:
    return StaffRole.ADMINISTRATOR in who.roles and not isinstance(state, Case | Person | Dossier)


def _sees(who: Practitioner, state: State) -> bool:
    return _works_on(who, state) or bool(who.roles & REVIEWERS)


def _reads_words(who: Practitioner, state: State) -> bool:
    # A reviewer's reason is asked for by `reason_asked`. Whoever decides what of a text is redacted
    # has to read it.
    return _works_on(who, state) or (isinstance(state, Case) and bool(who.roles & REVIEWERS))


def _reviews(who: Practitioner, state: State) -> bool:
    return bool(who.roles & REVIEWERS) or _supervises(who, state)


def _protects_data(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return StaffRole.DATA_PROTECTION_OFFICER in who.roles


def _decides_on_data(who: Practitioner, state: State) -> bool:
    return isinstance(state, Case) and _protects_data(who, state)


def _reports(who: Practitioner, state: State) -> bool:
    """Whoever of the service hears of it; an administrator too, who finds most breaches."""
    opened = isinstance(state, Dossier) or state is None
    return opened and bool(who.roles)


def _keeps_dossiers(who: Practitioner, state: State) -> bool:
    opened = isinstance(state, Dossier) or state is None
    return opened and StaffRole.DATA_PROTECTION_OFFICER in who.roles


def _decides_in_register(who: Practitioner, state: State) -> bool:
    conflicted = isinstance(state, Dossier) and who.id in state.barred
    return _keeps_dossiers(who, state) and not conflicted


def _gathers(who: Practitioner, state: State) -> bool:
    there = isinstance(state, Case) and state.version > 0
    return there and StaffRole.DATA_PROTECTION_OFFICER in who.roles


def _audits(who: Practitioner, state: State) -> bool:
    there = isinstance(state, Case) and state.version > 0
    return there and StaffRole.AUDITOR in who.roles


def _draws(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return StaffRole.AUDITOR in who.roles


def _counts(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return bool(who.roles & {StaffRole.SERVICE_MANAGER, StaffRole.AUDITOR})


def _decides_handling(who: Practitioner, state: State) -> bool:
    if isinstance(state, Person | Dossier):
        return False
    return StaffRole.DATA_PROTECTION_OFFICER in who.roles or _supervises(who, state)


def _anyone(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return True


def _arranges_absence(who: Practitioner, state: State) -> bool:
    return isinstance(state, Practitioner) and (who.id == state.id or _supervises(who, state))


def _nobody(who: Practitioner, state: State) -> bool:  # noqa: ARG001
    return False


TABLE: dict[Act | View, Callable[[Practitioner, State], bool]] = {
    Act.INFORM: _opens_or_works,
    Act.LOCAL_RESOLUTION: _resolves,
    Act.FACILITATE: _facilitates,
    Act.SUPERVISE: _supervises,
    Act.FINISH_FOLLOW_UP: _supervises,
    Act.BY_THE_SERVICE: _nobody,
    Act.DECIDE_HANDLING: _decides_handling,
    Act.DECIDE_ON_DATA: _decides_on_data,
    Act.REPORT_DATA: _reports,
    Act.DECIDE_DATA: _decides_in_register,
    Act.AUDIT: _audits,
    Act.PROTECT: _anyone,
    Act.KEEP_REGISTER: _keeps_register,
    Act.ARRANGE_ABSENCE: _arranges_absence,
    Act.ASK_SPECIALIST: _asks_specialist,
    Act.ANSWER_AS_SPECIALIST: _was_asked,
    Act.CLOCK: _nobody,
    View.CASE: _sees,
    View.HISTORY: _sees,
    View.WORDS: _reads_words,
    View.BOTH_CLOCKS: _reviews,
    View.REFERRAL: _referred,
    View.CONSULTED: _was_asked,
    View.MATCHES: _compares,
    View.FIND: _finds,
    View.REGISTER: _anyone,
    View.OVERVIEW: _anyone,
    View.DOSSIER: _keeps_dossiers,
    View.GATHERED: _gathers,
    View.ACCESS_LOG: _protects_data,
    View.NUMBERS: _counts,
    View.SAMPLES: _draws,
}
