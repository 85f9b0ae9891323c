"""What is wrong with a command before any rule is asked."""

from __future__ import annotations


class Nonsense(Exception):
    """The command does not make sense, whoever asks.

    `problems` are sentences for people; they name fields and ids, never the values typed in.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
