"""`rj audit verify`: chains, seals and tree reckoned anew, and compared with the checkpoints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from access import name_of
from audit.record import OneStream, Record
from audit.understanding import Place, understand
from audit.verify.findings import Report, Verdict
from audit.verify.judging import judge
from cli.audit.trusting import as_json, kept_in, log_of, newest_kept, with_a_log
from cli.ending import Code, Ended, Failure, nonsense
from cli.options import Json
from cli.output import note, tell, tell_json
from cli.progress import progress
from cli.references import reference
from collecting import seldom
from domain.ids import CASE_PREFIX
from keys import KeyKind, Keyring

if TYPE_CHECKING:
    from audit.checkpoint import Checkpoint
    from settings import Settings

Case = Annotated[
    str | None, Parameter(name="--case", metavar="CASE", help="only this case: its chain and seals")
]
Kept = Annotated[
    list[Path] | None,
    Parameter(
        name="--checkpoint",
        metavar="FILE",
        help="an earlier checkpoint that somebody kept, beside those in the configured folders",
        negative="",
    ),
]
Meaning = Annotated[
    bool,
    Parameter(
        name="--meaning",
        help="read every entry and fold every stream too: what has no meaning is named",
        negative="",
    ),
]
Cores = Annotated[int, Parameter(name="--cores", metavar="N", help="processes that reckon")]


def verify(
    *,
    case: Case = None,
    checkpoint: Kept = None,
    meaning: Meaning = False,
    cores: Cores = 1,
    json: Json = False,
) -> int:
    """Verify the log as it stands, from the recorded bytes alone: chains, seals, order, length.

    Exit code 0: verified. 1: altered; every finding is named. 3: it cannot be told, as for a seal
    by a key that is not here.
    """
    settings = with_a_log()
    if meaning and case is not None:
        raise nonsense("--meaning is of the whole log: rj audit replay reads one case")
    points: list[Checkpoint] = []
    if case is None:
        points = [one.checkpoint for one in newest_kept(settings)]
        points += [_of_the_log(file, settings) for file in checkpoint or ()]
    if meaning:
        report = _understood(settings, points, cores)
    else:
        report = _judged(settings, points, case, cores)
    if case is not None and not report.entries:
        raise Ended(Failure(Code.REFUSED, "unknown", ("there is no such case",)))
    if not points and not json:
        note("rj: without a checkpoint only chains and seals are checked: not order, nor ends")
    if report.findings:
        raise Ended(_failure(report))
    if json:
        tell_json({"outcome": "verified", **_described(report)})
    else:
        tell(
            f"Verified: {report.entries} entries of {report.streams} streams, "
            f"{report.under_checkpoint} of them under a checkpoint."
        )
    return Code.DONE


def _judged(settings: Settings, points: list[Checkpoint], case: str | None, cores: int) -> Report:
    seals = Keyring(settings.key_folder).verifier(KeyKind.SEAL).keys
    with log_of(settings) as log, progress("Verifying the log") as moved:
        if case is not None:
            return judge(OneStream(log, reference(case, CASE_PREFIX)), points, seals)
        record = Record(log, settings.database("log"), max(1, cores))
        of_all = record.entries
        return judge(record, points, seals, lambda done: moved(done, of_all))


def _understood(settings: Settings, points: list[Checkpoint], cores: int) -> Report:
    place = Place(settings.database("log"), settings.key_folder)
    with log_of(settings) as log, progress("Verifying and reading the log") as moved:
        seldom()
        return understand(log, place, points, max(1, cores), moved)


def _of_the_log(file: Path, settings: Settings) -> Checkpoint:
    found = kept_in(file, settings).checkpoint
    if found.origin == name_of(settings.notary_name):
        raise nonsense(
            f"{file.name} is of the access log: `rj audit export-looks` and the verifier check that"
        )
    return found


def _failure(report: Report) -> Failure:
    known = report.verdict is Verdict.ALTERED
    sentences = tuple(f"{one.kind}: {one.sentence}" for one in report.findings)
    return Failure(
        Code.REFUSED if known else Code.UNAVAILABLE,
        "altered" if known else "could_not_verify",
        sentences,
        {**_described(report), "findings": as_json(report.findings)},
    )


def _described(report: Report) -> dict[str, object]:
    return {
        "entries": report.entries,
        "streams": report.streams,
        "under_checkpoint": report.under_checkpoint,
    }
