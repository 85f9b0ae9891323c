"""The notary: it reckons the log from its payloads and signs what it comes to, or refuses.

It keeps the tree's right edge and each stream's head in memory, so that what was added since is all
that it has to read; they are made anew from the log at its start and once a day. It never signs a
log with a broken chain or seal, nor one that does not begin with what it signed before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from audit.checkpoint import Checkpoint, Signed
from audit.note import Malformed, NoteKey, NoteSigner, NotSigned
from audit.places import Folder
from audit.record import Record
from audit.verify.account import Account
from audit.verify.ends import ends_of
from audit.verify.findings import Finding, Kind
from audit.verify.judging import Heads, against, broken_streams
from keys import KeyKind, KeyMissing
from store import Altered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from audit.places import Place
    from audit.record import Entries
    from audit.verify.entry import Beginning, Recorded
    from keys import Keyring

_log = structlog.get_logger(__name__)


class Refuses(Exception):
    """The notary does not sign: the log is not what it was. The findings say how."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(finding.sentence for finding in findings[:10]))
        self.findings = tuple(findings)


class NotKept(Exception):
    """A place could not take the checkpoint that was signed, or not be read before; the text says
    which and why."""


@dataclass(slots=True)
class _Known:
    """The log as far as it was read."""

    position: int = 0
    last: Recorded | None = None
    account: Account = field(default_factory=Account)
    tree: Heads = field(default_factory=lambda: Heads(()))
    begins: Beginning | None = None


def _not_linked(checkpoints: Sequence[Checkpoint], gone: int) -> list[Finding]:
    """Return that the newest checkpoint is of less than what went since, if it is."""
    newest = max((one.size for one in checkpoints), default=gone)
    if newest >= gone:
        return []
    what = (
        f"the newest checkpoint is of {newest} entries, and {gone} went since: nothing links what "
        "is there to it"
    )
    return [Finding(Kind.OTHER_ROOT, what)]


