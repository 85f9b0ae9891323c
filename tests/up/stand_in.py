"""A child that stands in for a real one. Its ways are named on its command line:

`stubborn` ignores SIGTERM; `crash` ends at once with code 7; `deaf` never says that it is ready and
`slow` takes a second; `brief` ends with code 9 a moment after it was ready, `steady` after a while;
`parent` starts a process of its own; `loud` says a lot; `limits` says how large a core file may be.
Before them come its name and a file in which it notes its stop.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

name, note, *ways = sys.argv[1:]


def stop(number: int, frame: object) -> None:
    with Path(note).open("a") as file:
        file.write(f"{name}\n")
    sys.exit(0)


signal.signal(signal.SIGTERM, signal.SIG_IGN if "stubborn" in ways else stop)
if "crash" in ways:
    print("a plain reason", flush=True)  # noqa: T201
    sys.exit(7)
if "parent" in ways:
    subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)", "left behind"],
        preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN),  # noqa: PLW1509
    )
if "limits" in ways:
    print(f"core file: {resource.getrlimit(resource.RLIMIT_CORE)}", flush=True)  # noqa: T201
if "loud" in ways:
    print("x" * 300_000, flush=True)  # noqa: T201
if "slow" in ways:
    time.sleep(1)
if "deaf" not in ways:
    print(f"{name} is there, process {os.getpid()}", flush=True)  # noqa: T201
if "brief" in ways or "steady" in ways:
    time.sleep(0.05 if "brief" in ways else 0.7)
    sys.exit(9)
while True:
    time.sleep(60)
