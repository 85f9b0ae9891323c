"""Structured logs: one line an event, for people or as JSON.

Workflows log through Temporal's own logger, which is silent while they replay. Lines carry
references, command ids and codes. What people wrote never reaches a log line: bodies are not
logged, and of an exception only its type and the places it came through.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import structlog
from temporalio import activity, workflow

if TYPE_CHECKING:
    from types import TracebackType

    from structlog.types import EventDict, Processor, WrappedLogger


_STEPS: list[Processor] = []
"""What each line goes through. One list, whoever sets it up anew: a logger keeps the one that it
saw first, and would go on as set up before."""


def set_up(form: Literal["pretty", "json"], level: str) -> None:
    """Send everything that is logged in this process, by structlog or not, to standard error.

    `form` is the shape of a line, `level` the least that is written (debug, info, warning, error).
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        by_our_names,
        without_words,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    _STEPS[:] = [*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
    structlog.configure(
        processors=_STEPS,
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(form),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # The ids are facts of their own on each line, not part of its text.
    workflow.logger.workflow_info_on_message = False
    activity.logger.activity_info_on_message = False


def by_our_names(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Call the stream and the command what they are called everywhere else."""
    event.pop("temporal_log", None)
    details = {**event.pop("temporal_activity", {}), **event.pop("temporal_workflow", {})}
    for theirs, ours in (("workflow_id", "stream"), ("update_id", "command")):
        if details.get(theirs):
            # What follows in an update's id is a digest: what was chosen could be guessed from it.
            event.setdefault(ours, details[theirs].partition("~")[0])
    return event


def without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep of an exception its type and the places it came through, never its message."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, BaseException):
        error = (type(error), error, error.__traceback__)
    if isinstance(error, tuple) and error[0] is not None:
        event["exception_type"] = error[0].__name__
        event["where"] = places(error[2])
    return event


def places(trace: TracebackType | None) -> list[str]:
    """Return `file:line function` for each step of a traceback, the outermost first."""
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


def _renderer(form: Literal["pretty", "json"]) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