class Notary:
    """Signs the log of this name and puts its checkpoints into these places.

    Not for several threads at once. Every method raises `Refuses`, `NotKept`, `KeyMissing`, and
    `Unavailable` of the log.
    """

    def __init__(
        self,
        log: Entries,
        keyring: Keyring,
        name: str,
        places: Sequence[Place],
        begins: Callable[[], Beginning | None] = lambda: None,
    ) -> None:
        self._log = log
        self._begins = begins
        self._keyring = keyring
        self._name = name
        self._places = places
        self._known: _Known | None = None
        self._newest: Signed | None = None
        self._is_owed = False
        """Whether some place is without the newest checkpoint."""

    def sign(
        self, *, anyway: bool = False, between: Callable[[], None] = lambda: None
    ) -> Checkpoint | None:
        """Sign the log if it has grown since it was last signed; return what was signed.

        With `anyway` it is reckoned anew from its first entry and signed also if it has not. An
        empty log is not. `between` is called after every few thousand entries; what it raises
        breaks it off.
        """
        try:
            known = self._reckoned(between, anew=anyway)
        except BaseException:
            self._known = None
            raise
        size = known.tree.edge.size
        signers = self._signers()
        signed = self._newest.checkpoint.size if self._newest else 0
        is_due = size > signed or anyway or self._is_owed or self._is_by_an_older_key(signers)
        if not size or not is_due:
            return None
        ends = ends_of(known.account.strands)
        checkpoint = Checkpoint(self._name, size, known.tree.edge.root(), ends)
        self._keep(checkpoint, signers)
        return checkpoint

    def _reckoned(self, between: Callable[[], None], *, anew: bool) -> _Known:
        known, kept = self._known, None
        if anew or known is None or not self._goes_on(known):
            kept = self._kept()
            known = self._from_the_start({one.checkpoint.size for one in kept})
        self._read_on(known, between)
        seals = self._keyring.verifier(KeyKind.SEAL).keys
        known.account.settle(seals)
        findings = [*broken_streams(Record(self._log, begins=known.begins), known.account, seals)]
        if kept is not None:
            points = [one.checkpoint for one in kept]
            gone = known.begins.version if known.begins else 0
            findings += against(points, known.tree.roots, known.tree.edge.size, gone)
            findings += _not_linked(points, gone)
        if findings:
            raise Refuses(findings)
        if kept is not None:
            self._newest = max(kept, key=lambda one: one.checkpoint.size, default=None)
        self._known = known
        return known

    def _from_the_start(self, sizes: Collection[int]) -> _Known:
        """Return a log of which nothing is read yet but after what it begins."""
        try:
            begins = self._begins()
        except Altered as error:
            finding = Finding(Kind.ALTERED, str(error), error.stream, error.version)
            raise Refuses([finding]) from None
        tree, account = Heads(sizes, begins), Account(begins=begins)
        return _Known(begins.version if begins else 0, None, account, tree, begins)

    def _read_on(self, known: _Known, between: Callable[[], None]) -> None:
        for page in self._log.recorded(known.position):
            known.tree.extend(known.account.take(page))
            known.last = page[-1]
            known.position = page[-1][-1]
            between()

    def _goes_on(self, known: _Known) -> bool:
        """Say whether the last entry that was read still stands where it stood."""
        at = known.position
        found = [row for page in self._log.recorded(at - 1, at) for row in page]
        return found == ([] if known.last is None else [known.last])

    def _kept(self) -> list[Signed]:
        """Return the newest checkpoint of each folder. Raises `Refuses` for one not ours."""
        keys = self._keys()
        found = []
        for place in self._places:
            if not isinstance(place, Folder):
                continue
            try:
                newest = place.newest(keys)
            except (Malformed, NotSigned) as error:
                what = f"the newest checkpoint in {place.path} is not to be trusted: {error}"
                raise Refuses([Finding(Kind.OTHER_ROOT, what)]) from None
            except OSError as error:
                # What was signed before is not known, so nothing can be signed on from it.
                what = f"the checkpoints in {place.path} cannot be read: {error.strerror}"
                raise NotKept(what) from None
            if newest is not None:
                found.append(newest)
        return found

    def _keys(self) -> Collection[NoteKey]:
        return [signer.key for signer in self._all_signers()]

    def _all_signers(self) -> list[NoteSigner]:
        signers = self._keyring.signers(KeyKind.NOTARY)
        if not signers:
            raise KeyMissing("there is no notary key: checkpoints cannot be signed")
        return [NoteSigner(self._name, signer.private) for signer in signers]

    def _signers(self) -> list[NoteSigner]:
        """Return who signs: the key in use, and that of the newest checkpoint if it is another.

        Whoever knows only the old key can so follow to the new one.
        """
        *older, current = self._all_signers()
        by = self._newest.by if self._newest else ()
        return [*(signer for signer in older if signer.key in by), current]

    def _is_by_an_older_key(self, signers: Sequence[NoteSigner]) -> bool:
        return self._newest is not None and signers[-1].key not in self._newest.by

    def _keep(self, checkpoint: Checkpoint, signers: Sequence[NoteSigner]) -> None:
        note, now = checkpoint.signed(signers), datetime.now(UTC)
        failed = []
        for place in self._places:
            try:
                place.put(checkpoint, note, now)
                place.end_alarm()
            except OSError as error:
                where = str(place.path) if isinstance(place, Folder) else "standard output"
                failed.append(f"{where}: {error.strerror}")
        self._is_owed = bool(failed)
        if len(failed) < len(self._places):
            # Once it is anywhere it binds.
            self._newest = Signed(checkpoint, tuple(signer.key for signer in signers), note)
            _log.info("checkpoint_signed", size=checkpoint.size)
        if failed:
            raise NotKept(f"a checkpoint could not be written to {'; '.join(failed)}")

    def raise_alarm(self, refusal: Refuses) -> None:
        """Write into each place that it refuses, and why."""
        text = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC: the notary does not sign: {refusal}"
        for place in self._places:
            try:
                place.raise_alarm(text)
            except OSError as error:
                _log.error("alarm_not_written", why=error.strerror)
