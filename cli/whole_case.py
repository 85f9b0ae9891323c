"""What a sheet says of a whole case, whatever its pairs: partner services, courts, complaints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cli.moments import shown, shown_day
from cli.wording import wait_words, words_of
from domain.proposal import agrees
from domain.words import Right

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.case import Case
    from domain.party import Party
    from domain.quality import Complaint


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sheet."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)


def whole_case(case: Case) -> Iterator[Part]:
    """Yield the parts that are about no pair."""
    yield Part("The same matter", ("", "case", "who is who"), [*_same_matter(case)])
    yield Part("The same person", ("", "", ""), [*_same_person(case)])
    yield Part("Booked", ("", "what", "about", "when", "who comes", "state"), [*_booked(case)])
    yield Part("Print packs", ("", "about", "carried by", "back by", "state"), [*_packs(case)])
    yield Part("Out on a visit", ("who", "visits", "since", "back by"), [*_out(case)])
    yield Part("Referred onward", ("", "who", "to", "state", "since"), [*_onward(case)])
    yield Part("In court", ("", "who", "what", "day", "state"), [*_hearings(case)])
    yield Part("Proposed", ("", "pair", "by", "of", "what", "state", "yes of"), [*_proposed(case)])
    yield Part("Not done in time", ("", "what", "about", "due", "why"), [*_missed(case)])
    yield Part("Audited", ("", "sample", "point", "found", "state"), [*_audited(case)])
    yield Part("Complaints", ("", "about", "state", "since"), [*_complaints(case)])
    yield Part("Went wrong", ("", "done since", "state"), [*_adverse(case)])
    yield Part("Passed on", ("entry", "about", "to", "what", "why", "day"), [*_passed_on(case)])
    yield Part("To be told", ("", "about", "who", "why", "since"), [*_to_tell(case)])
    yield Part("Told of their data", ("", "edition", "how", "day"), [*_told_of_data(case)])


def outside_wishes(person: Party) -> Iterator[str]:
    """Yield what a person wishes of partner services and courts, or does not wish."""
    if person.court_dates_since:
        yield "to be told when the court sits"
    if person.support_declined_at:
        yield "no support"
    if person.feedback_declined_at:
        yield "not to be asked how it was"
    for service in sorted(person.onward_wishes):
        yield f"{words_of(service)} may hear of them"


def _same_matter(case: Case) -> Iterator[Sequence[str]]:
    if case.merged:
        yield "goes on in", case.merged.into, _who_is_who(case.merged.people)
    for reference, received in case.received.items():
        yield "took over", reference, _who_is_who({h: t for t, h in received.people.items()})


def _same_person(case: Case) -> Iterator[Sequence[str]]:
    for party, linked in case.persons.items():
        told = "" if linked.pending is None else "; their other cases are being told"
        if linked.joined:
            since = f"since {shown_day(linked.since)}{told}"
            yield party, "appears in another case, too (rj person says more)", since
        elif linked.undone and told:
            yield party, "the link was undone", told.removeprefix("; ")


def _booked(case: Case) -> Iterator[Sequence[str]]:
    for one in case.appointments.values():
        where = f" in {one.room}" if one.room else f", {words_of(one.channel)}"
        comes = ", ".join((*one.staff, *one.interpreters))
        state = words_of(one.outcome) if one.outcome else "off" if one.called_off else "booked"
        about = one.party or one.intervention or "—"
        yield one.id, words_of(one.purpose), about, shown(one.starts) + where, comes, state


def _packs(case: Case) -> Iterator[Sequence[str]]:
    for one in case.packs.values():
        state = words_of(one.became) if one.became else "out"
        yield one.id, one.party, one.holder, shown_day(one.back_by), state


def _out(case: Case) -> Iterator[Sequence[str]]:
    for one in case.out.values():
        yield one.practitioner, one.party or "—", shown(one.since), shown(one.until)


def _passed_on(case: Case) -> Iterator[Sequence[str]]:
    for one in case.ledger.lines.values():
        what = ", ".join(sorted(words_of(item) for item in one.items)) or "not on record"
        about, to = one.party or "the case", words_of(one.recipient)
        yield str(one.entry), about, to, what, words_of(one.basis).lower(), shown_day(one.at)


def _to_tell(case: Case) -> Iterator[Sequence[str]]:
    for one in case.ledger.to_tell.values():
        about, who = one.party or "the case", words_of(one.recipient)
        yield one.id, about, who, _WHY[one.why], shown_day(one.since)


_WHY = {
    Right.RECTIFICATION: "it was wrong",
    Right.ERASURE_OF_DATA: "it is erased",
    Right.RESTRICTION_OF_USE: "it is kept and not used",
}


def _told_of_data(case: Case) -> Iterator[Sequence[str]]:
    for person in case.parties.values():
        if had := person.privacy:
            yield person.id, had.edition, words_of(had.form), shown_day(had.at)


def _who_is_who(people: Mapping[str, str]) -> str:
    return ", ".join(f"{here} is {there} there" for here, there in people.items())


def _onward(case: Case) -> Iterator[Sequence[str]]:
    for one in case.onward.values():
        state = words_of(one.state) + (f" ({words_of(one.result)})" if one.result else "")
        yield one.id, one.party, words_of(one.service), state, shown_day(one.since)


def _hearings(case: Case) -> Iterator[Sequence[str]]:
    for one in case.hearings.values():
        reported = "reported" if one.reported else "a report is owed" if one.report_owed else "—"
        state = "over" if one.over else reported
        yield one.id, one.party, words_of(one.kind), shown(one.day), state


def _proposed(case: Case) -> Iterator[Sequence[str]]:
    for one in case.proposals.values():
        yes = ", ".join(p for p in one.said_yes if agrees(case, one, p)) or "—"
        yield one.id, one.thread, one.by, one.owner, words_of(one.kind), words_of(one.state), yes


def _missed(case: Case) -> Iterator[Sequence[str]]:
    for one in case.clocks.values():
        about = "the case" if one.subject == case.id else one.subject
        why = words_of(one.cause) if one.cause else "not said yet"
        yield one.id, wait_words(one.wait), about, shown_day(one.due), why


def _complaints(case: Case) -> Iterator[Sequence[str]]:
    for one in case.complaints.values():
        further = f"; taken further: {words_of(one.further_to)}" if one.further_to else ""
        closed = "" if one.id in case.tasks else "; closed"
        yield one.id, one.about or "—", _stands(one) + further + closed, shown_day(one.since)


def _adverse(case: Case) -> Iterator[Sequence[str]]:
    for name, taken in case.adverse.items():
        done = ", ".join(words_of(step) for step in sorted(taken)) or "nothing yet"
        yield name, done, "open" if name in case.tasks else "closed"


def _stands(one: Complaint) -> str:
    if one.answered_at:
        return f"answered: {words_of(one.outcome)}"
    if one.looked_into_at:
        return "looked into"
    return "acknowledged" if one.acknowledged_at else "received"


def _audited(case: Case) -> Iterator[Sequence[str]]:
    for one in case.audits.values():
        yield "", one.sample, "", "", "concluded" if one.concluded_at else "under way"
    for found in case.findings.values():
        answered = f"answered: {words_of(found.answer)}" if found.answer else "recommended"
        ended = "done" if found.done else "may stay as it is"
        state = ended if found.closed_at else answered if found.recommends else "—"
        yield found.id, found.sample, words_of(found.point), words_of(found.found), state
