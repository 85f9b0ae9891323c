"""What each child gets in its environment: no more than it needs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import settings as settings_module

if TYPE_CHECKING:
    from collections.abc import Mapping

    from up.place import Place

_OURS = "RJ_"
_TEMPORALS = "TEMPORAL_"


def foreign(place: Place) -> Mapping[str, str]:
    """For programs that are not ours: none of our settings and keys, nobody's Temporal profile."""
    del place
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith((_OURS, _TEMPORALS))
    }
    return kept | {"NO_COLOR": "1"}


def own(place: Place) -> Mapping[str, str]:
    """For our own programs: every setting as this process has it, however it was given."""
    given = place.settings.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    named = {_OURS + name.upper(): _written(value) for name, value in given.items()}
    home = str(Path(settings_module.__file__).parent)
    search = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    return {
        **os.environ,
        **named,
        "RJ_DATA": str(place.folder),
        "RJ_KEYS": str(place.settings.key_folder),
        "RJ_TEMPORAL_ADDRESS": place.address,
        "PYTHONPATH": search,
        "PYTHONUNBUFFERED": "1",
        "NO_COLOR": "1",
    }


def _written(value: object) -> str:
    """Return the value as the settings read it from the environment."""
    return value if isinstance(value, str) else json.dumps(value)
