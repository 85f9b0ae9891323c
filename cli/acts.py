"""The table of acts as it is in force: who may do what, and what keeps them in date for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.wording import words_of
from domain.matrix import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.matrix import Facilitating, Matrix, Sensitively

COLUMNS = ("act", "who", "in date means")


def rows(matrix: Matrix) -> Iterator[Sequence[str]]:
    """Yield each act with who may do it and what keeps them in date, in the words of staff."""
    informed = "any training" if matrix.inform == DEFAULT.inform else _any(matrix.inform.any_of)
    yield "inform, discuss, take an enquiry or a referral", informed, "trained once"
    street = matrix.local_resolution
    days = street.refresher_days
    yield (
        "local resolution",
        f"{_any(street.kinds)}, trained for it",
        f"refreshed within {days} days" if days else "trained once",
    )
    dated = _dates(matrix)
    yield "facilitate a standard case", _levels(matrix.standard), dated
    yield "facilitate a sensitive or complex case", _sensitively(matrix.sensitive_complex), dated
    supervising = _any(matrix.supervise.any_of)
    yield "allocate, countersign, decide about a conflict", supervising, "trained once"
    yield "protect: a no, a stop, a danger, a correction", "anybody signed in", "nothing"


def stricter(matrix: Matrix) -> tuple[str, ...]:
    """Return the parts of the matrix that were set to more than the table of acts asks for."""
    own, table = matrix.model_dump(), DEFAULT.model_dump()
    return tuple(
        f"{act}.{field}"
        for act, fields in own.items()
        for field, value in fields.items()
        if value != table[act][field]
    )


def _dates(matrix: Matrix) -> str:
    asked = matrix.in_date
    hours = "/".join(
        f"{n:g}" for n in (asked.hours_foundation, asked.hours_intermediate, asked.hours_advanced)
    )
    return (
        f"supervised within {asked.supervision_weeks} weeks, observed within"
        f" {asked.observed_days} days, a process or training within {asked.practised_days} days,"
        f" {hours} hours of development a year by level, {asked.approved_share:.0%} approved"
    )


def _levels(asked: Facilitating) -> str:
    return (
        f"{words_of(asked.anybody)} at least; to lead {words_of(asked.lead)},"
        f" to co-facilitate {words_of(asked.co)} at least"
    )


def _sensitively(asked: Sensitively) -> str:
    more = f" and {_all(asked.endorsements)}" if asked.endorsements else ""
    return (
        f"{_levels(asked)}; the lead has the endorsements that the case asks for{more}, and so"
        f" has whoever assesses risk, or is {words_of(asked.assessor)} where it asks for none"
    )


def _any(codes: Iterable[str]) -> str:
    return " or ".join(words_of(code) for code in codes)


def _all(codes: Iterable[str]) -> str:
    return " and ".join(words_of(code) for code in codes)
