"""Types one line of `rj` as a user who may read everything and write nothing here.

As root its rights are given up, once all that the line needs is loaded from root's own folders.
"""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401 - loaded as long as it may be
import encodings.utf_8_sig  # noqa: F401
import io
import os
import sys
from contextlib import redirect_stderr
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import psycopg  # noqa: F401
import sqlalchemy

import cli.told  # noqa: F401
from cli.__main__ import main, run

NOBODY = 65534


def load_all() -> None:
    """Have everything loaded that is only loaded when it is first used."""
    sqlalchemy.create_engine("sqlite://").connect().close()
    with redirect_stderr(io.StringIO()):
        run(["pause", "RJ-00000000-0", "V1", "--command-id", "none"])


if __name__ == "__main__":
    load_all()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    main()
