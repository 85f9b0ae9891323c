"""How a table is said: its columns, its percentages, and what stands for what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.parts import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.counting import Row
    from reports.given import Protected

HIDDEN = "*"
LEGEND = "* hidden: fewer than 5, or what would give such a number away"
INVENTED = "demonstration: everything that is counted here is plainly invented"
WORKING = "working figures: not to be passed on; what is published is published with --publish"


def is_rate(table: Protected) -> bool:
    """Say whether the table tells of how many something holds."""
    return table.asked.definition.met is not None


def share(row: Row) -> float | None:
    """Return of which share of those counted it holds, 0 to 1; None where that is hidden."""
    return row.met / row.counted if row.met is not None and row.counted else None


def columns(table: Protected) -> tuple[str, ...]:
    """Return what stands over the columns."""
    return ("", "of", "of whom", "%") if is_rate(table) else ("", "number")


def lines(table: Protected, words: Callable[[str], str]) -> list[Sequence[str]]:
    """Return the rows as they are read, the total last; `words` says a part in words."""
    named = [(words(row.part), row) for row in table.rows]
    return [_line(table, name, row) for name, row in (*named, ("all", table.total))]


def _line(table: Protected, name: str, row: Row) -> Sequence[str]:
    if not is_rate(table):
        return name, _number(row.counted)
    part = share(row)
    return name, _number(row.counted), _number(row.met), HIDDEN if part is None else f"{part:.0%}"


def _number(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def has_hidden(table: Protected) -> bool:
    """Say whether anything in it is hidden."""
    return any(HIDDEN in line[1:] for line in lines(table, str))


def stands(table: Protected) -> str:
    """Return what a table may be taken for: published, working figures, or a demonstration."""
    if table.demo:
        return f"{INVENTED}; {WORKING}"
    if table.published_at is None:
        return WORKING
    return f"published {table.published_at:%Y-%m-%d}; what came in since is not in it"


def said(table: Protected) -> list[str]:
    """Return the sentences that stand beside the table: what it counts, when, and what not."""
    of = table.asked.definition
    told = [f"{of.title} ({of.name}), {table.months}"]
    told.append(f"Counted: {of.counted.sentence}.")
    if of.met is not None:
        told.append(f"Of whom: {of.met.sentence}.")
    if of.cohort:
        told.append(f"Period: {of.cohort}.")
    if table.asked.by not in (NOTHING, "kind"):
        told.append(f"Broken down by {table.asked.by}.")
    if of.beware:
        told.append(f"Beware: {of.beware}.")
    if of.reads:
        told.append(f"Reads {of.reads} in the vault: only counts leave it.")
    if table.middle is not None:
        told.append(f"The middle one: {table.middle} working days.")
    standing = stands(table)
    told.append(f"{standing[0].upper()}{standing[1:]}.")
    if has_hidden(table):
        told.append(f"{LEGEND}.")
    return told
