"""What can go wrong with the event log, each with one plain sentence."""

from __future__ import annotations

import trouble


class Conflict(Exception):
    """The stream has moved on by another command since the decision was taken."""

    def __init__(self, stream: str, expected: int) -> None:
        super().__init__(
            f"{stream} has moved on since version {expected}: another command was recorded first"
        )
        self.stream = stream
        self.expected = expected


class OtherCommand(Exception):
    """The command's id is already in the log, recorded for a command with other content."""

    def __init__(self, stream: str, command_id: str) -> None:
        super().__init__(
            f"{stream} has already recorded a command with the id {command_id} and other content; "
            "a changed command needs a new id"
        )
        self.stream = stream
        self.command_id = command_id


class Altered(Exception):
    """What stands in the log is not what was recorded.

    `version` is the version at which it shows, `what` says how; both are in the sentence too.
    """

    def __init__(self, stream: str, version: int, what: str) -> None:
        super().__init__(f"the log of {stream} is not as it was recorded: version {version} {what}")
        self.stream = stream
        self.version = version
        self.what = what


class UnknownSeal(Altered):
    """An append is sealed with a key that is not known here: neither proved nor disproved."""

    def __init__(self, stream: str, version: int, key: str) -> None:
        super().__init__(stream, version, f"is sealed with the key {key}, which is not known here")
        self.key = key


class Unreadable(Exception):
    """The log is as it was recorded, but this release has no meaning for one of its events."""

    def __init__(self, stream: str, version: int, what: str) -> None:
        super().__init__(f"version {version} of {stream} cannot be read by this release: {what}")
        self.stream = stream
        self.version = version


class Unavailable(trouble.Unavailable):
    """The log cannot be used just now; an append that raises it may be sent again as it is."""
