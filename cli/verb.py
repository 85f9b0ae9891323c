"""What an everyday verb is: another name for a command, and what is typed without a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One everyday verb; everything else about it is the command's."""

    names: tuple[str, ...]
    command: str
    """Wire name of the command."""
    help: str
    places: tuple[str, ...] = ()
    """Fields typed after the case without their names, in this order."""
    opens: bool = False
    """Whether the case may be left out, to open a new one."""
    example: str = ""
    """What is typed after the case, to show it: plainly invented."""
    act: str = ""
    """What carries its line out, as `module:function`, if it is more than sent."""
