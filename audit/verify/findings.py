"""What a verification finds, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What is wrong with an entry, a stream or the log."""

    ALTERED = "altered"
    """The entry is not what was recorded."""
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"
    DUPLICATED = "duplicated"
    TRUNCATED = "truncated"
    """The end is missing: of an append, or of the log."""
    MALFORMED = "malformed"
    """What stands there has not the form of an entry."""
    BROKEN_SEAL = "broken_seal"
    UNKNOWN_SEAL = "unknown_seal"
    """Sealed with a key that was not given: neither proved nor disproved."""
    OTHER_ROOT = "other_root"
    """The log does not begin with what the checkpoint was made over."""
    NO_MEANING = "no_meaning"
    """What was recorded, and sealed, and cannot be read by whoever looks: nothing is altered."""
    END_NOT_SHOWN = "end_not_shown"
    """Nothing shows that the end of a case is there: neither proved nor disproved."""
    OTHER_PROOF = "other_proof"
    """A proof that shows nothing of what it is given for."""
    NOT_AS_EXPORTED = "not_as_exported"
    """The export is not what its own end says of it."""


UNPROVED = frozenset({Kind.UNKNOWN_SEAL, Kind.NO_MEANING, Kind.END_NOT_SHOWN})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in a sentence, and where: stream and version if it is one entry."""

    kind: Kind
    sentence: str
    stream: str | None = None
    version: int | None = None


class Verdict(IntEnum):
    """What it comes to, as an exit code."""

    VERIFIED = 0
    ALTERED = 1
    COULD_NOT_VERIFY = 2


@dataclass(slots=True)
class Report:
    """What was checked, and what was found."""

    entries: int = 0
    streams: int = 0
    under_checkpoint: int = 0
    """How many of the entries the newest checkpoint was made over."""
    root: bytes = b""
    gone: int = 0
    """How many of the entries went after their time: the log says so, nothing here shows it."""
    findings: list[Finding] = field(default_factory=list)
    not_shown: str = ""
    """What nothing here says anything of, in a sentence; empty where all is shown."""
    about: str = ""
    """What was checked, where it is a proof and no entries of a log."""

    @property
    def verdict(self) -> Verdict:
        """What it comes to."""
        if not self.findings:
            return Verdict.VERIFIED
        if all(finding.kind in UNPROVED for finding in self.findings):
            return Verdict.COULD_NOT_VERIFY
        return Verdict.ALTERED


class CouldNotVerify(Exception):
    """There is nothing to say about it, for the reason in the text."""
