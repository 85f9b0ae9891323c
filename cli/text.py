"""`rj text`: what people read for a code; in particular, what a participant would be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code, nonsense
from cli.installed import settings_now
from cli.mistyped import close_to
from cli.options import Json
from cli.output import table, tell, tell_json
from cli.typed import as_typed
from sentences import KINDS, NotFor, To, languages, sentences, wherever

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

CodeOf = Annotated[str | None, Parameter(name="CODE", help="one code, such as told-postponed")]
For = Annotated[
    str,
    Parameter(name="--for", metavar="WHO", help=f"who reads it: staff, {', '.join(To)}"),
]
Easy = Annotated[
    bool, Parameter(name="--easy-read", help="in easy words, for a participant", negative="")
]
Language = Annotated[str, Parameter(name="--language", help="such as en")]
Word = Annotated[
    str | None,
    Parameter(name="--word", metavar="WORD", help="the word that they chose for themselves"),
]
On = Annotated[
    str | None,
    Parameter(name="--on", metavar="DAY", help="the day of the meeting, hearing or call"),
]
STAFF = "staff"


def text(
    code: CodeOf = None,
    /,
    *,
    for_: For = STAFF,
    easy_read: Easy = False,
    language: Language = "en",
    word: Word = None,
    on: On = None,
    json: Json = False,
) -> int:
    """Show what people read for a code, or for every code: staff, or a participant.

    Nothing is sent: staff tell people. What only staff, or only the other side, may hear is left
    out.
    """
    if for_ not in (STAFF, *To):
        raise nonsense(f"--for: one of {STAFF}, {', '.join(To)}")
    if language not in languages():
        raise nonsense(f"--language: one of {', '.join(languages())}")
    known, contact = sentences(language), settings_now().contact_point

    def said(one: StrEnum) -> str | None:
        if for_ == STAFF:
            return sentences().file.staff.get(one.value)
        try:
            return known.said(
                one,
                To(for_),
                contact=contact,
                easy=easy_read,
                me=word,
                day=on or "[day]",
            )
        except NotFor:
            return None

    found = {one: told for one in _codes(code) if (told := said(one))}
    if not found and code is not None:
        raise nonsense(f"that code is nothing that this reader hears: {as_typed(for_)}")
    if json:
        rows = [{"kind": type(o).__name__, "code": o.value, "text": t} for o, t in found.items()]
        tell_json({"version": known.file.version, "language": language, "texts": rows})
    elif code is not None:
        for told in dict.fromkeys(found.values()):
            tell(told)
    else:
        table(_COLUMNS, [(type(o).__name__, as_typed(o.value), t) for o, t in found.items()])
    return Code.DONE


_COLUMNS = ("of", "code", "what is read")


def _codes(typed: str | None) -> Iterator[StrEnum]:
    if typed is None:
        for kind in KINDS.values():
            yield from kind
        return
    code = typed.upper().replace("-", "_")
    found = [*wherever(code)]
    if not found:
        every = {one.value for kind in KINDS.values() for one in kind}
        near = close_to(code, every)
        raise nonsense(f"there is no such code{near}")
    yield from found
