"""What is in the way of a notice: of all of them, or of one."""

from __future__ import annotations


class Down(Exception):
    """The mail server cannot be used now: every notice waits. The text is the kind of error."""


class NoAnswer(Down):
    """The server went silent on a message: it may have it, or not."""


class NotTaken(Exception):
    """The server does not take this message now; others it may. The text is a code."""
