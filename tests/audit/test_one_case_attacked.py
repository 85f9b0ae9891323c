"""Every attack on every position, seen in an export of one case alone by its checkpoint's ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.checkpoint import Signed
from audit.exporting import export
from audit.proofs import NotThere, ended
from audit.record import OneStream, Record
from audit.verify.findings import CouldNotVerify, Verdict
from audit.verify.whole import verify
from store import Altered
from tests.audit.attacks import ATTACKS, Attack
from tests.audit.logs import KEYS, NOTARY, ORIGIN, kept
from tests.audit.test_tampering import KEPT, ORIGINAL, POSITIONS, Database, aimed, database

if TYPE_CHECKING:
    from pathlib import Path

    from audit.verify.closing import Closing
    from store import Log

__all__ = ["database"]

SIGNED = Signed(KEPT, (NOTARY.key,), KEPT.signed([NOTARY]))


def verified_alone(log: Log, case: bytes, closing: Closing | None, folder: Path) -> Verdict:
    """Export one case as it stands now, with this of its end; return what an outsider finds."""
    file = folder / "case.jsonl"
    file.unlink(missing_ok=True)
    one = OneStream(log, case.decode())
    export(one, ORIGIN, file, of=case.decode(), closing=closing)
    try:
        return verify(file, KEYS, [kept(folder, KEPT)]).verdict
    except CouldNotVerify:
        return Verdict.COULD_NOT_VERIFY


def end_shown(source: Record, case: bytes) -> Closing | None:
    """Return what the service can say of the end of a case from what stands there."""
    try:
        return ended(source, case.decode(), SIGNED)
    except NotThere:
        return None


@pytest.mark.parametrize("where", POSITIONS)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_on_a_case_is_found_in_an_export_of_that_case_alone(
    attack: Attack, where: str, database: Database, tmp_path: Path
) -> None:
    database.hold(ORIGINAL)
    cases = sorted({row[0] for row in ORIGINAL[: KEPT.size]})
    ends = {case: end_shown(Record(database.log), case) for case in cases}
    attacked = aimed(attack, POSITIONS[where])
    database.hold(attacked)
    log = database.log
    for case in cases:
        before = [row[:4] for row in ORIGINAL[: KEPT.size] if row[0] == case]
        now = [row[:4] for row in attacked if row[0] == case]
        changed = now[: len(before)] != before
        # Whoever attacks may put what was said of the end before under what they export now.
        replayed = verified_alone(log, case, ends[case], tmp_path)
        honest = verified_alone(log, case, end_shown(Record(log), case), tmp_path)
        if changed:
            assert replayed is Verdict.ALTERED
            assert honest is not Verdict.VERIFIED
        elif is_sound(log, case):
            assert replayed is Verdict.VERIFIED


def is_sound(log: Log, case: bytes) -> bool:
    """Say whether the service's own check finds this one stream as it was recorded."""
    try:
        log.verify(case.decode())
    except Altered:
        return False
    rows = [row[1] for page in log.recorded(stream=case.decode()) for row in page]
    return rows == sorted(rows)
