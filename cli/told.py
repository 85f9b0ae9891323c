"""What is said of the failures that the other parts have words for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.ending import Code, Failure
from cli.typed import as_typed
from cli.wording import missing_words
from client import Denied, Nonsense, ReasonAsked, Refused, Unavailable, Unforeseen
from domain.rules import local_resolution as spot
from domain.words import LookReason
from keys import KeyMissing
from sentences import Wrong
from store import Altered, Unreadable
from store import Unavailable as LogUnavailable
from up.problem import Problem
from vault import Unavailable as VaultUnavailable
from vault import Unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from client.failures import Kept
    from domain.message import Refusal


_INFORMATION_THEN = (
    "so it is information and, if they wish, a referral: what was done already is recorded with"
    " --happened (a supervisor looks at it), what each was told with rj inform, and what they wish"
    " with rj refer, on the same case"
)


def told(error: BaseException) -> Failure | None:
    """Return what to say about this error; None if no part has words for it."""
    return next((say(error) for kind, say in _SAY.items() if isinstance(error, kind)), None)


def _refused(error: Refused) -> Failure:
    rules = [
        {"code": r.code, "reason": r.reason, "about": [*r.about], **_part_as_json(r)}
        for r in error.refusals
    ]
    sentences = tuple(
        f"{_part(r)}{r.code}: {_on_one_line(r.reason)}{_missing(r.about)}" for r in error.refusals
    )
    kept = sentences_of_kept(error.kept), kept_as_json(error.kept)
    said = (*sentences, *kept[0], *_instead(error.refusals))
    return Failure(Code.REFUSED, "refused", said, {"refusals": rules, **kept[1]})


def _instead(refusals: Iterable[Refusal]) -> tuple[str, ...]:
    """Return what to record where something was no resolution on the spot (rule N22)."""
    if not any(hasattr(spot, refusal.code) for refusal in refusals):
        return ()
    return (_INFORMATION_THEN,)


def sentences_of_kept(kept: Sequence[Kept]) -> tuple[str, ...]:
    """Return what to say of the parts of a visit that were recorded all the same; perhaps none."""
    if not kept:
        return ()
    parts = ", ".join(map(str, kept))
    said = "recorded all the same, since it stops, slows or protects"
    return (f"{said}: {parts}; leave it out when you send the rest again",)


def kept_as_json(kept: Sequence[Kept]) -> dict[str, Any]:
    """Return the same for programs."""
    return {"recorded": [{"part": k.part, "command": k.command} for k in kept]} if kept else {}


def _part(refusal: Refusal) -> str:
    return f"part {refusal.part} ({refusal.command}): " if refusal.part else ""


def _part_as_json(refusal: Refusal) -> dict[str, Any]:
    return {"part": refusal.part, "command": refusal.command} if refusal.part else {}


def _missing(about: Iterable[str]) -> str:
    """Return what is missing, and whose it is, in the words of staff."""
    named = (one.partition(":") for one in about)
    said = "; ".join(f"{whose}: {missing_words(what)}" for whose, _, what in named)
    return f" Missing of {said}." if said else ""


def _denied(error: Denied) -> Failure:
    return Failure(Code.REFUSED, "denied", (str(error),))


def _reason_asked(error: ReasonAsked) -> Failure:
    reasons = [as_typed(reason) for reason in LookReason]
    sentences = (str(error), f"--reason takes one of: {', '.join(reasons)}")
    return Failure(Code.REFUSED, "reason_asked", sentences, {"reasons": reasons})


def _nonsense(error: Nonsense) -> Failure:
    problems = tuple(_on_one_line(problem) for problem in error.problems)
    return Failure(Code.NONSENSE, "nonsense", problems, {"problems": list(problems)})


def _unavailable(error: Unavailable) -> Failure:
    details = {"command_id": error.command_id} if error.command_id else {}
    return Failure(Code.UNAVAILABLE, "unavailable", (str(error),), details)


def _out_of_reach(error: Exception) -> Failure:
    return Failure(Code.UNAVAILABLE, "unavailable", (str(error),))


def _incident(error: Unforeseen) -> Failure:
    return Failure(Code.UNFORESEEN, "unforeseen", (str(error),), {"incident": error.incident})


def _unfit(error: Unfit) -> Failure:
    return Failure(Code.NONSENSE, "nonsense", (str(error),), {"problems": [str(error)]})


def _altered(error: Altered | Unreadable) -> Failure:
    details = {"stream": error.stream, "version": error.version}
    return Failure(Code.UNFORESEEN, type(error).__name__.lower(), (str(error),), details)


def _unusable(error: Wrong) -> Failure:
    return Failure(Code.UNFORESEEN, "sentences", (str(error),))


def _problem(error: Problem) -> Failure:
    code = Code(error.ending)
    return Failure(code, code.name.lower(), (str(error),))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


_SAY: dict[type[BaseException], Callable[[Any], Failure]] = {
    Refused: _refused,
    Denied: _denied,
    ReasonAsked: _reason_asked,
    Nonsense: _nonsense,
    Unavailable: _unavailable,
    Unforeseen: _incident,
    LogUnavailable: _out_of_reach,
    VaultUnavailable: _out_of_reach,
    KeyMissing: _out_of_reach,
    Unfit: _unfit,
    Altered: _altered,
    Unreadable: _altered,
    Wrong: _unusable,
    Problem: _problem,
}
