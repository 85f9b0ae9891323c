"""What is behind the class of a case is checked at the door, before it goes into the vault."""

from __future__ import annotations

from typing import Any

import pytest

from cli.details import check_details
from cli.ending import Ended
from domain.commands.risk import ClassifyCase


@pytest.mark.parametrize(
    "flags",
    ["loose words", {"flag": ["HOMICIDE"]}, {"flags": "HOMICIDE"}, {"flags": ["NO_SUCH"]}, [], 3],
)
def test_flags_that_are_none_are_told_so_and_not_repeated(flags: Any) -> None:
    with pytest.raises(Ended) as ended:
        check_details(ClassifyCase, {"sensitivity": "STANDARD", "flags": flags})
    assert "NO_SUCH" not in str(ended.value)


@pytest.mark.parametrize("flags", [{"flags": []}, {"flags": ["HOMICIDE", "MAPPA"]}, None])
def test_flags_of_the_list_pass(flags: Any) -> None:
    check_details(ClassifyCase, {"sensitivity": "STANDARD", "flags": flags})
