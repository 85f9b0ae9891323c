"""From what is named on the line to a report: an export, the keys, the checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.verify.closing import Closed
from audit.verify.export import LOOKS, WHOLE_LOG, Export, beginning
from audit.verify.findings import CouldNotVerify, Finding, Kind, Report
from audit.verify.growth import BEGINS as GROWTH
from audit.verify.growth import growth
from audit.verify.judging import judge, newest_with_ends
from audit.verify.proof import BEGINS as PROOF
from audit.verify.proof import standing
from audit.verify.trust import checkpoints, trusted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from audit.checkpoint import Checkpoint
    from audit.verify.trust import Trusted


def verify(
    export: Path,
    keys: Sequence[str],
    kept: Sequence[Path],
    cores: int = 1,
    moved: Callable[[int, int], None] = lambda *_: None,
) -> Report:
    """Verify an export or a proof by the keys and checkpoints kept. Raises `CouldNotVerify`.

    `moved` is told how many entries are done, and how many the export says there are.
    """
    known = trusted(keys)
    begins = beginning(export)
    if PROOF.match(begins):
        return standing(export, known, kept)
    if GROWTH.match(begins):
        return growth(export, known, kept)
    if not known.seals:
        raise CouldNotVerify("no key of the seals was given: seals cannot be checked")
    source = Export(export, cores)
    earlier = checkpoints(kept, known, source.manifest.origin)
    of, origin = source.manifest.of, source.manifest.origin
    if source.begins and not (of == LOOKS and origin.endswith(f"/{LOOKS}")):
        raise CouldNotVerify("nothing ever goes of what this is an export of, and it says so")
    if foreign := {one.origin for one in earlier} - {origin}:
        raise CouldNotVerify(f"a checkpoint is of another log ({min(foreign)}) than this export")
    if of not in (WHOLE_LOG, LOOKS):
        return _one_case(source, known, earlier)
    gone = source.begins.version if source.begins else 0
    if gone and max(one.size for one in earlier) < gone:
        raise CouldNotVerify(
            f"{gone} entries went after their time, and no checkpoint was given that is as new"
        )
    named = newest_with_ends(earlier)
    source.parting = named.size - gone if named else 0
    of_all = source.manifest.entries + gone
    report = judge(source, earlier, known.seals, lambda done: moved(done, of_all), exported=True)
    report.findings += _not_as_exported(source, report)
    if source.begins and report.streams > 1:
        what = "the export says that it is of the access log, and has entries of others"
        report.findings.append(Finding(Kind.NOT_AS_EXPORTED, what))
    return report


def _one_case(source: Export, keys: Trusted, kept: Sequence[Checkpoint]) -> Report:
    """Return what an export of one case comes to: its chain, its seals, and whether its end is
    where a checkpoint says that it was."""
    report = judge(source, (), keys.seals)
    case, origin = source.manifest.of, source.manifest.origin
    said = source.end.closing if source.end else None
    if not report.entries and said is None:
        raise CouldNotVerify(f"there is no entry of {case} in this export")
    report.findings += _not_as_exported(source, report)
    stream = case.encode(errors="surrogateescape")
    rows = source.of([stream]).get(stream, [])
    if len(rows) != report.entries:
        what = f"the export says that it is of {case}, and has entries of others"
        report.findings.append(Finding(Kind.NOT_AS_EXPORTED, what))
    Closed(case, rows, said).judge(report, origin, keys, kept)
    return report


def _not_as_exported(source: Export, report: Report) -> list[Finding]:
    """Return how the export differs from what its own first and last line say of it."""
    end = source.end
    if end is None:
        raise CouldNotVerify("the export has no end")
    found = []
    if {end.entries, source.manifest.entries} != {report.entries}:
        what = f"the export says that it has {end.entries} entries, and has {report.entries}"
        found.append(Finding(Kind.NOT_AS_EXPORTED, what))
    if end.root != report.root:
        what = "the entries are not those that this export was made with"
        found.append(Finding(Kind.NOT_AS_EXPORTED, what))
    return found
