"""`rj rights items`: all that is kept of those a request is about, and what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code
from cli.events import in_words
from cli.looking import looking, of_what_may_not_be
from cli.moments import shown_day
from cli.options import As, Json
from cli.output import table, tell, tell_json
from cli.references import reference
from cli.rights.show import Ref
from cli.typed import as_typed
from cli.words import ERASED
from client.gathering import gathered
from domain.ids import DOSSIER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from client.gathering import Gathered
    from domain.held import Item

All = Annotated[
    bool,
    Parameter(
        name="--all",
        help="everything that is kept, not only what waits for a decision",
        negative="",
        show_default=False,
    ),
]
WithWords = Annotated[
    bool,
    Parameter(
        name="--words", help="the texts too, to be read first", negative="", show_default=False
    ),
]
_COLUMNS = ("item", "recorded", "what", "why it is for you to decide", "decided")


def items(
    dossier: Ref,
    /,
    *,
    all_: All = False,
    words: WithWords = False,
    as_: As = None,
    json: Json = False,
) -> int:
    """List what is kept of those whom a request is about, in every case in which they are, also
    where it stands in somebody else's record, and in other entries of the register about them.

    What others are in, too, waits for a decision: rj rights decide-items. Nothing of that leaves
    without one. For the data-protection officer; each look is written down.
    """
    about = reference(dossier, DOSSIER_PREFIX)
    with looking(as_) as look, of_what_may_not_be("such entry of the register"):
        found = gathered(look.reading, look.actor, about)
    chosen = found.items if all_ else found.undecided
    if json:
        tell_json(
            {
                "dossier": about,
                "held": len(found.items),
                "undecided": len(found.undecided),
                "items": [_described(found, item, words=words) for item in chosen],
            }
        )
        return Code.DONE
    if not found.parts and not found.beside:
        tell("It is not on record whom it is about: rj rights about DOSSIER CASE=PARTY.")
        return Code.DONE
    if chosen:
        table(_COLUMNS, [_row(found, item) for item in chosen])
    for item in chosen if words else ():
        if item.ref is not None:
            tell("")
            tell(f"{item.id}  {_text(item)}")
    tell(f"{len(found.items)} items are kept; {len(found.undecided)} wait for a decision.")
    return Code.DONE


def what(item: Item) -> str:
    """Return what an item is, in the words of staff."""
    if item.ref is None:
        return in_words({"event": item.entry.name, **item.entry.envelope.data})
    name = item.entry.name.replace("_", " ")
    return f"{name}: {item.field.replace('_', ' ')}"


def _text(item: Item) -> str:
    if item.is_file and not item.is_erased:
        return "[a scanned form: rj scan writes it out]"
    return ERASED if item.is_erased else item.words or "[cannot be read now]"


def _row(found: Gathered, item: Item) -> Sequence[str]:
    decided = found.decided.get(item.id)
    why = ", ".join(sorted(as_typed(one).replace("-", " ") for one in item.mixed))
    when = shown_day(item.entry.recorded_at)
    return item.id, when, what(item), why or "—", as_typed(decided.handed) if decided else "—"


def _described(found: Gathered, item: Item, *, words: bool) -> dict[str, Any]:
    decided = found.decided.get(item.id)
    told = {
        "item": item.id,
        "case": item.case,
        "entry": item.entry.version,
        "event": item.entry.name,
        "field": item.field or None,
        "recorded_at": item.entry.recorded_at.isoformat(),
        "mixed": sorted(item.mixed),
        "decided": decided.handed if decided else None,
        "erased": item.is_erased,
    }
    return {**told, "words": item.words} if words else told
