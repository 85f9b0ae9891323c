"""What is wrong with a line that cannot be understood, without repeating what was typed."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from cyclopts.exceptions import (
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from cli.ending import Ended, nonsense

if TYPE_CHECKING:
    from collections.abc import Iterable

_A_NAME = re.compile(r"(--?)?[A-Za-z][A-Za-z0-9_-]{0,40}")


def mistyped(error: CycloptsError, words: Iterable[str]) -> Ended:
    """Return the failure of a line that does not parse; `words` are the verbs that there are."""
    return nonsense(_sentence(error, words))


def close_to(typed: str, known: Iterable[str]) -> str:
    """Return ": did you mean …?" for what is close to what was typed; nothing if nothing is."""
    near = difflib.get_close_matches(typed, list(known), n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _sentence(error: CycloptsError, words: Iterable[str]) -> str:
    match error:
        case UnknownOptionError():
            return _unknown_option(error)
        case UnknownCommandError():
            typed = (error.unused_tokens or [""])[0]
            return f"there is no `rj {_shown(typed)}`{close_to(typed, words)} `rj --help` lists all"
        case UnusedCliTokensError():
            return (
                f"{len(error.unused_tokens or [])} more on the line than this takes; "
                "what has spaces in it goes between quotation marks, and --help says what it takes"
            )
        case _:
            return f"{_argument(error)} {_wrong(error)}; --help says what it takes"


def _wrong(error: CycloptsError) -> str:
    if isinstance(error, MissingArgumentError):
        return "needs a value" if error.keyword else "is missing"
    return "is given twice" if isinstance(error, RepeatArgumentError) else "is not what it takes"


def _unknown_option(error: UnknownOptionError) -> str:
    typed = (error.token.keyword or error.token.value or "").partition("=")[0]
    known = [name for argument in error.argument_collection for name in argument.names]
    return f"there is no option {_shown(typed)} here{close_to(typed, known)}"


def _argument(error: CycloptsError) -> str:
    keyword = getattr(error, "keyword", None) or getattr(
        getattr(error, "token", None), "keyword", None
    )
    if keyword:
        return str(keyword)
    return error.argument.name if error.argument else "something on the line"


def _shown(typed: str) -> str:
    """Names may be told back; anything else on the line may be somebody's words."""
    return typed if _A_NAME.fullmatch(typed) else "…"
