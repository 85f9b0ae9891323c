"""A process that writes to a log and says each answer on its output; started by the tests.

`writer.py steady URL KEYS FROM`: records command after command, from number FROM on, until killed.
`writer.py racing URL KEYS SEED COUNT`: says `ready`, waits for a line of input, and sends COUNT
commands in an order of its own, each once to three times, deciding anew after each conflict.
An answer is a line `command first-version last-hash`.
"""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from keys import KeyKind, Keyring
from store import Appended, Conflict, Log, open_log
from tests.store.sample import CASE, asked, step


def size(number: int) -> int:
    """Return how many events command `number` records: one to three."""
    return 1 + number % 3


def before(number: int) -> int:
    """Return the version that stands before what command `number` records."""
    return sum(size(earlier) for earlier in range(number))


def command(number: int) -> str:
    return f"command-{number:05}"


def send(log: Log, number: int, expected: int) -> Appended:
    drafts = [step(number) for _ in range(size(number))]
    return log.append(CASE, expected, asked(command(number)), drafts)


def say(number: int, answer: Appended) -> None:
    first, last = answer.entries[0], answer.entries[-1]
    sys.stdout.write(f"{command(number)} {first.version} {last.hash}\n")
    sys.stdout.flush()


def steady(log: Log, start: int) -> None:
    expected = before(start)
    for number in itertools.count(start):
        say(number, send(log, number, expected))
        expected += size(number)


def racing(log: Log, seed: int, count: int) -> None:
    order = random.Random(seed)  # noqa: S311 - not for a secret
    sendings = [n for n in range(count) for _ in range(order.randint(1, 3))]
    order.shuffle(sendings)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in sendings:
        while True:
            entries = log.load(CASE)
            known = tuple(e for e in entries if e.envelope.command == command(number))
            if known:
                say(number, Appended(known, replayed=True))
                break
            try:
                say(number, send(log, number, len(entries)))
            except Conflict:
                continue
            break


def main(how: str, url: str, keys: str, *numbers: str) -> None:
    ring = Keyring(Path(keys), environment={})
    log = open_log(url, ring.signer(KeyKind.SEAL), ring.verifier(KeyKind.SEAL), create=False)
    {"steady": steady, "racing": racing}[how](log, *map(int, numbers))
    log.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
