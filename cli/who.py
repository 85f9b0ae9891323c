"""Who acts: the practitioner that `--as` or RJ_ACTOR names; nothing else vouches for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.ending import Code, Ended, Failure, nonsense
from client.admission import UNVERIFIED
from domain.ids import PRACTITIONER_PREFIX, is_reference
from domain.record import Actor

if TYPE_CHECKING:
    from settings import Settings


def acting(named: str | None, settings: Settings) -> Actor:
    """Return who acts, or looks.

    Raises `Ended` for nobody, for what is no practitioner's reference, and where the settings ask
    for more than a name.
    """
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
    if not settings.allow_unverified:
        sentence = (
            "nothing but a name vouches for whoever acts or looks from a terminal, which "
            "RJ_ALLOW_UNVERIFIED=false refuses"
        )
        raise Ended(Failure(Code.REFUSED, "denied", (sentence,)))
    return Actor(id=given, identified=UNVERIFIED)
