"""`rj rights documents`: what a controller has to have in writing, filled in from the code and the
settings of this installation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from cli.ending import Code, unavailable
from cli.installed import settings_now
from cli.options import Json
from cli.output import tell, tell_json
from cli.rights.tables import TABLES
from settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def documents(*, to: To, delivered: Delivered = False, json: Json = False) -> int:
    """Write the impact assessment, the record of processing, the policy document and the list of
    what is kept, as templates that are filled in as far as the service knows.

    What only you can say stands in square brackets. They hold nothing about anybody.
    """
    settings = Settings.model_construct() if delivered else settings_now()
    written = []
    try:
        to.mkdir(parents=True, exist_ok=True)
        for name, text in filled_in(settings):
            (to / name).write_text(text, encoding="utf-8")
            written.append(name)
    except OSError as error:
        raise unavailable(f"the documents cannot be written: {error.strerror}") from None
    if json:
        tell_json({"folder": str(to), "documents": written})
        return Code.DONE
    for name in written:
        tell(f"{to / name}")
    return Code.DONE


def filled_in(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each document: its name and its text, every table as the code has it today."""
    for template in sorted(TEMPLATES.glob("*.md")):
        text = template.read_text(encoding="utf-8")
        text = _PLACE.sub(lambda place: "\n".join(TABLES[place[1]](settings)), text)
        yield template.name, _WORD.sub(lambda word: str(getattr(settings, word[1])), text)
