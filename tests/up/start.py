"""Runs the supervisor as `rj up` would; its command line names children and circumstances.

`start.py [--nobody] [--limit BYTES] [--no-hang-up] [--fail-on-ready] CHILD…`: a child is
`temporal`, `worker`, or a stand-in as NAME:WAY,WAY. Settings come from the environment.
"""

import asyncio
import os
import resource
import signal
import sys
from pathlib import Path

from settings import Settings
from up import words
from up.child import Child
from up.environment import own
from up.keeper import Patience
from up.place import Place
from up.process import Process
from up.run import run
from up.running import Running
from up.temporal import TEMPORAL
from up.worker import WORKER

NOBODY = 65534
STAND_IN = Path(__file__).with_name("stand_in.py")


def stand_in(described: str) -> Child:
    name, _, ways = described.partition(":")

    async def ready(place: Place, process: Process) -> None:
        await process.output.says(f"{name} is there")

    return Child(
        name=name,
        title=f"The {name}",
        command=lambda place: [
            sys.executable,
            str(STAND_IN),
            name,
            str(place.folder / "stopped"),
            *ways.split(","),
        ],
        environment=own,
        ready=ready,
        ready_within=0.5 if "deaf" in ways else 30.0,
        stop_within=1.0 if "impatient" in ways else 20.0,
    )


async def on_ready(running: Running) -> None:
    words.say(f"on_ready: {running.model_dump_json()}")
    if "--fail-on-ready" in sys.argv:
        raise ValueError("the first set-up did not work")


def main() -> int:
    asked = sys.argv[1:]
    if "--limit" in asked:
        place = asked.index("--limit")
        limit = int(asked[place + 1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        del asked[place : place + 2]
    if "--no-hang-up" in asked:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if "--nobody" in asked and os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    table = {"temporal": TEMPORAL, "worker": WORKER}
    names = [word for word in asked if not word.startswith("--")]
    children = [table.get(name) or stand_in(name) for name in names]
    patience = Patience(first_pause=0.05, calm=0.5, quick_deaths=3)
    return asyncio.run(run(Settings(), on_ready=on_ready, children=children, patience=patience))


if __name__ == "__main__":
    # Nobody may be there to hear: Python would make an exit code of that, after all is done.
    os._exit(main())
