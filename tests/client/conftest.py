"""An installation with one data-protection officer, for the tests that ask for no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk import desk_in
from tests.story import STAFF

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Yield an installation with one officer."""
    async with desk_in(tmp_path / "desk") as desk:
        desk.staff["officer"] = desk.do(
            "service:setup", "register_practitioner", dict(STAFF["officer"]), identified="service"
        )
        yield desk
