"""`rj text`: what is read for a code, without an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal import Terminal


def test_what_a_participant_would_be_told_is_shown_where_nothing_is_installed(
    nowhere: Terminal,
) -> None:
    typed = nowhere.rj("text", "told-postponed", "--for", "victim")
    assert typed.code == 0
    assert typed.out.startswith("It is postponed. Nothing you said or agreed is lost.")
    easy = nowhere.rj("text", "considering", "--for", "victim", "--easy-read")
    assert easy.out == "You are thinking about it. Take all the time you want. We will wait.\n"
    staff = nowhere.rj("text", "CONSIDERING")
    assert staff.out == "needs time\n"


def test_a_chosen_word_and_the_day_of_a_hearing_are_put_in(nowhere: Terminal) -> None:
    typed = nowhere.rj("text", "direct-victim", "--for", "victim", "--word", "survivor")
    assert "“survivor”" in typed.out
    typed = nowhere.rj("text", "trial", "--for", "victim", "--on", "3 May")
    assert "the trial is on 3 May. Our offer stands whatever the court does." in typed.out


def test_every_text_is_listed_for_a_program(nowhere: Terminal) -> None:
    told = nowhere.rj("text", "--for", "offender", "--json").json
    ended = {t["code"]: t["text"] for t in told["texts"] if t["kind"] == "EndReason"}
    assert ended["VICTIM_WITHDREW"].startswith("It is not going ahead. We are sorry")
    assert "OFFENDER_NOT_TRACED" not in ended
    assert (told["version"], told["language"]) == (2, "en")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["text", "considring"], "there is no such code; did you mean CONSIDERING"),
        (["text", "trial", "--for", "police"], "--for: one of staff, victim, offender, anybody"),
        (["text", "motive", "--for", "victim"], "nothing that this reader hears"),
        (["text", "trial", "--language", "xx"], "--language: one of en"),
    ],
)
def test_what_cannot_be_said_is_explained(
    nowhere: Terminal, line: list[str], sentence: str
) -> None:
    typed = nowhere.rj(*line)
    assert typed.code == 2
    assert sentence in typed.err
