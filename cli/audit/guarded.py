"""Whether the log can only be added to, for `rj doctor`: its triggers, and the rights on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.places import UNGUARDED, Folder
from cli.audit.trusting import log_of

if TYPE_CHECKING:
    from settings import Settings

ONLY_ADDED_TO = "the log can be added to, and not changed"


def wrong_with_guard(settings: Settings) -> str | None:
    """Return what keeps the log from being append-only, or did at a start since; None if nothing.

    Raises `Unavailable` of the log.
    """
    with log_of(settings) as log:
        broken, rights = log.broken_guards(), log.rights_too_many()
    if broken:
        return (
            f"the log can be changed: {'; '.join(broken)}. Run `rj audit verify`, and find out who "
            "did that; what is missing is made again when the worker starts"
        )
    if rights:
        return (
            f"the login by which the log is read here may also {', '.join(rights)}: it should only "
            "read and append"
        )
    for path in settings.checkpoint_folders:
        if said := Folder(path).unguarded():
            return (
                f"{said}. It was made good when the worker started. Run `rj audit verify`, find "
                f"out who did that, then take {path / UNGUARDED} away"
            )
    return None
