"""Whose data are in no export: those that were or are being erased, or are kept and not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.case import Case


def withheld(case: Case) -> frozenset[str]:
    """Return the people of whom an export tells nothing, by their names in the case.

    `domain.texts.CASE` among them means the case itself, and so all of it.
    """
    return frozenset(
        who
        for who, one in case.data.by_party.items()
        if one.restriction or one.erasing or one.erasures
    )
