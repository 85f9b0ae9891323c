"""`python -m audit.verify EXPORT --key … --checkpoint …`: was this record altered?

Exit code 0: verified. 1: altered; every finding is named. 2: it could not be verified, for the
reason that is told, whatever it is. Python itself ends with 1 where a program cannot be loaded or
breaks off, so nothing gets out of here that is not one of the three.
"""

from __future__ import annotations

import sys

_NEEDS = "it needs Python 3.11 or newer, the whole folder audit/verify and the package cryptography"


def run() -> int:
    """Verify what the line names; return the exit code."""
    try:
        from audit.verify.line import main  # noqa: PLC0415 - what it lacks is no alteration

        return main(sys.argv[1:])
    except ImportError as error:
        why = f"{error.name or 'something'} cannot be loaded: {_NEEDS}"
    except BaseException as error:  # noqa: BLE001 - whatever is not foreseen is not a verification
        why = f"something unforeseen went wrong: {type(error).__name__}; {_NEEDS}"
    print(f"COULD NOT VERIFY: {why}", file=sys.stderr)  # noqa: T201 - a program of its own
    return 2


if __name__ == "__main__":
    sys.exit(run())
