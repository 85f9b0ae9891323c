"""Types one line of `rj` as a user who may read everything and write nothing here.

As root its rights are given up, once all that the line needs is loaded from root's own folders.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import cli.everyday
import cli.send
import cli.told  # noqa: F401 - loaded as long as it may be
from cli.__main__ import main
from cli.app import app

NOBODY = 65534

if __name__ == "__main__":
    app()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    main()
