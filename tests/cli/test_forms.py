"""`rj consent-form` and `rj visit-form`: paper that says what it must, and nothing of others."""

from __future__ import annotations

import json
import re
import stat
from html import unescape
from typing import TYPE_CHECKING

import pytest

from cli.paper.consent import form_language
from cli.paper.visit import ON_THE_FORM
from domain.command import COMMANDS
from domain.visit import may_be_part
from domain.words import Scope
from sentences import saying
from tests.cli.test_nonsense import REFER, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.terminal import Terminal, Typist

VERA = {"name": "Vera Example", "language": "Polish", "phone": "01632 960 001"}
OWEN = {"name": "Owen Invented", "phone": "01632 960 002"}


@pytest.fixture
def case(typist: Typist) -> str:
    parties = [{**p, "details": d} for p, d in zip(REFER["parties"], (VERA, OWEN), strict=True)]
    answer = typist.rj("refer", "--from", "-", "--json", given={**REFER, "parties": parties})
    assert answer.code == 0, answer.err
    return str(answer.json["stream"])


def form(typist: Typist, case: str, file: Path, *more: str) -> str:
    answer = typist.rj("consent-form", case, "V1-O1", "V1", str(file), *more)
    assert answer.code == 0, answer.err
    assert "rather speak: Polish. This is in English: an interpreter reads it out." in answer.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    return unescape(file.read_text())


def test_a_consent_form_has_each_choice_to_tick_and_that_they_can_stop(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    page = form(typist, case, tmp_path / "form.html")
    assert page.count("☐") == len(Scope)
    assert "You can stop at any time, in any way, without a reason." in page
    assert "A copy of this is yours." in page
    assert "0300 122 7553" in page


@pytest.fixture
def translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a file of sentences in another language, which has the English ones for its own."""
    english = (saying.FOLDER / "en.toml").read_text()
    polish = english.replace('language = "en"', 'language = "pl"')
    (tmp_path / "en.toml").write_text(english)
    (tmp_path / "pl.toml").write_text(polish.replace('["English"]', '["Polish", "polski"]'))
    monkeypatch.setattr(saying, "FOLDER", tmp_path)
    saying.sentences.cache_clear()
    yield
    saying.sentences.cache_clear()


@pytest.mark.usefixtures("translated")
@pytest.mark.parametrize(
    ("asked", "speaks", "language"),
    [
        (None, "Polski ", "pl"),
        (None, "pl", "pl"),
        (None, "Urdu", "en"),
        (None, None, "en"),
        ("en", "Polish", "en"),
        ("pl", None, "pl"),
    ],
)
def test_a_form_is_in_the_language_that_they_would_rather_speak_where_there_is_a_file_of_it(
    asked: str | None, speaks: str | None, language: str
) -> None:
    assert form_language(asked, speaks) == language


def test_nobodys_name_no_reference_and_no_code_is_on_it(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    page = form(typist, case, tmp_path / "form.html")
    for value in (*VERA.values(), *OWEN.values(), case, "V1", "O1", "PR-"):
        assert value not in page
    assert not re.search(r"\b[A-Z]{2,}_[A-Z_]+\b", page)
    assert not re.search(r"(?:src|href)\s*=|https?:", page)


def test_in_easy_words_it_says_the_same_more_simply(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    page = form(typist, case, tmp_path / "form.html", "--easy-read")
    assert "You can stop when you like. You need not say why." in page
    assert page.count("☐") == len(Scope)


def somebody_met(typist: Typist) -> tuple[str, str, str]:
    """Return an invented case of the demonstration, a pair, and its victim, whom somebody met."""
    for one in typist.rj("cases", "--json").json["cases"]:
        if one["demo"]:
            shown = typist.rj("show", one["case"], "--json", "--reason", "supervising").json
            for pair, thread in shown["state"]["threads"].items():
                if "WHAT_IT_IS" in thread["episodes"][-1]["victim"]["explained"]:
                    return one["case"], pair, thread["victim"]
    raise LookupError("nobody of the demonstration was met")


def test_what_was_gone_through_is_on_it_once_a_facilitator_met_them(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    assert "what restorative justice is" not in form(typist, case, tmp_path / "before.html")
    file = tmp_path / "after.html"
    answer = typist.rj("consent-form", *somebody_met(typist), str(file), "--reason", "supervising")
    assert answer.code == 0, answer.err
    assert "what restorative justice is" in unescape(file.read_text())


def test_what_makes_no_sense_writes_nothing(typist: Typist, case: str, tmp_path: Path) -> None:
    file = tmp_path / "form.html"
    line = ("consent-form", case, "V1-O1")
    told(typist.rj(*line, "S1", str(file)), 2, "there is no such pair, or this person")
    told(typist.rj(*line, "V1", str(file), "--language", "xx"), 2, "--language: one of")
    assert not file.exists()


def test_a_form_for_outages_needs_no_service(nowhere: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "visit.html"
    assert nowhere.rj("visit-form", str(file)).code == 0
    page = unescape(file.read_text())
    for name in ON_THE_FORM:
        assert f"({name})" in page
    assert not re.search(r"(?:src|href)\s*=|https?:", page)
    told(nowhere.rj("visit-form", str(file)), 2, "nothing is written over")


@pytest.mark.parametrize("name", ON_THE_FORM)
def test_each_part_of_the_form_may_be_a_part_of_a_visit(name: str) -> None:
    assert may_be_part(COMMANDS[name])


def test_what_was_filled_in_during_an_outage_is_typed_in_with_its_day(
    typist: Typist, case: str
) -> None:
    parts = [
        {"command": "record_wish", "party": "V1", "wish": "BE_TOLD_OUTCOME"},
        {"command": "record_need_for_time", "party": "V1"},
    ]
    lines = "\n".join(json.dumps(one) for one in parts)
    line = ("visit", case, "--paper", "--from", "-", "--json")
    answer = typist.rj(*line, given=lines)
    assert answer.code == 0, answer.err
    entries = typist.rj("history", case, "--json").json["entries"]
    assert {e["origin"] for e in entries if e["command"] == answer.json["command_id"]} == {"paper"}
