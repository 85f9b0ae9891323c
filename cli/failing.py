"""From whatever went wrong to a sentence and an exit code; never a traceback."""

from __future__ import annotations

import errno
import sys
import traceback
import uuid
from pathlib import Path

from cli.ending import Code, Ended, Failure

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def failure_of(error: BaseException) -> Failure:
    """Return what to say about this error, whatever it is."""
    if isinstance(error, Ended):
        return error.failure
    if isinstance(error, OSError) and (sentence := _of_the_system(error)):
        return Failure(Code.UNAVAILABLE, "unavailable", (sentence,))
    # What was never loaded raised nothing, and a mistyped line must not wait for it.
    if "client" in sys.modules or "up" in sys.modules:
        from cli.told import told  # noqa: PLC0415

        if (failure := told(error)) is not None:
            return failure
    return _unforeseen(error)


def _of_the_system(error: OSError) -> str | None:
    if error.errno in _NO_ROOM:
        return "there is no room left on the disk"
    if isinstance(error, PermissionError) and error.filename:
        return f"{error.filename} may not be used by this user"
    return None


def _unforeseen(error: BaseException) -> Failure:
    """Say what kind of thing it was and where; its own words may quote somebody's."""
    incident = str(uuid.uuid4())
    steps = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps]
    sentence = f"something unforeseen went wrong: {type(error).__name__}"
    if where:
        sentence += f" in {where[-1]}"
    details = {"incident": incident, "kind": type(error).__name__, "where": where}
    return Failure(Code.UNFORESEEN, "unforeseen", (f"{sentence} (incident {incident})",), details)
