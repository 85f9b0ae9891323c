"""How long data are kept before somebody looks at whether they still are needed: a policy table.

Part of the settings, never a number in code: by controller, outcome, class, age and choice. The
defaults are what services of the kind publish (seven years; three where nothing came of it; ten
where it is sensitive, or where somebody wishes to hear later); each service sets its own. When the
time is over a person decides: nothing goes by itself (Data Protection Act 2018 s.39(2)).

The words of an entry of the data-protection register prove how somebody's right was met. They are
kept as long as a claim about that may be brought, six years (Limitation Act 1980 s.9; the claim is
that of Article 82 UK GDPR and ss.168-169 of the Act), and three where it was withdrawn before
anything was decided: a policy, to be set by the controller, since no law names a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.calendar import end_of, years_after
from domain.handling import CODE
from domain.words import DossierKind, EndReason, FutureOffers, Sensitivity, WordsStay

if TYPE_CHECKING:
    from datetime import datetime

    from domain.case import Case, Party
    from domain.dossier import Dossier

Years = Annotated[int, Field(ge=1, le=100)]
NOTHING_CAME_OF_IT = (
    EndReason.VICTIM_DECLINED_DOOR_OPEN,
    EndReason.VICTIM_NO_FURTHER_CONTACT,
    EndReason.VICTIM_NOT_CONTACTABLE,
    EndReason.VICTIM_WITHDREW,
    EndReason.OFFENDER_DECLINED,
    EndReason.OFFENDER_NOT_ACCEPTING,
    EndReason.OFFENDER_NOT_IDENTIFIED,
    EndReason.OFFENDER_NOT_TRACED,
    EndReason.NOT_RESTORATIVE_JUSTICE,
    EndReason.ENTERED_IN_ERROR,
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Kept(_Part):
    """One row: what it is about, as far as it says, and for how many years."""

    years: Years
    controller: Annotated[str, Field(pattern=CODE)] | None = None
    outcomes: tuple[EndReason, ...] = ()
    """Why the pairs of the person ended, each of them; any, if empty."""
    sensitivity: Sensitivity | None = None
    child: bool | None = None
    """Whether they are recorded as under 18."""
    later_offers: FutureOffers | None = None
    """What they said of later offers."""

    def is_about(self, case: Case, party: Party | None) -> bool:
        """Say whether this row is about the data of this person; None: about nobody's own."""
        threads = case.threads_of(party.id) if party else case.threads.values()
        ended = [t.current.ended.reason for t in threads if t.current.ended]
        controller = case.handling.controller if case.handling else None
        return (
            self.controller in (None, controller)
            and self.sensitivity in (None, case.sensitivity)
            and (not self.outcomes or (bool(ended) and set(ended) <= set(self.outcomes)))
            and self.child in (None, party.is_child if party else None)
            and self.later_offers in (None, party.later_offers if party else None)
        )


class KeptEntry(_Part):
    """One row for the data-protection register: what it is about, and for how many years."""

    years: Years
    kind: DossierKind | None = None
    undecided: bool | None = None
    """Whether whoever asked withdrew it before anything was decided."""

    def is_about(self, dossier: Dossier) -> bool:
        """Say whether this row is about the words of this entry."""
        request = dossier.request
        undecided = request is not None and request.withdrawn and request.decision is None
        return self.kind in (None, dossier.kind) and self.undecided in (None, undecided)


class Retention(_Part):
    """The table: the first row that is about somebody, or about a closed entry, counts."""

    rows: tuple[Kept, ...] = (
        Kept(years=10, later_offers=FutureOffers.WANTED),
        Kept(years=10, sensitivity=Sensitivity.SENSITIVE_COMPLEX),
        Kept(years=3, outcomes=NOTHING_CAME_OF_IT),
    )
    otherwise: Years = 7
    register_rows: tuple[KeptEntry, ...] = (KeptEntry(years=3, undecided=True),)
    register_otherwise: Years = 6

    def years(self, case: Case, party: Party | None) -> int:
        """Return for how many years these data are kept before somebody looks."""
        found = (row.years for row in self.rows if row.is_about(case, party))
        return next(found, self.otherwise)

    def years_of(self, dossier: Dossier) -> int:
        """Return for how many years the words of a closed entry of the register are kept before
        somebody looks."""
        found = (row.years for row in self.register_rows if row.is_about(dossier))
        return next(found, self.register_otherwise)


def over_since(case: Case) -> datetime | None:
    """Return since when nothing goes on in a case; None while something may."""
    if any(thread.open for thread in case.threads.values()):
        return None
    ended = [t.current.ended.at for t in case.threads.values() if t.current.ended]
    if not ended and not case.enquiry_ended:
        return None
    began = [at for at in (case.opened_at, case.enquiry_at, case.discussed_at) if at]
    contacts = [p.last_contact for p in case.parties.values() if p.last_contact]
    return max([*ended, *began, *contacts], default=None)


def time_of(dossier: Dossier, retention: Retention) -> datetime | None:
    """Return when the time of a closed entry of the register is over by the table; None while it
    is open."""
    closed = dossier.closing_recorded
    return years_after(closed, retention.years_of(dossier)) if closed else None


def kept_until(dossier: Dossier, retention: Retention) -> datetime | None:
    """Return when it is looked at whether the words of an entry of the register are needed: when
    its time is over, or later where somebody decided so; None while it is open."""
    over, longer = time_of(dossier, retention), dossier.keep_until
    return max(over, end_of(longer)) if over and longer else over


def why_words_stay(dossier: Dossier, retention: Retention, at: datetime) -> WordsStay:
    """Return why the words of an entry of the register stay at this moment, when somebody whom it
    is about is erased in all their cases."""
    until = kept_until(dossier, retention)
    if until is None:
        return WordsStay.STILL_OPEN
    return WordsStay.TIME_IS_OVER if until <= at else WordsStay.WITHIN_ITS_TIME
