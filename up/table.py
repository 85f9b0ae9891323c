"""The children of `rj up`, in the order in which they start; they stop in reverse."""

from __future__ import annotations

from up.child import Child
from up.temporal import TEMPORAL
from up.worker import WORKER

CHILDREN: tuple[Child, ...] = (TEMPORAL, WORKER)
