"""A year as it is asked for: by how many cases, and from which seed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cli.demo.enter import Cast
from cli.demo.year.deck import cases_of
from cli.demo.year.team import TEAM, upkeep
from domain.ids import PRACTITIONER_PREFIX

if TYPE_CHECKING:
    from store import Log

SEED = 1
"""The seed of a year for which nobody names one."""
MOST_CASES, LAST_SEED = 2_000, 999_999


def year(seed: int, cases: int) -> Cast:
    """Return the year of this seed with so many cases: fewer are the first of more."""
    return Cast(f"year-{seed}:", TEAM, upkeep, tuple(cases_of(seed, cases)))


def seed_there(log: Log) -> int | None:
    """Return the seed of the year that the log holds, or has begun to; None if it has none."""
    staff = (one for one in log.streams() if one.startswith(f"{PRACTITIONER_PREFIX}-"))
    ids = (log.load(one)[0].recorded.command for one in staff)
    found = (re.fullmatch(r"demo:[0-9a-f]{16}:year-([0-9]+):[a-z]+:0", one) for one in ids)
    return next((int(one[1]) for one in found if one), None)
