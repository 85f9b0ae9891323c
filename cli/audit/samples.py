"""`rj audit samples`: what was drawn to be audited, what was found, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from access import codes
from cli.audit.sample import AUDITING
from cli.ending import Code, nonsense
from cli.looking import looking
from cli.moments import shown_day
from cli.options import As, Json
from cli.output import heading, table, tell, tell_json
from cli.wording import words_of
from client.reading import What
from domain.fold import fold
from domain.ids import CASE_PREFIX
from domain.permissions import View, may

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.looking import Look
    from domain.audited import Audit, Finding
    from domain.practitioner import Practitioner

Sample = Annotated[
    str | None, Parameter(name="SAMPLE", help="only this one, such as SA-7K3M9QXA-5")
]


@dataclass(frozen=True, slots=True)
class Audited:
    """One case that was drawn, and what was found of it."""

    case: str
    audit: Audit
    findings: tuple[Finding, ...]

    @property
    def open(self) -> int:
        """How many recommendations are open."""
        return sum(one.is_open for one in self.findings)


def samples(sample: Sample = None, /, *, as_: As = None, json: Json = False) -> int:
    """List the cases that were drawn to be audited: found, recommended, answered, and done.

    Words (what was found, what is recommended) are in the case: rj show CASE --words.
    """
    with looking(as_) as look:
        found = audited(look, sample)
    if json:
        tell_json({"audits": [_as_json(one) for one in found]})
    elif not found:
        tell("No case was drawn in that sample." if sample else "No case was drawn yet.")
    else:
        table(("sample", "case", "drawn", "by", "found", "open", ""), [_row(one) for one in found])
        findings = [(one, finding) for one in found for finding in one.findings]
        if findings:
            heading("Findings")
            table(_FINDINGS, [_finding(*two) for two in findings])
    return Code.DONE


def audited(look: Look, sample: str | None) -> list[Audited]:
    """Return what was drawn, once it is written down that it was asked for. Raises `Denied`."""
    wanted = named(sample) if sample else None
    what = What(View.SAMPLES, asked=codes({"sample": wanted}))
    return look.reading.listing(
        look.actor,
        what,
        AUDITING,
        lambda reader: _all(look, reader, wanted),
        lambda found: (one.case for one in found),
    )


def named(typed: str) -> str:
    """Return the sample that was typed. Raises `Ended` for what is none."""
    if not typed.upper().startswith("SA-"):
        raise nonsense("SAMPLE: such as SA-7K3M9QXA-5; `rj audit samples` lists them")
    return typed.upper()


def _all(look: Look, reader: Practitioner, wanted: str | None) -> list[Audited]:
    found = []
    for stream in look.reading.log.streams():
        if not stream.startswith(f"{CASE_PREFIX}-"):
            continue
        case = fold(look.reading.log.load(stream))
        if not may(reader, View.HISTORY, case):
            continue
        for one in case.audits.values():
            if wanted in (None, one.sample):
                findings = (f for f in case.findings.values() if f.sample == one.sample)
                found.append(Audited(stream, one, tuple(findings)))
    return sorted(found, key=lambda one: (one.audit.since, one.audit.sample, one.case))


def _row(one: Audited) -> Sequence[str]:
    state = "concluded" if one.audit.concluded_at else "under way"
    found, still = str(len(one.findings)), str(one.open)
    since = shown_day(one.audit.since)
    return one.audit.sample, one.case, since, one.audit.by, found, still, state


_FINDINGS = ("case", "", "point", "found", "by", "recommended", "answer", "by", "done", "by")


def _finding(one: Audited, found: Finding) -> Sequence[str]:
    answer = words_of(found.answer) if found.answer else "not yet" if found.recommends else "—"
    return (
        one.case,
        found.id,
        words_of(found.point),
        words_of(found.found),
        found.by,
        "yes" if found.recommends else "—",
        answer,
        found.answered_by or "—",
        _done(found),
        found.closed_by or "—",
    )


def _done(found: Finding) -> str:
    if not found.recommends:
        return "—"
    return {None: "open", True: "done", False: "may stay as it is"}[found.done]


def _as_json(one: Audited) -> dict[str, object]:
    return {
        "sample": one.audit.sample,
        "case": one.case,
        "by": one.audit.by,
        "drawn_at": one.audit.since.isoformat(),
        "concluded": one.audit.concluded_at is not None,
        "findings": [
            {
                "finding": f.id,
                "point": f.point,
                "found": f.found,
                "by": f.by,
                "recommends": f.recommends,
                "answer": f.answer,
                "answered_by": f.answered_by,
                "closed": f.closed_at is not None,
                "closed_by": f.closed_by,
                "done": f.done,
            }
            for f in one.findings
        ],
    }
