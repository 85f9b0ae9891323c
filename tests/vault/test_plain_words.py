"""Known words are in no file of either database: tables, journals, logs of the server."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.vault.conftest import AT, CASE, LATER, raw
from vault.details import DETAILS, PartyDetails

if TYPE_CHECKING:
    from tests.vault.conftest import Place
    from vault import Vault

SAID = "Zoë Invented-Fennimarsh would like to know why he chose her door."
NAME = "Tamsin Fennimarsh-Example"
SCANNED = b"%PDF-1.7 a letter by Ferdinand Nowhere-Fennimarsh"
IN_ALL = "Fennimarsh"


def appearances() -> list[bytes]:
    """Return how the words would look if they were not encrypted, and digests of them."""
    found = [IN_ALL.encode(), IN_ALL.encode("utf-16-le"), IN_ALL.encode().hex().encode()]
    for plain in (SAID.encode(), NAME.encode(), SCANNED):
        digest = hashlib.sha256(plain)
        whole = len(plain) // 3 * 4
        found += [base64.b64encode(plain)[:whole], digest.digest(), digest.hexdigest().encode()]
    return found


def files(place: Place) -> dict[str, bytes]:
    if place.is_sqlite:
        return dict(raw(*place.folders))
    place.texts("CHECKPOINT")
    ((folder,),) = place.texts("SHOW data_directory")
    # As they lie on the disk: by their paths, since many have the same name. The server keeps the
    # databases of many tests; what it has not written to since holds nothing of this one.
    everything = (path for path in Path(folder).rglob("*") if path.is_file())
    written = (path for path in everything if path.stat().st_mtime >= place.since - 1)
    return {str(path): path.read_bytes() for path in written}


@pytest.fixture
def filled(vault: Vault) -> Vault:
    kept = [vault.put(CASE, "V1", SAID, kind="statement", at=AT)]
    details = PartyDetails(name=NAME).serialise()
    kept.append(vault.put(CASE, "O1", details, kind=DETAILS, at=AT))
    kept.append(vault.put_file(CASE, "O1", io.BytesIO(SCANNED), kind="letter", at=AT))
    vault.put(CASE, "S1", SAID + " A draft.", kind="note", at=AT)
    vault.put(CASE, "C1", SAID + " To be erased.", kind="note", at=AT)
    vault.keep(CASE, kept)
    vault.erase_person(CASE, "C1")
    return vault


def test_no_known_words_are_in_any_file(filled: Vault, place: Place) -> None:
    for moment in ("in use", "closed"):
        there = files(place)
        assert len(there) >= (5 if moment == "in use" else 3)
        found = [
            (moment, name, form)
            for name, content in there.items()
            for form in appearances()
            if form in content
        ]
        assert found == []
        filled.sweep(LATER, lambda _s, _t: False)
        filled.compact()
        filled.close()


def test_the_search_finds_what_is_not_encrypted(filled: Vault, place: Place) -> None:
    place.texts("UPDATE vault_texts SET kind = :said WHERE owner = 'V1'", said=SAID)
    there = files(place)
    assert any(SAID.encode() in content for content in there.values())


def test_only_ids_codes_and_times_stand_in_plain(filled: Vault, place: Place) -> None:
    encrypted = {"sealed", "wrapped"}
    tables = [
        place.texts("SELECT * FROM vault_texts"),
        place.texts("SELECT * FROM vault_chunks"),
        place.texts("SELECT * FROM vault_erased"),
        place.keys("SELECT * FROM vault_keys"),
        place.keys("SELECT * FROM vault_destroyed"),
    ]
    for rows in tables:
        assert rows
        for row in rows:
            plain = {name: v for name, v in row._asdict().items() if name not in encrypted}
            assert all(isinstance(v, int) or " " not in v for v in plain.values()), plain
