"""One case on a sheet: what stands in its head, and its parts as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.hearing import heard
from cli.moments import away, shown, shown_day
from cli.showing import in_short
from cli.state import as_json
from cli.whole_case import Part, outside_wishes, whole_case
from cli.wording import role_words, stage_words, task_words, words_of
from domain.interventions import CATALOGUE
from domain.level import police_level
from domain.record import Regime
from domain.stage import stage_of
from domain.waits import TABLE as WAITS
from domain.waits import Binds
from domain.words import Choice, WithdrawalCause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from cli.words import Words
    from domain.absence import Absence
    from domain.case import Case
    from domain.pair import Side, Thread
    from domain.party import Party
    from domain.waits import Wait
    from domain.words import Channel

_LAWS = {Regime.LE_PART3: "Part 3 (law enforcement)", Regime.UK_GDPR: "UK GDPR"}
_SENTENCES = {row.name: row.sentence for row in WAITS}


def summary(case: Case, absences: Mapping[str, Absence]) -> list[str]:
    """Return the head of the sheet: where it stands, where it comes from, and who works on it; with
    who of them is away, by reference, and who covers."""
    came = [words_of(code) for code in (case.source, case.initiator) if code]
    staff = {
        "case worker": case.case_worker,
        "lead": case.lead,
        "co-facilitator": case.co,
        "supervisor": case.supervisor,
    }
    named = [f"{role} {_there(who, absences)}" for role, who in staff.items() if who]
    return [
        f"{case.id}: {stage_words(stage_of(case))}",
        f"opened {shown(case.opened_at)}; {words_of(case.sensitivity)}"
        + "".join(f"; {word}" for word in (*came, *(["historic"] if case.historic else []))),
        f"{case.organisation or '—'}, {case.area or '—'}{_handled(case)}",
        "; ".join(named) or "nobody works on it",
    ]


def _there(who: str, absences: Mapping[str, Absence]) -> str:
    return f"{who} ({away(absences[who])})" if who in absences else who


def _handled(case: Case) -> str:
    if case.handling is None:
        return ""
    return f"; data of {case.handling.controller} under {_LAWS[case.handling.regime]}"


def parts(
    case: Case, waiting: Sequence[Wait], now: datetime, told: Words | None, contact: str
) -> Iterator[Part]:
    """Yield the parts of the sheet that have something in them."""
    every = (
        Part("People", ("", "who", "stands", "wishes"), [*_people(case)]),
        Part("Who they are", ("", "", ""), [*_details(case, told)]),
        Part(
            "Pairs",
            ("pair", "pass", "victim", "other", "responsibility", "risk", "ended"),
            [_pair(thread) for thread in case.threads.values()],
        ),
        Part("Risk, item by item", ("pair", "item", "of", "found", "again"), [*_risks(case)]),
        Part("Interventions", ("", "what", "level", "pairs", "state"), [*_interventions(case)]),
        Part("Questions", ("", "pair", "of", "state"), [*_questions(case)]),
        Part("Letters", ("", "pair", "of", "state"), [*_letters(case)]),
        Part("Messages", ("", "pair", "of", "state"), [*_messages(case)]),
        Part("Agreed", ("", "pair", "of", "what", "state", "due"), [*_items(case)]),
        *whole_case(case),
        Part("Told, as they may hear it", ("", "about", ""), [*heard(case, contact)]),
        Part("Tasks", ("", "what", "about", "since"), [*_tasks(case)]),
        Part("Waits for", ("due", "", "what", "about", "whom"), [*_waits(case, waiting, now)]),
        Part("Words", ("entry", "event", "", "words"), [*_words(told)]),
    )
    yield from (part for part in every if part.rows)


def _people(case: Case) -> Iterator[Sequence[str]]:
    for person in case.parties.values():
        stands = words_of(person.stage) if person.stage else "—"
        yield person.id, role_words(case, person), stands, "; ".join(_wishes(person)) or "—"


def _wishes(person: Party) -> Iterator[str]:
    if not person.identified:
        yield "not identified yet"
    if person.enhanced_rights or (person.is_child and person.is_victim):
        yield "enhanced rights"
    if person.of:
        yield f"there for {person.of}"
    if person.died:
        yield "died"
    if person.no_contact:
        yield "asked not to be contacted"
    elif person.will_ring:
        yield "will be in touch themselves"
    yield from _reaching(person)
    if person.next_contact:
        yield f"to be contacted {shown(person.next_contact)}"
    if person.later_offers != "NOT_SAID":
        yield f"later offers: {words_of(person.later_offers)}"
    yield from sorted(words_of(wish) for wish in person.wishes)
    if person.no_follow_up_at:
        yield "no follow-up"
    yield from outside_wishes(person)


def _reaching(person: Party) -> Iterator[str]:
    if person.contact_by == "REFERRER_ONLY":
        yield "details not passed on: only whoever referred them is in touch"
    if person.identity_doubted:
        yield "in doubt whether it is them"
    if person.safe_ways is not None:
        yield f"safe: {_ways(person.safe_ways)}"
    if person.closed_ways:
        yield f"not safe: {_ways(person.closed_ways)}"


def _ways(channels: frozenset[Channel]) -> str:
    return ", ".join(sorted(words_of(channel) for channel in channels)) or "none"


def _pair(thread: Thread) -> Sequence[str]:
    episode = thread.current
    number = f"{episode.number} ({words_of(episode.kind)})"
    risk = "—"
    if episode.risk:
        stale = " (to be decided again)" if episode.risk.stale else ""
        risk = words_of(episode.risk.decision) + stale
    ended = "—"
    if episode.ended:
        ended = f"{shown_day(episode.ended.at)} {words_of(episode.ended.reason)}"
    return (
        thread.id,
        number,
        _chosen(episode.victim),
        _chosen(episode.offender),
        words_of(episode.responsibility),
        risk,
        ended,
    )


def _chosen(side: Side) -> str:
    scopes = ", ".join(sorted(words_of(scope) for scope in side.scopes))
    said = words_of(side.choice) + (f" ({scopes})" if scopes else "")
    if side.withdrew and side.choice is Choice.WITHDRAWN:
        why = side.withdrew_because
        given = [why] if why and why is not WithdrawalCause.NO_REASON_GIVEN else []
        said = f"{said} ({', '.join(map(words_of, (side.withdrew, *given)))})"
    return f"{said}; to be asked again" if side.to_confirm else said


def _details(case: Case, told: Words | None) -> Iterator[Sequence[str]]:
    for person in case.parties.values() if told else ():
        for name, text in told.details(person.details).items() if told else ():
            yield person.id, name.replace("_", " "), str(text)
        if word := told and told.text(person.chosen_word):
            yield person.id, "their word for themselves", word


def _interventions(case: Case) -> Iterator[Sequence[str]]:
    for one in case.interventions.values():
        when = f" for {shown(one.for_when)}" if one.for_when and not one.over else ""
        if one.pencilled_for:
            when = f", {shown(one.pencilled_for)} pencilled in"
        pairs = ", ".join(one.threads)
        level = words_of(police_level(case, one))
        yield one.id, CATALOGUE[one.type].title, level, pairs, words_of(one.state) + when


def _questions(case: Case) -> Iterator[Sequence[str]]:
    for one in case.questions.values():
        yield one.id, one.thread, one.asker, words_of(one.state)


def _letters(case: Case) -> Iterator[Sequence[str]]:
    for one in case.letters.values():
        wanted = "; asked for" if one.wanted else ""
        answers = f"; answers {one.reply_to}" if one.reply_to else ""
        yield one.id, one.thread, one.author, words_of(one.state) + wanted + answers


def _messages(case: Case) -> Iterator[Sequence[str]]:
    for one in case.messages.values():
        yield one.id, one.thread, one.sayer, words_of(one.state)


def _items(case: Case) -> Iterator[Sequence[str]]:
    for one in case.items.values():
        state = words_of(one.state) + ("; victim told" if one.told else "")
        yield one.id, one.thread, one.owner, words_of(one.kind), state, shown_day(one.due)


def _risks(case: Case) -> Iterator[Sequence[str]]:
    for thread in case.threads.values():
        for (item, party), found in thread.current.risk_items.items():
            left = "a risk is left" if found.remains else "no risk is left"
            yield thread.id, words_of(item), party or "both", left, shown_day(found.review_on)


def _tasks(case: Case) -> Iterator[Sequence[str]]:
    for one in case.tasks.values():
        about = "the case" if one.subject == case.id else one.subject
        what = words_of(one.concern) if one.concern else task_words(one.kind)
        yield one.id, what, about, shown(one.since)


def _waits(case: Case, waiting: Sequence[Wait], now: datetime) -> Iterator[Sequence[str]]:
    for one in waiting:
        overdue = "overdue" if one.due and one.due <= now else ""
        theirs = one.binds is Binds.PERSON
        due = "at their pace" if theirs else shown_day(one.due)
        whom = "—" if theirs else one.whom or "a supervisor"
        about = "the case" if one.subject == case.id else one.subject
        yield due, overdue, _SENTENCES[one.name], about, whom


def _words(told: Words | None) -> Iterator[Sequence[str]]:
    for one in told.told if told else ():
        said = in_short(as_json(one.words)) if isinstance(one.words, dict) else str(one.words)
        yield str(one.entry), one.event.replace("_", " "), one.field, said
