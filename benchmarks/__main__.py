"""`python -m benchmarks [KIND …] [--large]`: what it costs, against a floor measured beside it."""

from __future__ import annotations

import argparse
import importlib

KINDS = (
    *("commands", "log", "replay", "waiting", "recovery", "matching", "audit", "looking"),
    "views",
)


def main() -> None:
    """Measure what is named, or everything; the large sizes with `--large`."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure what things cost, against a floor measured in the same run.",
    )
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; or all")
    parser.add_argument("--large", action="store_true", help="the large sizes, which take an hour")
    asked = parser.parse_args()
    for name in asked.kinds:
        if name not in KINDS:
            parser.error(f"there is no benchmark {name}; there are {', '.join(KINDS)}")
    # Not above: what other processes begin with is this file.
    from logs import set_up  # noqa: PLC0415

    set_up("pretty", "error")
    for name in asked.kinds or KINDS:
        importlib.import_module(f"benchmarks.{name}").measure(large=asked.large)


if __name__ == "__main__":
    main()
