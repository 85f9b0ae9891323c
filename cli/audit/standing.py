"""How the checkpoints stand, for `rj doctor`: there, trusted, recent, and true of the log."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from access import open_access, record_of
from access.signing import FOLDER
from audit.places import Folder
from audit.record import Record
from audit.verify.judging import judge
from cli.audit.trusting import log_of, newest_in, newest_kept, notary_keys, of_the_looks
from keys import KeyKind, Keyring

if TYPE_CHECKING:
    from audit.checkpoint import Signed
    from audit.verify.entry import Seals
    from settings import Settings
    from store import Log

_PATIENCE = timedelta(minutes=10)
"""How long an entry may be under no checkpoint, beside the interval that is set."""


def wrong_with_checkpoints(settings: Settings) -> str | None:
    """Return what is wrong with the checkpoints, in a sentence; None if nothing is.

    Raises `Ended` for a checkpoint that is not to be trusted.
    """
    for folder in settings.checkpoint_folders:
        for path in (folder, folder / FOLDER):
            if alarm := Folder(path).alarm():
                return f"ALARM in {path}: {alarm}"
    if not notary_keys(settings):
        return None
    kept = newest_kept(settings)
    seals = Keyring(settings.key_folder).verifier(KeyKind.SEAL).keys
    with log_of(settings) as log:
        report = judge(Record(log), [one.checkpoint for one in kept], seals)
        if report.findings:
            return "; ".join(finding.sentence for finding in report.findings[:10])
        late = _late(log, report.under_checkpoint, settings)
    return late or _wrong_with_looks(settings, seals)


def _wrong_with_looks(settings: Settings, seals: Seals) -> str | None:
    """Return how the access log differs from its own newest checkpoints, if it does."""
    if not settings.has_looks:
        return None
    folders = [folder / FOLDER for folder in settings.checkpoint_folders]
    kept = newest_in(folders, of_the_looks(notary_keys(settings)))
    verifier = Keyring(settings.key_folder).verifier(KeyKind.SEAL)
    with closing(open_access(settings.database("access"), None, verifier, create=False)) as log:
        report = judge(record_of(log), [one.checkpoint for one in kept], seals)
    return "; ".join(finding.sentence for finding in report.findings[:10]) or None


def how_checkpoints_stand(settings: Settings) -> str:
    """Return how far the newest checkpoint reaches, in a sentence."""
    if not notary_keys(settings):
        return "not checked here: the notary's public key is not known (RJ_NOTARY_KEYS)"
    kept: list[Signed] = newest_kept(settings)
    size = max((one.checkpoint.size for one in kept), default=0)
    return f"the newest is of {size} entries, and the log begins with what it was made over"


def _late(log: Log, covered: int, settings: Settings) -> str | None:
    """Return since when entries are under no checkpoint, if that is too long."""
    passed = 0
    for page in log.recorded():
        if passed + len(page) > covered:
            recorded = json.loads(page[covered - passed][3])["recorded_at"]
            since = datetime.fromisoformat(recorded)
            patience = _PATIENCE + timedelta(seconds=settings.checkpoint_every)
            if datetime.now(UTC) - since > patience:
                return (
                    f"what was recorded since {since:%Y-%m-%d %H:%M} UTC is under no checkpoint: "
                    "is the notary running?"
                )
            return None
        passed += len(page)
    return None
