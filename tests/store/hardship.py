"""A process that appends under hardship and says what became of it; started by the tests.

`hardship.py stranger URL KEYS CREATE`: gives up root's rights, if it has them, then opens the log
and appends once. `hardship.py quota URL KEYS BYTES`: appends, with no file allowed to grow past
that size, until it cannot; then it is allowed to again and sends the last command once more.
The last line of output is JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from keys import KeyKind, Keyring
from store import Unavailable, open_log
from tests.store.sample import CASE, asked, step

NOBODY = 65534


def stranger(url: str, ring: Keyring, create: str) -> dict[str, object]:
    signer, verifier = ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    try:
        log = open_log(url, signer, verifier, create=create == "create")
        log.append(CASE, len(log.load(CASE)), asked("command-stranger"), [step()])
    except Unavailable as error:
        return {"trouble": error.trouble, "sentence": str(error)}
    return {"trouble": None}


def quota(url: str, ring: Keyring, size: str) -> dict[str, object]:
    log = open_log(url, ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
    told = 0
    try:
        while True:
            log.append(CASE, told, asked(f"command-{told}"), [step(told)])
            told += 1
    except Unavailable as error:
        found = {"trouble": error.trouble, "sentence": str(error), "told": told}
    found["recorded"] = len(log.load(CASE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    again = log.append(CASE, told, asked(f"command-{told}"), [step(told)])
    found["replayed"] = again.replayed
    log.close()
    return found


if __name__ == "__main__":
    how, url, keys, more = sys.argv[1:]
    do = {"stranger": stranger, "quota": quota}[how]
    sys.stdout.write(json.dumps(do(url, Keyring(Path(keys), environment={}), more)) + "\n")
