"""What stands in the copy that somebody receives: what is kept, and where it came from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cli.moments import shown, shown_day
from cli.rights.items import what
from cli.wording import words_of
from cli.words import ERASED
from domain.held import handed
from domain.purposes import PURPOSES
from domain.record import Regime
from domain.retention import kept_until
from domain.words import Handed
from vault.scans import BEGINNINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from client.gathering import Beside, Gathered, Given, Part
    from domain.case import Case
    from domain.dossier import Dossier
    from domain.retention import Retention

TAKEN_OUT = "[taken out]"
_STAFF = re.compile(r"PR-[0-9A-Z]{8}-[0-9A-Z*~$=]")
_LAWS = {
    Regime.UK_GDPR: "the UK GDPR",
    Regime.LE_PART3: "Part 3 of the Data Protection Act 2018 (law enforcement)",
}
_BASES = {Regime.UK_GDPR: "under_gdpr", Regime.LE_PART3: "under_part3"}


def read_me(found: Gathered, retention: Retention) -> str:
    """Return what the person is told beside the copy: origin, recipients, purposes, how long it is
    kept, what was withheld, and what they can do."""
    return "\n".join(_read_me(found, retention)) + "\n"


def _read_me(found: Gathered, retention: Retention) -> Iterator[str]:
    yield f"A copy of what is kept about you. Our reference: {found.read.dossier.id}"
    yield ""
    yield "record.txt has it in the order in which it was recorded; record.json is the same for"
    yield "programs. Whoever works for the service is called 'staff' in it, and other people of a"
    yield "case stand under short names such as O1. V is a harmed person, O a person responsible, S"
    yield "somebody in support, C the community."
    yield ""
    yield "Of this request itself we keep what you asked, how we made sure that it is you, what was"
    yield "decided and our answer, under that reference."
    for part in found.parts:
        yield ""
        yield from _of_case(found, part)
        yield from _how_long(part, retention)
    for one in found.beside:
        yield ""
        yield from _of_others(one)
    for other in found.register_told:
        yield ""
        yield from _of_register(other.dossier, retention)
    yield ""
    yield from _withheld(found)
    yield "What you can ask for: that what is wrong is corrected, that it is erased, that it is"
    yield "kept and not used; you can also object to its use. If you are not content with our"
    yield "answer you can complain to the Information Commissioner (ico.org.uk) or go to court."


def _of_others(one: Beside) -> Iterator[str]:
    handling = one.case.handling
    yield f"Case {one.case.id}, in which others are, and which tells of you"
    yield from _law(one.case)
    yield "  Where it came from: the people of that case, and what staff noted of what they said."
    yield "  Nothing is on record as passed on about you."
    yield from _purposes(handling.regime if handling else Regime.UK_GDPR)
    yield "  How long it is kept: as long as the record of those whose case it is."


def _of_register(dossier: Dossier, retention: Retention) -> Iterator[str]:
    yield f"Entry {dossier.id} of our data-protection register, which is about you"
    yield "  Where it came from: whoever asked or reported it, and what staff noted and decided."
    yield "  What it is used for: to answer for what was done with people's data."
    until = kept_until(dossier, retention)
    if until is None:
        yield "  How long it is kept: it is still being dealt with."
    elif not dossier.has_words:
        yield "  Its words are erased; that it was asked and what was decided stays, as codes."
    else:
        yield f"  How long its words are kept: somebody looks at it on {until:%d %B %Y}."


def _law(case: Case) -> Iterator[str]:
    if case.handling is not None:
        law = _LAWS[case.handling.regime]
        yield f"  Whose data it is: {words_of(case.handling.controller)}, under {law}."


def _purposes(regime: Regime) -> Iterator[str]:
    yield "  What it is used for, and on which basis in law:"
    for purpose in PURPOSES:
        yield f"    {purpose.sentence} ({getattr(purpose, _BASES[regime])})"


def _of_case(found: Gathered, part: Part) -> Iterator[str]:
    case, handling = part.case, part.case.handling
    yield f"Case {case.id}, in which you are {part.party}"
    yield from _law(case)
    yield f"  Where it came from: {_origin(part)}."
    yield "  Who had something of it from us:"
    recipients = found.recipients(part)
    for one in recipients:
        items = ", ".join(sorted(words_of(item) for item in one.items)) or "what they needed"
        to = _recipient(one.recipient)
        yield f"    {shown_day(one.at)}: {to}: {items} ({words_of(one.basis).lower()})"
    if not recipients:
        yield "    nobody."
    yield from _purposes(handling.regime if handling else Regime.UK_GDPR)


def _how_long(part: Part, retention: Retention) -> Iterator[str]:
    party = part.case.party(part.party)
    years = retention.years(part.case, party)
    yield f"  How long it is kept: {years} years after the case has ended. Then somebody looks at"
    yield "  whether it is still needed: it is erased, or it is on record why not."
    until = part.case.data.of(part.party).keep_until
    if until is not None:
        yield f"  Somebody decided to keep it longer: it is looked at again on {until:%d %B %Y}."


def _origin(part: Part) -> str:
    source = words_of(part.case.source) if part.case.source else "whoever asked us first"
    sources = {e.recorded.asked_by for e in part.entries if e.recorded.asked_by}
    named = sorted(
        words_of(one) for one in sources if one[:1] not in "VOSC" or not one[1:].isdigit()
    )
    others = [one for one in named if one != source and not _STAFF.search(one)]
    more = f"; also {', '.join(others)}" if others else ""
    return f"{source}{more}, you yourself, and what staff noted in working with you"


def _recipient(code: str) -> str:
    return f"{code}, of your case" if code[:1] in "VOSC" and code[1:].isdigit() else words_of(code)


def _withheld(found: Gathered) -> Iterator[str]:
    decided = found.decided
    grounds = [
        decided[item.id].ground for item in found.items if handed(item, decided) is not Handed.GIVE
    ]
    if not grounds:
        return
    yield f"Of {len(found.items)} items {len(grounds)} are left out, or parts of them, because"
    for ground in sorted(set(grounds)):
        yield f"  {words_of(ground)}: {grounds.count(ground)}"
    yield ""


def record(given: Sequence[Given]) -> str:
    """Return the items as a text to read."""
    return "\n".join(line for one in given for line in _lines(one)) + "\n"


def _lines(one: Given) -> Iterator[str]:
    entry = one.item.entry
    yield f"{shown(entry.recorded_at)}  {one.item.id}"
    if one.item.ref is None:
        yield f"  {TAKEN_OUT if one.handed is Handed.REDACT else _without_staff(what(one.item))}"
    else:
        yield f"  {what(one.item)}"
        for line in str(_words(one)).splitlines():
            yield f"  | {line}"
    yield ""


def record_as_json(found: Gathered, given: Sequence[Given]) -> dict[str, Any]:
    """Return the items for programs."""
    return {
        "dossier": found.read.dossier.id,
        "cases": [
            {"case": part.case.id, "you_are": part.party, "recipients": _recipients(found, part)}
            for part in found.parts
        ],
        "told_of_you": [one.case.id for one in found.beside],
        "register": [one.dossier.id for one in found.register_told],
        "purposes": [purpose.sentence for purpose in PURPOSES],
        "items": [_as_json(one) for one in given],
    }


def _recipients(found: Gathered, part: Part) -> list[dict[str, Any]]:
    return [
        {
            "at": one.at.isoformat(),
            "to": one.recipient,
            "items": sorted(one.items),
            "basis": one.basis,
        }
        for one in found.recipients(part)
    ]


def _as_json(one: Given) -> dict[str, Any]:
    entry = one.item.entry
    told = {
        "item": one.item.id,
        "recorded_at": entry.recorded_at.isoformat(),
        "effective_at": entry.effective_at.isoformat(),
        "what": entry.name,
        "basis": entry.recorded.basis.kind,
        "parts_taken_out": one.handed is Handed.REDACT,
    }
    if one.item.ref is not None:
        return {**told, "field": one.item.field, "words": _words(one)}
    if one.handed is Handed.REDACT:
        return told
    return {**told, "data": json.loads(_without_staff(json.dumps(entry.envelope.data)))}


def _words(one: Given) -> str:
    if one.item.is_erased:
        return ERASED
    if one.file is not None:
        return f"[in the file {file_name(one)}]"
    return one.words if one.words is not None else TAKEN_OUT


def _without_staff(text: str) -> str:
    return _STAFF.sub("staff", text)


def file_name(one: Given) -> str:
    """Return what a file is called in the copy: its text's id, and what kind it is."""
    content, text = one.file or b"", one.item.ref.id if one.item.ref else ""
    kind = next((k for k, start in BEGINNINGS.items() if content.startswith(start)), "bin")
    return f"{text}.{kind.lower()}"
