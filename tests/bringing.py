"""Files of invented live cases to bring along, as JSON Lines and as a spreadsheet's CSV."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we yi zo dra".split()  # noqa: SIM905 - reads better as words


def live_case(
    number: int, staff: Mapping[str, str], *, called: str = "OLD"
) -> list[dict[str, Any]]:
    """Return the lines of one case that was referred, taken on, and informed in the last days."""
    case = f"{called}-{number:04d}"
    began = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
    began -= timedelta(days=10 + number % 10)

    def line(days: int, who: str, command: str, **given: Any) -> dict[str, Any]:
        at = (began + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        common = {"case": case, "actor": staff[who], "effective_at": at}
        return {**common, "command": command, **given}

    return [
        line(
            0,
            "worker",
            "refer",
            source="PCSO",
            initiator="VICTIM_INITIATED",
            parties=[_victim(number), _offender(number)],
            offence={"description": "A broken window, plainly invented.", "place": "Exampleton"},
        ),
        line(1, "supervisor", "accept_referral"),
        line(2, "worker", "give_information", party="V1", channel="TELEPHONE"),
    ]


def as_json_lines(file: Path, lines: Iterable[Mapping[str, Any]]) -> Path:
    """Write lines as JSON Lines; return the file."""
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return file


def as_csv(file: Path, lines: Sequence[Mapping[str, Any]]) -> Path:
    """Write lines as CSV, each part of a field in a column of its own; return the file."""
    rows = [dict(_columns(line)) for line in lines]
    names = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


def _columns(value: Any, above: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        inner = [(f"{above}.{name}" if above else name, one) for name, one in value.items()]
    elif isinstance(value, list) and all(isinstance(one, str) for one in value):
        yield above, ",".join(value)
        return
    elif isinstance(value, list):
        inner = [(f"{above}.{number}", one) for number, one in enumerate(value, 1)]
    else:
        yield above, str(value)
        return
    for name, one in inner:
        yield from _columns(one, name)


def _victim(number: int) -> dict[str, Any]:
    born = f"{1950 + number % 50}-0{1 + number % 9}-1{number % 8}"
    details = {"name": f"{_name(number)} Examplewright", "born": born}
    return {"party": "V1", "role": "DIRECT_VICTIM", "details": details}


def _offender(number: int) -> dict[str, Any]:
    details = {"name": f"{_name(number + 4000)} Sampleton", "adult": True}
    return {
        "party": "O1",
        "role": "OFFENDER",
        "stage": "GUILTY_PLEA_PRE_SENTENCE",
        "details": details,
    }


def _name(number: int) -> str:
    return "".join(_SYLLABLES[(number // 20**i) % 20] for i in range(4)).capitalize()
