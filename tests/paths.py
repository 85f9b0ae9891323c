"""The ordinary paths of the practice, step by step: played over the domain, through the workflow on
a real server, and through `rj`.
"""

from __future__ import annotations

from tests import paths_choosing, paths_coming, paths_meeting, paths_passing
from tests.steps import Path, Step, referred, step

PATHS: dict[str, Path] = {
    name.lower(): value
    for paths in (paths_passing, paths_choosing, paths_coming, paths_meeting)
    for name, value in vars(paths).items()
    if isinstance(value, Path)
}
"""Every path, by its short name."""

__all__ = ["PATHS", "Path", "Step", "referred", "step"]
