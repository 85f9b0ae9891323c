"""Sending a command that was typed, and telling what became of it."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from cli.another_officer import another_does_it
from cli.asking import asked_for, can_ask
from cli.details import check_details
from cli.ending import Code, Ended, Failure, nonsense
from cli.events import in_words
from cli.fields import fields_of
from cli.following import follow_up_as_json, followed_up
from cli.installed import door_to, require_data, settings_now
from cli.output import note, tell, tell_json
from cli.references import reference
from cli.scanned import with_files
from cli.source import read_source
from cli.told import kept_as_json, sentences_of_kept
from cli.who import acting
from client import Denied
from client.failures import DeniedThere
from client.understanding import checked
from domain.ids import CommandId

if TYPE_CHECKING:
    from cli.line import Line
    from client import Answer, Queued
    from client.merging import Done
    from domain.record import Actor
    from settings import Settings

Beside = Callable[["Answer"], Mapping[str, Any]]
"""Takes an answer; returns for a program what is told beside it, or tells it."""
_COMMAND_ID = re.compile(next(m.pattern for m in get_args(CommandId)[1:]))
_STAND_IN = "…"
"""In the place of words that are asked for only once the rest makes sense."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A command as it goes to the door."""

    actor: Actor
    name: str
    given: dict[str, Any]
    stream: str | None
    command_id: str
    origin: str = "cli"


def do(line: Line, beside: Beside | None = None) -> int:
    """Have the command recorded and tell what was. Raises what the door raises."""
    settings = settings_now()
    return have_done(_ready(line, settings), settings, beside, as_json=line.as_json)


def have_done(
    sent: Sent, settings: Settings, beside: Beside | None = None, *, as_json: bool
) -> int:
    """Have it recorded and tell what was. Raises what the door raises.

    `beside` finds what is told with the answer, once that is there.
    """
    answer, after = asyncio.run(_ask(settings, sent))
    if as_json:
        tell_json(
            {
                "outcome": "accepted",
                "stream": answer.stream,
                "command_id": answer.command_id,
                "version": answer.version,
                "events": list(answer.events),
                **follow_up_as_json(after),
                **(beside(answer) if beside else {}),
            }
        )
    else:
        _tell(answer)
        for one in after.answers if after else ():
            _tell(one)
        if beside:
            beside(answer)
    return Code.DONE


def signal(line: Line) -> int:
    """Hand the command over without waiting for what becomes of it; say that it is queued."""
    settings = settings_now()
    sent = _ready(line, settings)
    queued = asyncio.run(_queue(settings, sent))
    if line.as_json:
        tell_json({"outcome": "queued", "stream": queued.stream, "command_id": queued.command_id})
    else:
        tell(f"{queued.stream}: queued as {queued.command_id}.")
        tell("`rj history` shows it once it is recorded; if it is not accepted, it becomes a task.")
    return Code.DONE


def _ready(line: Line, settings: Settings) -> Sent:
    """Return the command with all that it needs; whoever must be asked is asked last."""
    actor = acting(line.actor, settings)
    prefix = line.command.stream.value
    stream = reference(line.stream, prefix) if line.stream else None
    command_id = command_id_of(line.command_id)
    given = with_files(line.command, _given(line))
    check_details(line.command, given)
    require_data(settings)
    if line.source is None and can_ask():
        checked(line.command, _with_stand_ins(line, given))
        given = asked_for(line.command, given)
        check_details(line.command, given)
    _explain_missing(line, given)
    return Sent(actor, line.command.name(), given, stream, command_id)


def _given(line: Line) -> dict[str, Any]:
    if line.source is None:
        return dict(line.options)
    read = read_source(line.source)
    twice = sorted(read.keys() & line.options.keys())
    if twice:
        raise nonsense(*(f"{name}: given both as an option and with --from" for name in twice))
    return {**read, **line.options}


def _with_stand_ins(line: Line, given: dict[str, Any]) -> dict[str, Any]:
    return {**dict.fromkeys(_words_missing(line, given), _STAND_IN), **given}


def _explain_missing(line: Line, given: dict[str, Any]) -> None:
    missing = _words_missing(line, given)
    if missing and line.source is None:
        raise nonsense(
            *(
                f"{name}: these are somebody's words: they are asked for on a terminal, or read "
                "with --from FILE, or from standard input with --from -"
                for name in missing
            )
        )


def _words_missing(line: Line, given: dict[str, Any]) -> list[str]:
    fields = fields_of(line.command)
    return [f.name for f in fields if f.words and f.required and f.name not in given]


def command_id_of(typed: str | None) -> str:
    """Return the command id that was typed, or a new one. Raises `Ended` for what is none."""
    if typed is None:
        return str(uuid.uuid4())
    if not _COMMAND_ID.fullmatch(typed):
        raise nonsense("--command-id: 8 to 80 letters, digits and any of : . _ + -")
    return typed


async def _ask(settings: Settings, sent: Sent) -> tuple[Answer, Done | None]:
    async with door_to(settings) as door:
        try:
            answer = await door.do(
                sent.actor.id,
                sent.actor.identified,
                sent.name,
                sent.given,
                stream=sent.stream,
                command_id=sent.command_id,
                origin=sent.origin,
            )
        except Denied as error:
            raise _denied(sent, error) from None
        except asyncio.CancelledError:
            note(
                "rj: interrupted; it may have been recorded or may yet be. To be sure, send it "
                f"again as it was with --command-id {sent.command_id}"
            )
            raise
        return answer, await followed_up(door, sent.actor, sent.name, answer.stream)


async def _queue(settings: Settings, sent: Sent) -> Queued:
    async with door_to(settings) as door:
        try:
            return await door.signal(
                sent.actor.id,
                sent.actor.identified,
                sent.name,
                sent.given,
                stream=sent.stream,
                command_id=sent.command_id,
            )
        except Denied as error:
            raise _denied(sent, error) from None


def _denied(sent: Sent, error: Denied) -> Ended:
    # The same is said of what is not there as of what they may not know of.
    sentence = f"{sent.actor.id} may not do this here"
    if isinstance(error, DeniedThere):
        sentence += f"; {another_does_it(error)}"
    elif sent.stream:
        sentence += ", or there is nothing under this reference"
    details = {"command_id": sent.command_id, **kept_as_json(error.kept)}
    told = (sentence, *sentences_of_kept(error.kept))
    return Ended(Failure(Code.REFUSED, "denied", told, details))


def _tell(answer: Answer) -> None:
    if not answer.events:
        tell(f"{answer.stream}: there was nothing to record.")
        return
    tell(f"{answer.stream}: recorded, version {answer.version}.")
    first = answer.version - len(answer.events) + 1
    for number, event in enumerate(answer.events, first):
        tell(f"  {number}  {in_words(event)}")
