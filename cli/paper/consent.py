"""`rj consent-form`: what somebody agrees to, to read, tick and sign; nobody's name is on it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code, nonsense
from cli.looking import looking
from cli.new_file import check_new, write_new
from cli.options import As, Json, Reason
from cli.output import tell, tell_json
from cli.paper.page import heading, page, text, to_write_on
from cli.references import party, reference
from client.reading import What
from domain.fold import fold
from domain.ids import CASE_PREFIX
from domain.permissions import View
from domain.words import ConsentForm, Explained, Operation, Scope
from sentences import ENGLISH, To, languages, sentences, spoken
from vault.details import PartyDetails
from vault.problems import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.looking import Look
    from domain.case import Case
    from domain.words import Explained as Told

FORM = "consent_form"
"""What a look is for."""
Ref = Annotated[str, Parameter(name="CASE", help="its reference, such as RJ-4T9Y2K7P-X")]
Pair = Annotated[str, Parameter(name="PAIR", help="the pair, such as V1-O1")]
Of = Annotated[str, Parameter(name="PERSON", help="who is to read it, such as V1")]
File = Annotated[Path, Parameter(name="FILE", help="an .html file that is not there yet")]
Easy = Annotated[bool, Parameter(name="--easy-read", help="in easy words", negative="")]
Language = Annotated[
    str | None,
    Parameter(
        name="--language",
        help=f"one of {', '.join(languages())}; the one that they would rather speak if left out",
    ),
]


def consent_form(
    case: Ref,
    pair: Pair,
    person: Of,
    file: File,
    /,
    *,
    easy_read: Easy = False,
    language: Language = None,
    reason: Reason = None,
    as_: As = None,
    json: Json = False,
) -> int:
    """Write a consent form for one person: what a facilitator went through with them, what they
    may agree to, each to be ticked, and that they can stop at any time.

    No name, no reference and nothing of the other person is on it. It is in the language that the
    person would rather speak; where there is no form in that, it is in English, and an interpreter
    reads it out.
    """
    about, pair, person = reference(case, CASE_PREFIX), pair.upper(), party(person)
    if language not in (None, *languages()):
        raise nonsense(f"--language: one of {', '.join(languages())}")
    check_new(file)
    with looking(as_, reason) as look:
        state = _state(look, about, pair, person)
        speaks = _spoken(look, state, person)
        chosen = form_language(language, speaks)
        explained = sorted(state.thread(pair).side(person).explained, key=[*Explained].index)
        to = _to(state, person)
        lines = _body(to, explained, look.settings.contact_point, chosen, easy=easy_read)
        title = _said(ConsentForm.FORM_TITLE, to, look.settings.contact_point, chosen, easy_read)
        write_new(file, page(title, lines, easy=easy_read, language=chosen))
    if json:
        told = [one.value for one in explained]
        described = {"case": about, "person": person, "explained": told}
        tell_json({**described, "speaks": speaks, "language": chosen})
        return Code.DONE
    tell(f"{file.name}: {len(explained)} points that were gone through, {len(Scope)} to tick.")
    if not explained:
        tell("No facilitator's meeting is on record yet: a consent follows one (rj meet).")
    if speaks and spoken(speaks) != chosen:
        called = sentences(chosen).file.called[0]
        tell(
            f"They would rather speak: {speaks}. This is in {called}: an interpreter reads it out."
        )
    return Code.DONE


def form_language(asked: str | None, speaks: str | None) -> str:
    """Return the language of a form: as asked for; else as they would rather speak, where there are
    sentences in it; else English."""
    return asked or (spoken(speaks) if speaks else None) or ENGLISH


def _state(look: Look, about: str, pair: str, person: str) -> Case:
    what = What(
        View.CASE,
        about,
        {"party": person},
        operation=Operation.DISCLOSURE,
        recipients=(person,),
        medium="PRINT",
    )
    with look.reading.reading(look.actor, what, FORM) as entries:
        state = fold(entries)
    if pair not in state.threads or person not in state.thread(pair).people:
        raise nonsense("there is no such pair, or this person is not of it")
    return state


def _to(case: Case, person: str) -> To:
    if case.party(person).is_victim:
        return To.VICTIM
    return To.OFFENDER if case.party(person).is_offender else To.ANYBODY


def _spoken(look: Look, case: Case, person: str) -> str | None:
    details = case.party(person).details
    if details is None:
        return None
    told = look.reading.words(look.actor, case.id, [details], FORM)[details.id]
    try:
        return PartyDetails.parse(str(told)).language
    except Unfit:
        return None


def _said(code: ConsentForm, to: To, contact: str, language: str, easy: bool) -> str:
    return sentences(language).said(code, to, contact=contact, easy=easy)


def _body(
    to: To, explained: list[Told], contact: str, language: str, *, easy: bool
) -> Iterator[str]:
    known = sentences(language)

    def said(code: ConsentForm | Explained | Scope) -> str:
        return known.said(code, to, contact=contact, easy=easy)

    yield heading(said(ConsentForm.FORM_TOLD))
    yield _list([said(one) for one in explained], "&#8226;") or to_write_on(4)
    yield heading(said(ConsentForm.FORM_AGREE))
    yield _list([said(scope) for scope in Scope], "&#9744;")
    yield text(said(ConsentForm.FORM_STOP))
    yield text(said(ConsentForm.FORM_COPY))
    for code in (
        ConsentForm.FORM_SIGN,
        ConsentForm.FORM_ADULT,
        ConsentForm.FORM_WITNESS,
        ConsentForm.FORM_DAY,
    ):
        yield text(said(code)) + to_write_on(1)


def _list(lines: list[str], mark: str) -> str:
    return "".join(f"<p>{mark} {escape(line)}</p>" for line in lines)
