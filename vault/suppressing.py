"""The suppression entries: that somebody who was erased asked not to be contacted.

Kept as digests under a key of their own, which only the matcher can ask: yes or no. Nothing leads
from one back to a case, a name or a date.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING

from jellyfish import metaphone
from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from vault.matching.likeness import variants
from vault.tables import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vault.database import Database
    from vault.details import PartyDetails
    from vault.matching.keys import MatchingKeys

_DIGITS = 9
"""Digits of a telephone number at its end by which it is known."""
_NO_DIGITS = re.compile(r"\D+")
_THERE = (
    select(SUPPRESSED.c.token).where(SUPPRESSED.c.token.in_(bindparam("tokens", expanding=True)))
).limit(1)


class Suppressing:
    """The entries. Raises `Unavailable` and `KeyMissing` from every method."""

    def __init__(self, database: Database, keys: MatchingKeys) -> None:
        self._database = database
        self._keys = keys

    def add(self, known: Iterable[PartyDetails]) -> int:
        """Keep entries for somebody with these details; return how many there are to keep.

        May be repeated. None is made of a name alone: too many people have it.
        """
        made = self._tokens(known)
        if made:
            kind = sqlite if self._database.is_sqlite else postgresql
            wanted = kind.insert(SUPPRESSED).on_conflict_do_nothing()
            for token in sorted(made):
                self._database.run(wanted, {"token": token})
        return len(made)

    def has(self, details: PartyDetails) -> bool:
        """Say whether somebody like this was erased who asked not to be contacted."""
        made = self._tokens([details])
        return bool(made) and bool(self._database.rows(_THERE, {"tokens": sorted(made)}))

    def _tokens(self, known: Iterable[PartyDetails]) -> frozenset[bytes]:
        plain = {one for details in known for one in _facts(details)}
        if not plain:
            return frozenset()
        secret = self._keys.current().secret
        return frozenset(hmac.digest(secret, one.encode(), hashlib.sha256) for one in plain)


def _facts(details: PartyDetails) -> Iterator[str]:
    figures = _NO_DIGITS.sub("", details.phone or "")[-_DIGITS:]
    for name in variants(details):
        sounds = " ".join(sorted(metaphone(part) for part in name))
        if details.born is not None:
            yield f"born {details.born.isoformat()} {sounds}"
        if len(figures) == _DIGITS:
            yield f"phone {figures} {sounds}"
        if details.email:
            yield f"email {details.email.casefold()} {sounds}"
