"""`rj audit pack`: what a scrutiny panel reads of a sample: coded facts, no identities, printed."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from audit.pack import Facts, facts
from cli.audit.sample import AUDITING
from cli.audit.samples import audited, named
from cli.ending import Code, Ended, Failure
from cli.looking import looking
from cli.new_file import check_new, write_new
from cli.options import As, Json, Reason
from cli.output import tell, tell_json
from cli.state import as_json
from cli.wording import wait_words, words_of
from client.reading import What
from domain.fold import fold
from domain.permissions import View
from domain.words import Operation
from exports.withheld import withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cli.looking import Look
    from domain.record import Entry

PANEL = "scrutiny_panel"
Sample = Annotated[str, Parameter(name="SAMPLE", help="which sample, such as SA-7K3M9QXA-5")]
File = Annotated[Path, Parameter(name="FILE", help="an .html file that is not there yet")]
_STYLE = (
    "body{font:14px/1.45 sans-serif;max-width:50em;margin:2em auto;color:#1d1d1b}"
    "section{page-break-before:always;border-top:1px solid #999}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;"
    "border-bottom:1px solid #ddd;padding:2px 8px 2px 0}"
)
_ABOUT = (
    "Each case is told by its steps, in the order of days from the first. People are called by "
    "their side and a number (V a victim, O an offender, S support, C the community). There is no "
    "name, place, date, reference, member of staff or word of anybody in it. Whoever thinks that "
    "they know a case says so, and does not look at it."
)


def pack(
    sample: Sample, file: File, /, *, reason: Reason = None, as_: As = None, json: Json = False
) -> int:
    """Write what a scrutiny panel reads of a sample: a page for each case, to print.

    For auditors. A case of somebody whose data were erased, or are kept without use, is left out.
    It is a disclosure to the panel, and written down as one, case by case; sensitive
    cases ask for --reason. Words of findings are not in it: whoever presents them reads them out.
    """
    wanted = named(sample)
    check_new(file)
    with looking(as_, reason) as look:
        cases = [one.case for one in audited(look, wanted)]
        if not cases:
            sentence = "no case was drawn in that sample"
            raise Ended(Failure(Code.REFUSED, "refused", (sentence,)))
        read = [_entries(look, case) for case in cases]
    told = told_of(read, wanted)
    write_new(file, page(wanted, told))
    if json:
        tell_json({"sample": wanted, "cases": [as_json(one) for one in told]})
    else:
        tell(f"{len(told)} cases, without identities, for the panel.")
        if len(told) < len(read):
            tell(
                f"{len(read) - len(told)} left out: data that were erased, or are kept without use."
            )
    return Code.DONE


def told_of(read: Sequence[Sequence[Entry]], sample: str) -> list[Facts]:
    """Return what the panel reads of these cases, by their entries; of those none in which
    somebody's data were erased, or are kept without use."""
    used = [entries for entries in read if not withheld(fold(entries))]
    return [facts(number, entries, sample) for number, entries in enumerate(used, 1)]


def _entries(look: Look, case: str) -> list[Entry]:
    what = What(
        View.HISTORY,
        case,
        operation=Operation.DISCLOSURE,
        recipients=(PANEL,),
        medium="PRINT",
    )
    with look.reading.reading(look.actor, what, AUDITING) as entries:
        return entries


def page(sample: str, told: Sequence[Facts]) -> str:
    """Return the pack as one page that fetches nothing."""
    cases = "\n".join("\n".join(_case(one)) for one in told)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'unsafe-inline'\"><title>{escape(sample)}</title>"
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>Cases for scrutiny: {escape(sample)}</h1>\n"
        f"<p>{escape(_ABOUT)}</p>\n{cases}\n</body>\n</html>\n"
    )


def _case(one: Facts) -> Iterator[str]:
    yield f"<section><h2>Case {one.number}</h2>"
    yield f"<p>{escape(_in_short(one))}</p>"
    steps = [(str(s.day), _words(s.event), _codes(s.codes)) for s in one.steps]
    yield _table(("day", "what", ""), steps)
    if one.breaches:
        yield "<h3>Done in breach of a rule</h3>"
        yield _table(("",), [(_words(rule),) for rule in one.breaches])
    if one.missed:
        yield "<h3>Not done in time</h3>"
        yield _table(("what", "why"), [(wait_words(w), words_of(why)) for w, why in one.missed])
    if one.findings:
        yield "<h3>Found by the auditor</h3>"
        rows = [(words_of(f.point), words_of(f.found), words_of(f.answer)) for f in one.findings]
        yield _table(("point", "found", "answer of the service"), rows)
    yield "<h3>The panel</h3><p>&nbsp;</p></section>"


def _in_short(one: Facts) -> str:
    people = f"{one.victims} harmed, {one.offenders} responsible, {one.others} others"
    child = "; somebody under 18" if one.child else ""
    brought = f"Brought by: {words_of(one.source)}; {words_of(one.initiator)}."
    return f"{people}{child}. {brought} Class: {words_of(one.sensitivity)}."


def _words(event: str) -> str:
    return event.replace("_", " ")


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(code if code[1:2].isdigit() else words_of(code) for code in codes)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(one)}</th>" for one in columns)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><tr>{head}</tr>\n{body}</table>"
