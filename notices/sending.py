"""Sending what is in the outbox: each at least once, and noted down as soon as it is sent.

Between the two somebody may pull the plug: then it is sent again, with the same Message-ID.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from notices.message import message
from notices.problems import NoAnswer, NotTaken

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from email.message import EmailMessage

    from notices.outbox import Outbox
    from notices.staff import Addresses

AT_ONCE = 100
"""Notices of one round."""
NO_ADDRESS, NO_ANSWER = "no_address", "no_answer"


class Sender(Protocol):
    """Something that sends messages."""

    @property
    def sender(self) -> str:
        """The address that they come from."""

    def open(self) -> AbstractContextManager[Callable[[EmailMessage], None]]:
        """Give what sends one message. Raises `Down` and, of a single message, `NotTaken`."""

    def address(self, who: str, addresses: dict[str, str]) -> str | None:
        """Return where a practitioner is reached; None if that is not known."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round came to."""

    sent: int
    put_off: int
    more: bool
    """Whether there may be more to send now."""


def send(
    outbox: Outbox,
    sender: Sender,
    addresses: Addresses,
    now: Callable[[], datetime],
    alive: Callable[[], None] = lambda: None,
) -> Sent:
    """Send what is to be sent by now, oldest first; `alive` is told of each that was seen to.

    Raises `Down` if the server cannot be used, `NoAddresses`, and `Unavailable` of the outbox: what
    was not sent by then waits.
    """
    waiting = outbox.to_send(now(), AT_ONCE)
    if not waiting:
        return Sent(0, 0, more=False)
    known = addresses.read()
    sent = put_off = 0
    with sender.open() as post:
        for kept in waiting:
            if not outbox.still_waits(kept):
                # It was done since the round began.
                continue
            to = sender.address(kept.to, known)
            try:
                letter = None if to is None else message(kept, to, sender.sender)
                trouble = NO_ADDRESS if letter is None else _posted(post, letter)
            except NoAnswer:
                # It may be there: the others are tried again soon, this one later.
                outbox.put_off(kept, now(), NO_ANSWER)
                raise
            if trouble is None:
                outbox.sent(kept)
                sent += 1
            else:
                outbox.put_off(kept, now(), trouble)
                put_off += 1
            alive()
    return Sent(sent, put_off, more=len(waiting) == AT_ONCE)


def _posted(post: Callable[[EmailMessage], None], letter: EmailMessage) -> str | None:
    """Send a message; return what was in the way of this one, as a code."""
    try:
        post(letter)
    except NotTaken as error:
        return str(error)
    return None
