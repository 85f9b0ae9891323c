"""An outbox with notices in it, and staff with addresses."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from domain.ids import reference
from notices import Addresses, Kind, Notice, open_outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from notices import Outbox

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STAFF = [reference("PR", f"staff-{number}") for number in range(5)]


def address(number: int) -> str:
    return f"staff-{number}@service.example"


def notice(number: int, **more: object) -> Notice:
    """Return a notice to one of the staff, about a case of its own."""
    given = {
        "kind": Kind.DUE,
        "to": STAFF[number % len(STAFF)],
        "case": reference("RJ", f"case-{number:04d}"),
        "task": "look at the risk again",
        "due": NOW + timedelta(hours=15),
        "since": NOW,
        "subject": "risk_review V1-O1",
    }
    return Notice(**{**given, **more})  # type: ignore[arg-type]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'views.db'}"
    make: Callable[[], str] = request.getfixturevalue("postgres_database")
    return make()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with closing(open_outbox(f"sqlite:///{tmp_path / 'views.db'}")) as opened:
        yield opened


@pytest.fixture
def addresses(tmp_path: Path) -> Addresses:
    path = tmp_path / "addresses"
    path.write_text("".join(f"{who} {address(n)}\n" for n, who in enumerate(STAFF)))
    return Addresses(path)
