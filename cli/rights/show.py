"""`rj rights show`: one entry of the data-protection register, with what was asked and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code
from cli.history import described, lines
from cli.looking import looking, of_what_may_not_be
from cli.moments import shown_day
from cli.options import As, Json
from cli.output import tell, tell_json
from cli.references import reference
from cli.state import as_json
from cli.steps import Step
from cli.words import ERASED
from client.dossiers import read_dossier
from domain.answering import answer_due
from domain.held import texts_of
from domain.ids import DOSSIER_PREFIX
from domain.retention import kept_until
from vault import Erased

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client.dossiers import Read
    from domain.record import Entry

Ref = Annotated[str, Parameter(name="DOSSIER", help="its reference, such as DP-4T9Y2K7P-X")]


def show(dossier: Ref, /, *, as_: As = None, json: Json = False) -> int:
    """Show one request, breach or request for notes: each step, who took it, and its words: what
    was asked, the reasons, the written reply. For the data-protection officer."""
    about = reference(dossier, DOSSIER_PREFIX)
    with looking(as_) as look, of_what_may_not_be("such entry of the register"):
        read = read_dossier(look.reading, look.actor, about)
        retention = look.settings.limits.retention
    kept = read.dossier
    due = answer_due(kept) if kept.open else None
    until = kept_until(kept, retention) if kept.has_words else None
    if json:
        told = [{**described(Step(e, [])), "words": dict(_words(read, e))} for e in read.entries]
        dates = {"answer_due": as_json(due), "words_kept_until": as_json(until)}
        tell_json({"dossier": as_json(kept), **dates, "entries": told})
        return Code.DONE
    for entry in read.entries:
        for line in lines(Step(entry, [])):
            tell(line)
        for field, words in _words(read, entry):
            tell(f"        {field}: {words}")
    if until is not None:
        tell(f"Its words are kept until {shown_day(until)}; then it is decided whether they stay.")
    return Code.DONE


def _words(read: Read, entry: Entry) -> Iterator[tuple[str, Any]]:
    for field, ref in texts_of(entry):
        words = read.words[ref.id]
        if isinstance(words, Erased):
            yield field, ERASED
        else:
            yield field, words if isinstance(words, str) else f"[{words}]"
