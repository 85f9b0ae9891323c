"""How somebody may be reached safely, in words: for whoever tries them, and whoever books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.moments import shown
from cli.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from client.reaching import Reaching
    from domain.words import Channel


def in_words(one: Reaching) -> Iterator[str]:
    """Yield how they may be reached, for whoever is about to be in touch."""
    if one.no_contact:
        yield f"{one.party} asked not to be contacted"
    if one.will_be_in_touch:
        yield f"{one.party} will be in touch themselves"
    if one.not_before:
        yield f"{one.party} set a day and hour for the next contact: {shown(one.not_before)}"
    if one.safe is not None:
        yield f"{one.party} may be reached by {_ways(one.safe)}, and in no other way"
    if one.not_safe:
        yield f"{one.party} is not to be reached by {_ways(one.not_safe)}"
    if one.said:
        yield f"{one.party} said of it: {one.said}"
    if one.interpreters:
        yield f"{', '.join(one.interpreters)} interprets for {one.party}"


def _ways(channels: Iterable[Channel]) -> str:
    return ", ".join(words_of(channel) for channel in channels) or "nothing"
