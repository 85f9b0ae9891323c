"""Reading a message as it arrives: the envelope only, never the body."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue

from domain.message import Message
from workflows.run import TICK

APART = "~"
"""In an update's id it stands between the command's id and what tells sendings of that id apart:
a digest of what was asked, and for one that is asked afresh some more."""


class Malformed(Exception):
    """What came in is no message of this stream; the text says why, without its content."""


def read(name: str, args: Sequence[RawValue]) -> Message:
    """Return the one message in these arguments. Raises `Malformed`."""
    if len(args) != 1:
        raise Malformed("a command has exactly one argument, its message")
    try:
        message: Message = workflow.payload_converter().from_payload(args[0].payload, Message)
    except Exception:  # noqa: BLE001 - whatever the converter raises, it is not a message
        raise Malformed("the argument is not a message") from None
    update = workflow.current_update_info()
    if name == TICK:
        raise Malformed("the clock is not asked from outside")
    if message.name != name:
        raise Malformed("the message is for another command than it was sent as")
    if message.stream != workflow.info().workflow_id:
        raise Malformed("the message is for another stream than it was sent to")
    if update and update.id.partition(APART)[0] != message.id:
        raise Malformed("the message has another id than it was sent with")
    return message


def unreadable(name: str, stream: str) -> Message:
    """Return a message that stands for a signal that could not be read.

    It has no proof, so that the record denies it and writes that down; and it is never a tick.
    """
    named = "unreadable" if name == TICK else name
    return Message(id=f"unreadable:{workflow.uuid4()}", stream=stream, name=named)
