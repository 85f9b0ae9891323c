"""(f) Finding people again among many, against a plain indexed look-up of one surname."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert

from benchmarks.postgres import postgres
from benchmarks.printing import Line, fact, heading, show
from domain.ids import reference
from keys import KeyKind, Keyring
from tests.invented_people import as_somebody_else_writes_it, people
from vault import open_vault
from vault.ciphers import digest, pad, random_id, seal
from vault.data_keys import KEYS
from vault.details import DETAILS, OffenceDetails
from vault.matching.tokens import FORM, tokens
from vault.tables import KEPT, MATCHED, TEXTS, TOKENS
from vault.texts import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vault import Vault
    from vault.details import PartyDetails

ROUNDS = 40
LOT = 2000
AT = datetime(2026, 3, 2, tzinfo=UTC)


def measure(*, large: bool) -> None:
    """Print what one search costs among so many invented people, on both databases."""
    number = 100_000 if large else 10_000
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        raw = _raw(place / "raw.db", number)
        urls = (f"sqlite:///{place / 'vault.db'}", f"sqlite:///{place / 'keys.db'}")
        _database("SQLite", number, urls, place / "k1", raw)
        with postgres() as make:
            _database("PostgreSQL", number, (make(), make()), place / "k2", raw)


def _database(
    name: str, number: int, urls: tuple[str, str], keys: Path, raw: Callable[[str], int]
) -> None:
    ring = Keyring(keys, environment={})
    ring.create(KeyKind.MASTER)
    with closing(open_vault(*urls, ring)) as vault:
        heading(f"(f) somebody found again among {number:,} invented people in {name}: ms")
        known = list(people(number, seed=7))
        began = time.perf_counter()
        _fill(vault, known)
        fact("written with their tokens", f"{number / (time.perf_counter() - began):,.0f} a second")
        chance = random.Random(8)  # noqa: S311 - it need not be secret
        ours, floor, found = [], [], 0
        for person in chance.sample(known, ROUNDS):
            again = as_somebody_else_writes_it(person, chance)
            began = time.perf_counter()
            found += bool(vault.matching.resembling(again, OffenceDetails()))
            ours.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            raw((person.name or "").split()[-1])
            floor.append((time.perf_counter() - began) * 1000)
        show(Line("one search", ours, floor, "ms", "within 100 ms"))
        fact("the slowest of them", f"{max(ours):.0f} ms")
        fact("searches with an answer", f"{found} of {ROUNDS}")


def _fill(vault: Vault, known: Sequence[PartyDetails]) -> None:
    """Put everybody in as one case each, many in a transaction: one by one takes an hour."""
    texts, keys = vault._databases
    matching = vault._matching_keys.current()
    for start in range(0, len(known), LOT):
        rows: dict[str, list[dict[str, object]]] = {t: [] for t in ("t", "k", "m", "o")}
        for n, person in enumerate(known[start : start + LOT], start):
            row = {"id": random_id("T"), "stream": reference("RJ", f"bench-{n}"), "owner": "V1"}
            row |= {"kind": DETAILS, "about": "", "state": KEPT, "put_at": n}
            key_id, secret = random_id("K"), random.Random(n).randbytes(32)  # noqa: S311
            named = ("rj data key", key_id, row["stream"], "V1")
            key = {"id": key_id, "stream": row["stream"], "owner": "V1"}
            rows["k"].append(key | vault._wrapping.wrap(secret, named))
            sealed = seal(secret, pad(person.serialise().encode()), place_of(row))
            rows["t"].append(
                row | {"key_id": key_id, "digest": digest(sealed), "sealed": sealed, "chunks": 0}
            )
            rows["m"].append({"text_id": row["id"], "key_id": matching.id, "form": FORM})
            rows["o"] += [
                {"token": one, "text_id": row["id"]} for one in tokens(person, matching.secret)
            ]
        with keys.together() as connection:
            connection.execute(insert(KEYS), rows["k"])
        with texts.together() as connection:
            connection.execute(insert(TEXTS), rows["t"])
            connection.execute(insert(MATCHED), rows["m"])
            connection.execute(insert(TOKENS), rows["o"])


def _raw(file: Path, number: int) -> Callable[[str], int]:
    """Return a look-up of the rows with one surname, in a plain table with an index on it."""
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE raw (surname TEXT, given TEXT, born TEXT)")
    rows = ((*(p.name or "").rpartition(" ")[::2], str(p.born)) for p in people(number, seed=7))
    connection.executemany("INSERT INTO raw VALUES (?2, ?1, ?3)", rows)
    connection.execute("CREATE INDEX by_surname ON raw (surname)")
    connection.commit()
    asked = "SELECT * FROM raw WHERE surname = ?"
    return lambda surname: len(connection.execute(asked, (surname,)).fetchall())
