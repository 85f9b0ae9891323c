"""From the cells of a spreadsheet to the fields of a command, as `rj import` reads them."""

from __future__ import annotations

import pytest

from cli.importing.cells import NoCells, from_cells
from domain.command import COMMANDS
from domain.decide import decode

END = {"thread": "V1-O1", "reason": "completed-direct"}
TOLD = {"V1": "TOLD_WHY", "O1": "TOLD_NOT_GOING_AHEAD"}


@pytest.mark.parametrize(
    "cells",
    [
        {"told.V1": "told-why", "told.O1": "TOLD_NOT_GOING_AHEAD"},
        {"told": "V1=told-why,O1=told-not-going-ahead"},
        {"told": '{"V1": "TOLD_WHY", "O1": "TOLD_NOT_GOING_AHEAD"}'},
    ],
)
def test_names_and_values_have_columns_of_their_own_or_one_cell(cells: dict[str, str]) -> None:
    given = from_cells(COMMANDS["end_thread"], {**END, **cells})
    assert given == {"thread": "V1-O1", "reason": "COMPLETED_DIRECT", "told": TOLD}
    decode("end_thread", given)


def test_several_of_a_kind_are_typed_with_commas_or_written_as_json() -> None:
    command = COMMANDS["check_item"]
    wanted = {"intervention": "I1", "items": [1, 2, 25]}
    for items in ("1,2,25", "[1, 2, 25]"):
        assert from_cells(command, {"intervention": "I1", "items": items}) == wanted


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"told.V1": "told-nothing"}, "told.V1"),
        ({"told.V1": "told-why,O1=told-why"}, "told.V1"),
        ({"told.V1.x": "told-why"}, "told.V1"),
        ({"told": '{"V1": '}, "told"),
        ({"thread.x": "V1-O1"}, "thread"),
    ],
)
def test_what_does_not_fit_is_named_by_its_column(cells: dict[str, str], place: str) -> None:
    with pytest.raises(NoCells) as wrong:
        from_cells(COMMANDS["end_thread"], cells)
    assert [where for where, _ in wrong.value.problems] == [place]


def test_what_does_not_fit_is_not_repeated() -> None:
    with pytest.raises(NoCells) as wrong:
        from_cells(COMMANDS["end_thread"], {"told.V1": "Zebedee Quillfeather"})
    assert "Zebedee" not in str(wrong.value.problems)
