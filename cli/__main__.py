"""The entry point of `rj`: one line in, one exit code out, never a traceback."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from cli import output
from cli.ending import Code, nonsense
from cli.failing import failure_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def main() -> NoReturn:
    """Run the line that was typed, say what went wrong if anything did, and exit."""
    code = run(sys.argv[1:])
    # Temporal's library may crash the interpreter on its way out (sdk-python issue 300), so that
    # what was done would look like a failure.
    os._exit(_flushed(code))


def run(tokens: Sequence[str]) -> int:
    """Run the line and return its exit code; whatever goes wrong is told here."""
    output.prepare()
    try:
        return _run(tokens)
    except KeyboardInterrupt:
        output.note("")
        return Code.INTERRUPTED
    except BrokenPipeError:
        return Code.DONE
    except Exception as error:  # noqa: BLE001 - the last boundary: it is told, with an incident id
        failure = failure_of(error)
        try:
            output.tell_failure(failure, as_json="--json" in tokens)
        except OSError as unwritten:
            _tell_unwritten(unwritten)
        return failure.code


def _run(tokens: Sequence[str]) -> int:
    from cyclopts.exceptions import CycloptsError  # noqa: PLC0415 - within what is told

    from cli.app import app  # noqa: PLC0415
    from cli.mistyped import mistyped  # noqa: PLC0415

    if any("\udc80" <= character <= "\udcff" for token in tokens for character in token):
        raise nonsense("what was typed is not text in UTF-8")
    rj = app()
    try:
        return rj(list(tokens), exit_on_error=False, print_error=False) or Code.DONE
    except CycloptsError as error:
        raise mistyped(error, [name for name in rj if not name.startswith("-")]) from None


def _tell_unwritten(error: OSError) -> None:
    output.note(f"rj: the result cannot be written: {error.strerror}")


def _flushed(code: int) -> int:
    """Write out what is still held; a result that cannot be written is not done."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return code
    except OSError as error:
        _tell_unwritten(error)
        code = code or Code.UNAVAILABLE
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    main()
