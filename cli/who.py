"""Who acts: the practitioner that `--as` or RJ_ACTOR names; nothing else vouches for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.ending import nonsense
from client.admission import UNVERIFIED
from domain.ids import PRACTITIONER_PREFIX, is_reference
from domain.record import Actor

if TYPE_CHECKING:
    from settings import Settings


def acting(named: str | None, settings: Settings) -> Actor:
    """Return who acts. Raises `Ended` for nobody, and for what is no practitioner's reference."""
    given = (named if named is not None else settings.actor).strip().upper()
    where = "--as" if named is not None else "RJ_ACTOR"
    if not given:
        raise nonsense(
            "say who acts: --as PR-…, or set RJ_ACTOR; `rj up` told the first practitioner's "
            "reference, and `rj practitioners register` makes others"
        )
    if not given.startswith(f"{PRACTITIONER_PREFIX}-") or not is_reference(given):
        raise nonsense(
            f"{where}: this is no practitioner's reference; one looks like PR-4T9Y2K7P-X, and its "
            "last character tells a slip from the right one: check each"
        )
    return Actor(id=given, identified=UNVERIFIED)
