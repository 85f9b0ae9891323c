"""`rj rights documents`: what a controller has to have in writing, filled in from the code and the
settings of this installation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code, nonsense, unavailable
from cli.installed import settings_now
from cli.options import Json
from cli.output import tell, tell_json
from cli.rights.tables import TABLES
from settings import Settings
from wholefile import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TEMPLATES = Path(__file__).with_name("templates")
_PLACE = re.compile(r"^\{\{(\w+)\}\}$", re.MULTILINE)
_WORD = re.compile(r"\{(controller|regime|contact_point|access_days|draft_days)\}")

To = Annotated[Path, Parameter(name="--to", metavar="FOLDER", help="the folder to write them into")]
Delivered = Annotated[
    bool,
    Parameter(
        name="--delivered",
        help="with the settings as delivered, whatever is set here",
        negative="",
        show_default=False,
    ),
]
Again = Annotated[
    bool,
    Parameter(
        name="--again",
        help="write over documents that are there, with all that was written into them",
        negative="",
        show_default=False,
    ),
]


def documents(
    *, to: To, delivered: Delivered = False, again: Again = False, json: Json = False
) -> int:
    """Write the impact assessment, the record of processing, the policy document and the list of
    what is kept, as templates that are filled in as far as the service knows.

    What only you can say stands in square brackets. They hold nothing about anybody. What you wrote
    into one that is there stays: such a folder is refused, unless with --again.
    """
    settings = Settings.model_construct() if delivered else settings_now()
    new = dict(filled_in(settings))
    written = [*new]
    try:
        to.mkdir(parents=True, exist_ok=True)
        if not again:
            _see_that_nothing_is_lost(to, new)
        for name, text in new.items():
            with written_whole(to / name, over=True) as file:
                file.write(text.encode())
    except OSError as error:
        raise unavailable(f"the documents cannot be written: {error.strerror}") from None
    if json:
        tell_json({"folder": str(to), "documents": written})
        return Code.DONE
    for name in written:
        tell(f"{to / name}")
    return Code.DONE


def _see_that_nothing_is_lost(to: Path, new: Mapping[str, str]) -> None:
    there = [name for name, text in new.items() if _is_another(to / name, text)]
    if there:
        raise nonsense(
            f"{', '.join(there)}: there already, and not as it would be written: name another "
            "folder and compare, or write over it with --again"
        )


def _is_another(file: Path, text: str) -> bool:
    return file.exists() and file.read_bytes() != text.encode()


def filled_in(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each document: its name and its text, every table as the code has it today."""
    for template in sorted(TEMPLATES.glob("*.md")):
        text = template.read_text(encoding="utf-8")
        text = _PLACE.sub(lambda place: "\n".join(TABLES[place[1]](settings)), text)
        yield template.name, _WORD.sub(lambda word: str(getattr(settings, word[1])), text)
