"""Run by tests as a process of its own: the access log where it cannot be used.

`hardship.py HOW URL SPOOL KEYS MORE` writes looks (`stranger`: as a user who may write nothing;
`quota`: with no file allowed to grow past MORE bytes, until it cannot; `killed`: dies by SIGKILL in
the middle of a merge, MORE says where). The last line of output is JSON.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from access import Access, NotWritten, Spool, open_access
from keys import KeyKind, Keyring
from store.seal import Seals
from tests.access.sample import look

NOBODY = 65534
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def access_at(url: str, spool: str, ring: Keyring) -> Access:
    signer, verifier = ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL)
    return Access(
        lambda: open_access(url, signer, verifier, create=False),
        Spool(Path(spool), Seals(signer, verifier)),
    )


def stranger(access: Access, _more: str) -> dict[str, object]:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    try:
        access.write(look())
    except NotWritten as error:
        return {"sentence": str(error)}
    return {"sentence": None}


def quota(access: Access, size: str) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
    told: list[str] = []
    sentence = ""
    try:
        while True:
            one = look()
            access.write(one)
            told.append(one.id)
    except NotWritten as error:
        sentence = str(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    one = look()
    access.write(one)
    return {"told": [*told, one.id], "sentence": sentence}


def killed(access: Access, where: str) -> dict[str, object]:
    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    log = access.log
    if where == "before":
        log.append = die  # type: ignore[method-assign]
    elif where == "between":
        os.ftruncate = die
    else:
        commit = log.append

        def once(*given: object) -> None:
            commit(*given)  # type: ignore[arg-type]
            die()

        log.append = once  # type: ignore[method-assign,assignment]
    access.merge()
    return {}


if __name__ == "__main__":
    how, url, spool, keys, more = sys.argv[1:]
    do = {"stranger": stranger, "quota": quota, "killed": killed}[how]
    opened = access_at(url, spool, Keyring(Path(keys), environment={}))
    sys.stdout.write(json.dumps(do(opened, more)) + "\n")
