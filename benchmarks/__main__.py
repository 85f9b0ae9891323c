"""`python -m benchmarks [commands|log|replay|waiting|recovery|matching|audit|looking|views …]
[--large]`."""

from __future__ import annotations

import importlib
import sys

from logs import set_up

KINDS = (
    *("commands", "log", "replay", "waiting", "recovery", "matching", "audit", "looking"),
    "views",
)


def main() -> None:
    """Measure what is named, or everything; the large sizes with `--large`."""
    named = [a for a in sys.argv[1:] if not a.startswith("--")] or list(KINDS)
    unknown = [a for a in named if a not in KINDS]
    if unknown:
        raise SystemExit(f"there is no benchmark {unknown[0]}; there are {', '.join(KINDS)}")
    large = "--large" in sys.argv
    set_up("pretty", "error")
    for name in named:
        importlib.import_module(f"benchmarks.{name}").measure(large=large)


if __name__ == "__main__":
    main()
