"""The ordinary paths once more, as people type them: each command a line of `rj`.

What happened over months is entered afterwards, each line with the time at which it happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cli.fields import fields_of
from domain.calendar import LONDON
from domain.command import COMMANDS
from tests.paths import PATHS
from tests.steps import Ahead
from tests.story import KEPT_IN_DATE, STAFF

if TYPE_CHECKING:
    from tests.steps import Path, Step
    from tests.terminal import Typed, Typist

NOW = datetime.now(LONDON)
ALWAYS = NOW - timedelta(days=3650)
IN_DATE = NOW - timedelta(days=82)
"""Long enough ago for every path, and within twelve weeks."""


@pytest.fixture(scope="module")
def staff(typist: Typist) -> dict[str, str]:
    """Register the staff of the stories, line by line; return their references by name."""
    staff = {}
    for name, given in STAFF.items():
        answer = typed(typist, "practitioners", "register", given={**given}, at=ALWAYS)
        staff[name] = answer.json["stream"]
        if any(str(c).startswith("FACILITATION") for c in given["credentials"]):
            keep_in_date(typist, staff[name], IN_DATE)
    return staff


def keep_in_date(typist: Typist, practitioner: str, at: datetime) -> None:
    for command, more in KEPT_IN_DATE:
        typed(typist, "do", practitioner, command, given=more, at=at)


def typed(typist: Typist, *words: str, given: dict[str, Any], at: datetime) -> Typed:
    """Type a line whose fields are all read from standard input; see that it is done."""
    done = typist.rj(*words, "--json", "--at", moment(at), "--from", "-", given=given)
    assert done.code == 0, done.out + done.err
    return done


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")


@dataclass
class Typing:
    """Types one path after the other's end, somebody of the staff at a time."""

    typist: Typist
    staff: dict[str, str]
    at: datetime
    case: str = "new"
    said_no: bool = False
    """A no stands from when it was entered: what comes after it is typed as it happens."""
    lines: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        self.at += step.after
        options, words = self.said(step)
        line = ["do", self.case, step.name, *options, "--json"]
        if not self.said_no:
            line += ["--at", moment(self.at)]
        if words:
            line += ["--from", "-"]
        self.lines.append(" ".join(line))
        done = self.typist.rj(*line, given=words, actor=self.staff[step.who])
        if step.refused is None:
            assert done.code == 0, f"{self.lines[-1]}\n{done.out}{done.err}"
            self.case = done.json["stream"]
            self.said_no |= COMMANDS[step.name].protective
        else:
            assert done.code == 1, f"{self.lines[-1]}\n{done.out}{done.err}"
            assert step.refused in {refusal["code"] for refusal in done.json["refusals"]}

    def said(self, step: Step) -> tuple[list[str], dict[str, Any]]:
        """Return what is typed as options, and what is read from standard input: words, and what
        has parts of its own."""
        options: list[str] = []
        words: dict[str, Any] = {}
        fields = {f.name: f for f in fields_of(COMMANDS[step.name])}
        for name, value in self.named(step.given).items():
            if fields[name].personal or isinstance(value, dict) or _has_parts(value):
                words[name] = value
            elif isinstance(value, bool):
                options.append(fields[name].option if value else f"--no-{name.replace('_', '-')}")
            elif isinstance(value, list):
                options += [fields[name].option, ",".join(map(str, value))]
            else:
                options += [
                    fields[name].option,
                    str(value).lower().replace("_", "-")
                    if str(value) in fields[name].choices
                    else str(value),
                ]
        return options, words

    def named(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("@"):
            return self.staff[value[1:]]
        if isinstance(value, Ahead):
            return moment(self.at + timedelta(days=value.days))
        if isinstance(value, dict):
            return {key: self.named(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.named(one) for one in value]
        return value


def _has_parts(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


@pytest.mark.parametrize("path", PATHS.values(), ids=lambda path: path.sentence)
def test_the_path_is_typed_line_by_line(typist: Typist, staff: dict[str, str], path: Path) -> None:
    length = sum((step.after for step in path.steps), timedelta())
    start = (NOW - length - timedelta(days=1)).replace(hour=9, minute=0)
    if start < IN_DATE:
        for name in ("lead", "co"):
            keep_in_date(typist, staff[name], start - timedelta(days=1))
    typing = Typing(typist, staff, start)
    for step in path.steps:
        typing.take(step)
    shown = typist.rj("show", typing.case, "--json", actor=staff["auditor"])
    assert shown.code == 0, shown.err
    assert shown.json["stage"] == path.stage
    history = typist.rj("history", typing.case, "--json", actor=staff["auditor"])
    assert history.code == 0, history.err
    for line in typing.lines:
        assert "Example" not in line
