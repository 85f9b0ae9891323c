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
from cli.audit.prove import AUDIT
from cli.audit.trusting import as_json, kept_in, log_of, newest_kept, with_a_log
from cli.ending import Code, Ended, Failure, nonsense
from cli.looking import looking, of_what_may_not_be
from cli.options import As, Json, Reason
from cli.output import note, tell, tell_json
from cli.progress import progress
from cli.references import reference
from client import Denied
from client.reading import What
from collecting import seldom
from domain.ids import CASE_PREFIX
from domain.permissions import View
from keys import KeyKind, Keyring
from store import Altered, Unreadable

if TYPE_CHECKING:
    from audit.checkpoint import Checkpoint
    from cli.looking import Look
    from settings import Settings

Case = Annotated[
    str | None,
    Parameter(
        name="--case",
        metavar="CASE",
        help="only this case: its chain and seals; for whoever may see its history, and written "
        "down",
    ),
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
    reason: Reason = None,
    as_: As = None,
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
    if case is not None:
        with looking(as_, reason) as look:
            report = _one_case(look, reference(case, CASE_PREFIX))
    elif meaning:
        report = _understood(settings, points, cores)
    else:
        report = _judged(settings, points, cores)
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


def _one_case(look: Look, case: str) -> Report:
    _see(look, case)
    seals = Keyring(look.settings.key_folder).verifier(KeyKind.SEAL).keys
    return judge(OneStream(look.reading.log, case), [], seals)


def _see(look: Look, case: str) -> None:
    """Go on once it is certain that they may see this case's history, and is written down."""
    with of_what_may_not_be("such case"):
        try:
            with look.reading.reading(look.actor, What(View.HISTORY, case), AUDIT) as entries:
                if not entries:
                    raise Denied
        except (Altered, Unreadable):
            # Nor can it be read then who has a conflict of interest in it: it is for those who may
            # look at any case to find out what happened.
            every = What(View.HISTORY)
            look.reading.listing(look.actor, every, AUDIT, lambda _: case, lambda one: (one,))


def _judged(settings: Settings, points: list[Checkpoint], cores: int) -> Report:
    seals = Keyring(settings.key_folder).verifier(KeyKind.SEAL).keys
    with log_of(settings) as log, progress("Verifying the log") as moved:
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
