"""Log lines say what happened to which case, and never what anybody wrote."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

WORDS = "Vera Example rang, plainly invented"
PROGRAM = f"""
import logging, structlog
from logs import set_up
set_up({{form!r}}, "info")
log = structlog.get_logger("ours")
with structlog.contextvars.bound_contextvars(stream="RJ-1", command="c-1"):
    log.info("turn", outcome="accepted")
    log.debug("not at this level")
    try:
        raise ValueError({WORDS!r})
    except ValueError as error:
        log.exception("incident")
        logging.getLogger("theirs").error("broken", exc_info=error)
logging.getLogger("temporalio.workflow").warning(
    "held",
    extra={{"temporal_workflow": {{"workflow_id": "RJ-2", "update_id": "u-2~0123"}}, "due": "x"}},
)
"""


def written(form: str) -> str:
    """Return what a program logs in this form."""
    program = PROGRAM.replace("{form!r}", repr(form)).replace("{{", "{").replace("}}", "}")
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    return done.stderr


def test_every_line_is_json_with_its_stream_and_command() -> None:
    turn, ours, theirs, held = [json.loads(line) for line in written("json").splitlines()]
    assert {turn["stream"], turn["command"], turn["outcome"]} == {"RJ-1", "c-1", "accepted"}
    assert (ours["event"], theirs["event"]) == ("incident", "broken")
    assert (held["stream"], held["command"], held["due"]) == ("RJ-2", "u-2", "x")
    assert {line["level"] for line in (ours, theirs)} == {"error"}
    assert all(line["timestamp"].endswith("Z") for line in (turn, ours, theirs, held))


@pytest.mark.parametrize("form", ["json", "pretty"])
def test_of_an_exception_its_kind_and_its_places_are_written_and_never_its_words(form: str) -> None:
    text = written(form)
    assert WORDS not in text
    assert text.count("ValueError") == 2
    assert "<string>:" in text


def test_for_people_a_line_is_no_json() -> None:
    assert not written("pretty").startswith("{")


AGAIN = """
import structlog
from logs import set_up
from structlog.testing import capture_logs
log = structlog.get_logger("ours")
set_up("pretty", "critical")
log.error("first")
set_up("json", "critical")
with capture_logs() as lines:
    log.error("second")
print([line["event"] for line in lines])
"""


def test_a_logger_that_was_in_use_follows_when_all_is_set_up_again() -> None:
    done = subprocess.run([sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True)
    assert done.stdout == "['second']\n"
