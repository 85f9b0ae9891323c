"""The seal on each append: what it takes to make one, and what a bad one is taken for."""

from __future__ import annotations

from hashlib import sha256
from struct import pack
from typing import TYPE_CHECKING

import pytest

from keys import KeyKind, Keyring
from store import Altered, UnknownSeal, open_log
from store.seal import SEAL_LENGTH, leaf
from tests.store.sample import CASE, OTHER_CASE, asked, fill, step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store import Log
    from tests.store.attack import Attacker

    Reopened = Callable[[], Log]


@pytest.mark.parametrize("change", ["signature", "key", "form", "spare bits", "gone", "elsewhere"])
def test_a_bad_seal_is_found(
    log: Log,
    reopened: Reopened,
    attacker: Attacker,
    change: str,
) -> None:
    fill(log)
    was = attacker.state(6)
    body, seal = was[:-SEAL_LENGTH], was[-SEAL_LENGTH:]
    other = attacker.state(3)[-SEAL_LENGTH:]
    at = seal.index(b'"sig":"') + 7
    wrong = {
        "signature": (body + seal[:at] + other[at:], "has a seal that does not fit it"),
        "key": (body + seal.replace(seal[16:32], b"0" * 16), "is sealed with the key 0{16}"),
        "form": (body + seal[:-4] + b"!" + seal[-3:], "is not an envelope"),
        "spare bits": (body + seal[:-6] + bytes([seal[-6] + 1]) + seal[-5:], "is not an envelope"),
        "gone": (body + b"}", "ends its append without a seal"),
        "elsewhere": (body + other, "has a seal that does not fit it"),
    }
    changed, what = wrong[change]
    attacker.put(6, changed)
    with pytest.raises(Altered, match=what):
        reopened().load(CASE)


def test_a_seal_in_the_middle_of_an_append_is_found(
    log: Log,
    reopened: Reopened,
    attacker: Attacker,
) -> None:
    fill(log)
    attacker.put(5, attacker.state(5)[:-1] + attacker.state(6)[-SEAL_LENGTH:])
    with pytest.raises(Altered, match="version 5 has a seal in mid-append"):
        reopened().load(CASE)


def test_an_older_seal_is_found_by_verify(
    log: Log,
    reopened: Reopened,
    attacker: Attacker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The newest seal covers the chain before it; an older seal only counts where it stands last.

    Spoilt so that the chain still holds, it takes a forger with the newest key: `verify` sees it.
    """
    fill(log, appends=(1,))
    spoilt = (
        attacker.state(1)[: -SEAL_LENGTH + 41] + b"AAAA" + attacker.state(1)[-SEAL_LENGTH + 45 :]
    )
    attacker.put(1, spoilt)
    head = leaf(CASE, 1, "tested_step", spoilt).hex()
    forged = reopened()
    with pytest.raises(Altered):
        forged.load(CASE)
    monkeypatch.setattr(forged._seals, "good", lambda _: True)
    forged.append(CASE, 1, asked("command-1"), [step(2)])
    assert reopened().load(CASE)[1].envelope.previous == head
    with pytest.raises(Altered, match="version 1 has a seal that does not fit it"):
        reopened().verify(CASE)


def test_verify_checks_every_seal_and_counts_the_events(log: Log, reopened: Reopened) -> None:
    fill(log)
    assert reopened().verify(CASE) == 6
    assert reopened().verify(OTHER_CASE) == 0


def test_a_seal_of_an_unknown_key_is_neither_good_nor_bad(
    url: str, log: Log, tmp_path: Path
) -> None:
    fill(log)
    others = Keyring(tmp_path / "other keys", environment={})
    others.create_missing()
    stranger = open_log(url, None, others.verifier(KeyKind.SEAL), create=False)
    with pytest.raises(UnknownSeal, match="which is not known here"):
        stranger.load(CASE)
    stranger.close()


def test_a_changed_key_goes_on_the_old_seals_still_hold_and_who_has_it_open_finds_it(
    url: str, log: Log, keyring: Keyring, reopened: Reopened
) -> None:
    fill(log, appends=(1,))
    keyring.create(KeyKind.SEAL)
    newer = open_log(url, keyring.signer(KeyKind.SEAL), keyring.verifier(KeyKind.SEAL))
    newer.append(CASE, 1, asked("command-1"), [step(2)])
    assert newer.verify(CASE) == 2
    newer.close()
    assert log.verify(CASE) == 2
    assert reopened().verify(CASE) == 2


def test_nothing_is_appended_to_an_altered_head(
    log: Log,
    reopened: Reopened,
    attacker: Attacker,
) -> None:
    """Or the new seal would vouch for the alteration."""
    fill(log)
    attacker.change(6, b'"thread":"V1-O1"', b'"thread":"V1-O2"')
    for one in (log, reopened()):
        with pytest.raises(Altered):
            one.append(CASE, 6, asked("command-9"), [step(7)])
    assert attacker.count() == 6


def test_a_log_shorter_than_what_was_decided_on_is_not_appended_to(
    log: Log, attacker: Attacker
) -> None:
    fill(log)
    for version in (6, 5, 4):
        attacker.delete(version)
    with pytest.raises(Altered, match="version 6 has been there and is missing now"):
        log.append(CASE, 6, asked("command-9"), [step(7)])


def test_a_forged_event_with_the_right_link_is_found(
    log: Log, reopened: Reopened, attacker: Attacker
) -> None:
    """Inserting takes no more rights than the service has; the seal's key is what is missing."""
    fill(log, appends=(1,))
    head = leaf(CASE, 1, "tested_step", attacker.state(1)).hex()
    was = attacker.state(1)
    forged = was.replace(b"0" * 64, head.encode()).replace(b"command-0", b"command-X")
    attacker.insert(2, forged)
    with pytest.raises(Altered, match="version 2 has a seal that does not fit it"):
        reopened().load(CASE)


def test_the_hash_of_an_event_is_made_as_the_format_says(log: Log, reopened: Reopened) -> None:
    """Written out once more from the decision record, so that the format cannot drift."""
    fill(log, appends=(1, 1))
    entry = reopened().load(CASE)[1]
    stored = log._recorder.rows(CASE, None, None)[1]
    head = b"rj1" + pack(">I", 13) + CASE.encode() + pack(">Q", 2)
    said = head + pack(">I", 11) + b"tested_step"
    assert entry.hash == sha256(said + stored.state).hexdigest()
    assert stored.state.endswith(b'"}}')
    assert len(stored.state[-SEAL_LENGTH:]) == 132
    body = stored.state[:-SEAL_LENGTH] + b"}"
    assert body == entry.envelope.model_dump_json().encode()
