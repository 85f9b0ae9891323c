"""Writing down the unforeseen, without the words of anybody."""

from __future__ import annotations

import uuid

import structlog

from logs import places

_log = structlog.get_logger(__name__)


def incident(error: BaseException) -> str:
    """Log what kind of thing went wrong, and where; return the incident's id.

    The message of an exception may quote what people wrote, so it is not written down.
    """
    number = str(uuid.uuid4())
    kind, where = type(error).__name__, places(error.__traceback__)
    _log.error("incident", incident=number, exception_type=kind, where=where)
    return number
