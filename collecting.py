"""How seldom Python collects in a process that reads and folds many histories."""

from __future__ import annotations

import gc
from functools import cache

AFTER = (20_000, 20, 50)
"""How much has to be made before Python looks for what nobody needs any more. By default it looks
through what is kept in memory so often that it takes a sixth of all processor time."""


@cache
def seldom() -> None:
    """Have Python collect seldom from now on, and never look through what was made until now.

    To be called once everything is loaded: modules and models stay. Once for each process.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*AFTER)
