"""What one run of a stream's workflow begins with, and the words its failures are told in."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.message import Message, Present

WORKFLOW = "Case"
"""The workflow type of every stream: for cases, practitioners and persons alike."""

RECORD, LOOK = "record", "look"
"""The two activities, called by name: the one writer, and a look at the log."""

NOTICES, SEND = "Notices", "send_notices"
"""The other workflow type, of which at most one runs, and its activity: notices to staff."""

TICK = "tick"
"""The clock's own message: the one that has no proof, and that nobody can send."""

RENEW, PRESENT = "_renew", "_present"
"""Our own handlers start with an underscore: every other name is a command's."""


class Failure(StrEnum):
    """The closed vocabulary of an update's failure types: what a caller can be told."""

    REFUSED = "Refused"
    DENIED = "Denied"
    NONSENSE = "Nonsense"
    UNAVAILABLE = "Unavailable"
    """Not answered in time, perhaps recorded: send it again with the same command id."""
    INTERNAL_ERROR = "InternalError"
    MALFORMED = "Malformed"
    """The envelope itself: never recorded, nothing was looked at."""
    DRAINING = "Draining"
    """The run is about to continue as new: send it again."""


class Run(BaseModel):
    """The input of a run. A later field has a default, and unknown ones are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    stream: str
    present: Present | None = None
    """What the run before this one last knew; `None` when it has to be read from the log."""
    inbox: tuple[Message, ...] = ()
    """Signals that were accepted and not yet processed."""
    continue_after: int = Field(default=1000, ge=20)
    """History events after which this run continues as new."""
