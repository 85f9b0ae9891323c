"""`rj rights search`: texts in which somebody may be described who is nobody of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.asking import can_ask, one_by_one
from cli.ending import Code, nonsense
from cli.looking import looking, of_what_may_not_be
from cli.moments import shown_day
from cli.options import As, Json
from cli.output import note, table, tell, tell_json
from cli.progress import progress
from cli.references import reference
from cli.rights.items import WithWords
from cli.rights.show import Ref
from cli.source import read_source
from client.describing import described
from domain.ids import DOSSIER_PREFIX
from vault import Unfit
from vault.details import PartyDetails
from vault.mentions import Traits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from client.describing import Described, Search, Unsearched
    from client.in_register import InRegister

OF_THE_PERSON = ("name", "known_as", "phone", "email", "address")
WORDS = "words"
"""What would stand in a text about them: a nickname, a street, "the man with the barrow"."""
_COLUMNS = ("item", "recorded", "what", "whose", "")
_FILE_COLUMNS = ("item", "recorded", "whose", "to look at it", "")
From = Annotated[
    str | None,
    Parameter(
        name="--from",
        metavar="FILE",
        help='read {"name": …, "known_as": …, "phone": …, "email": …, "address": …, "words": …} '
        "from here, or from standard input for -",
        allow_leading_hyphen=True,
        negative="",
    ),
]


Files = Annotated[
    bool,
    Parameter(
        name="--files",
        help="each file too, with the line that writes it out: to be looked at by you",
        negative="",
        show_default=False,
    ),
]


def search(
    dossier: Ref,
    /,
    *,
    source: From = None,
    words: WithWords = False,
    files: Files = False,
    as_: As = None,
    json: Json = False,
) -> int:
    """Look through every text for somebody who asks what is kept of them, and is nobody of a case:
    by their names, how they are reached, or words that would stand in it.

    What is looked for is asked for on the terminal, or read with --from; it is no option. Read what
    is found (--words), and put in what is about them: rj rights put-in DOSSIER ITEM,ITEM. Each then
    waits for a decision like every other mixed item. Where they ask to be erased: rj do CASE
    report_mention, and redact it. A file is a scanned form, whose words cannot be searched: how
    many there are is said, and --files lists them for you to look at; what is about them is put in
    like a text. The words of the register itself are looked through, too: where an entry names
    nobody, or names them not, say who it is about (rj rights about). For the data-protection
    officer; each look is written down.
    """
    about = reference(dossier, DOSSIER_PREFIX)
    with looking(as_) as look:
        traits = _sought(_told(source))
        with (
            of_what_may_not_be("such entry of the register"),
            progress("Looking through the texts") as moved,
        ):
            found = described(look.reading, look.actor, about, traits, moved)
    if json:
        tell_json(_described(about, found, words=words))
        return Code.DONE
    if found.found:
        table(_COLUMNS, [_row(one) for one in found.found])
    for one in found.found if words else ():
        tell("")
        tell(f"{one.item}  {one.words}")
    tell(f"{len(found.found)} texts; {sum(one.known for one in found.found)} are in it already.")
    _tell_of_register(found.register, words=words)
    _tell_of_files(found.files, listed=files)
    for line in _not_looked_through(found):
        note(f"rj: {line}")
    return Code.DONE


def _tell_of_register(found: Sequence[InRegister], *, words: bool) -> None:
    for one in found:
        about = "names nobody" if one.names_nobody else "names somebody"
        tell(f"{one.dossier}  {about}: entry {one.entry}, {one.field.replace('_', ' ')}")
        if words:
            tell(f"        {one.words}")
    if found:
        several = len({one.dossier for one in found})
        tell(
            f"{several} other entries of the register may be about them: rj rights show DOSSIER; "
            "if so, rj rights about DOSSIER CASE=PARTY."
        )


def _tell_of_files(files: Sequence[Unsearched], *, listed: bool) -> None:
    if files and listed:
        table(_FILE_COLUMNS, [_row_of_file(one) for one in files])
    if files:
        tell(
            f"{len(files)} files are scanned forms, whose words cannot be searched: somebody looks "
            f"at each{'' if listed else ' (--files)'}."
        )


def _not_looked_through(found: Search) -> Iterator[str]:
    if found.closed_cases:
        yield (
            f"{found.closed_cases} cases are closed to you, as with a conflict of interest: "
            "another officer looks through them"
        )
    if found.closed_texts:
        yield f"{found.closed_texts} texts or files are kept and not used, and open to nobody"
    if found.unread_cases:
        yield f"{found.unread_cases} cases cannot be read: see rj audit verify"
    if found.unread_entries:
        yield f"{found.unread_entries} entries of the register cannot be read: see rj audit verify"
    if found.unread_texts:
        yield f"{found.unread_texts} texts cannot be read: see rj doctor"


def _told(source: str | None) -> dict[str, Any]:
    if source is not None:
        return read_source(source)
    if can_ask():
        return one_by_one("who is looked for", (*OF_THE_PERSON, WORDS))
    raise nonsense(
        "who is looked for is asked for on a terminal, or read with --from FILE, or from standard "
        "input with --from -"
    )


def _sought(told: dict[str, Any]) -> Traits:
    if set(told) - {*OF_THE_PERSON, WORDS}:
        raise nonsense(f"only these are looked for: {', '.join((*OF_THE_PERSON, WORDS))}")
    try:
        details = PartyDetails.entered({k: v for k, v in told.items() if k in OF_THE_PERSON})
        traits = Traits.of([details]).and_phrase(told.get(WORDS) or "")
    except Unfit as error:
        raise nonsense(str(error)) from None
    if traits.find_nothing:
        raise nonsense("say whom to look for: a name, how they are reached, or words of a text")
    return traits


def _row(one: Described) -> tuple[str, ...]:
    what = f"{one.entry.name.replace('_', ' ')}: {one.field.replace('_', ' ')}"
    known = "in it already" if one.known else ""
    return one.item, shown_day(one.entry.recorded_at), what, one.owner, known


def _row_of_file(one: Unsearched) -> tuple[str, ...]:
    known = "in it already" if one.known else ""
    return one.item, shown_day(one.at), one.handed_in.party, _line_for(one), known


def _line_for(one: Unsearched) -> str:
    scan = one.handed_in
    how = f"--entry {scan.entry} --reason rights-request --to FILE"
    return f"rj scan {one.case} {scan.thread} {scan.party} {how}"


def _described(dossier: str, found: Search, *, words: bool) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "closed": {"cases": found.closed_cases, "texts": found.closed_texts},
        "unread": {
            "cases": found.unread_cases,
            "entries": found.unread_entries,
            "texts": found.unread_texts,
        },
        "register": [
            {
                "dossier": one.dossier,
                "entry": one.entry,
                "field": one.field,
                "names_nobody": one.names_nobody,
                **({"words": one.words} if words else {}),
            }
            for one in found.register
        ],
        "files": [
            {
                "item": one.item,
                "case": one.case,
                "entry": one.handed_in.entry,
                "owner": one.handed_in.party,
                "recorded_at": one.at.isoformat(),
                "known": one.known,
                "look": _line_for(one),
            }
            for one in found.files
        ],
        "items": [
            {
                "item": one.item,
                "case": one.case,
                "entry": one.entry.version,
                "event": one.entry.name,
                "field": one.field,
                "owner": one.owner,
                "recorded_at": one.entry.recorded_at.isoformat(),
                "known": one.known,
                **({"words": one.words} if words else {}),
            }
            for one in found.found
        ],
    }
