"""Types lines of `rj` one after the other in one process, which spares starting Python for each.

Each line on standard input is JSON: what stands after `rj`, what standard input holds, and who
acts. Each line of output is JSON: the exit code, and what was printed where.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from cli.__main__ import run


def _typed(line: dict[str, Any]) -> dict[str, Any]:
    os.environ["RJ_ACTOR"] = line["actor"]
    kept = sys.stdin, sys.stdout, sys.stderr
    given, out, err = (
        io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
        for content in (line["input"].encode(), b"", b"")
    )
    sys.stdin, sys.stdout, sys.stderr = given, out, err
    try:
        code = run(line["argv"])
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    return {"code": code, "out": _written(out), "err": _written(err)}


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


if __name__ == "__main__":
    for asked in sys.stdin:
        sys.stdout.write(json.dumps(_typed(json.loads(asked))) + "\n")
        sys.stdout.flush()
