"""Who may import whom, and what the pure parts may not reach."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.arrows import ARROWS, ROOT, complaints, sources

if TYPE_CHECKING:
    from pathlib import Path


def test_every_import_follows_the_table_of_arrows() -> None:
    assert complaints(ROOT, ARROWS) == []


def test_every_part_in_the_table_is_shipped_in_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert sorted(name.removesuffix(".py") for name in shipped) == sorted(
        {part for part, _ in sources(ROOT)}
    )


@pytest.mark.parametrize(
    ("where", "source", "complaint"),
    [
        ("domain/case.py", "import temporalio", "domain may not import temporalio"),
        ("domain/case.py", "from store import Log", "domain may not import store.Log"),
        ("domain/case.py", "import random", "domain may not import random"),
        ("domain/case.py", "def f():\n    import worker", "domain may not import worker"),
        (
            "domain/case.py",
            "from datetime import datetime as d\nd.now()",
            "domain may not use datetime.datetime.now",
        ),
        (
            "workflows/case.py",
            "import datetime\nx = datetime.date.today",
            "workflows may not use datetime.date.today",
        ),
        ("workflows/case.py", "from uuid import uuid4", "workflows may not import uuid.uuid4"),
        ("workflows/case.py", "import activities.append", "workflows may not import activities"),
        ("workflows/case.py", "import eventsourcing", "workflows may not import eventsourcing"),
        ("domain/deep/rule.py", "open('x')", "domain may not use builtins.open"),
        (
            "domain/deep/rule.py",
            "from ..store import x\nimport store",
            "domain may not import store",
        ),
        ("activities/append.py", "import settings", "activities may not import settings"),
        ("cli/cases.py", "from worker import main", "cli may not import worker.main"),
        (
            "client/door.py",
            "from settings import Settings as S\ns = S()",
            "client may not use settings.Settings()",
        ),
        (
            "up/place.py",
            "import settings\ns = settings.from_environment()",
            "up may not use settings.from_environment()",
        ),
        ("cli/cases.py", "import temporalio.client", "cli may not import temporalio"),
        ("extra/thing.py", "", "the part extra is not in the table of arrows"),
    ],
)
def test_a_forbidden_import_or_clock_is_found(
    tmp_path: Path, where: str, source: str, complaint: str
) -> None:
    path = tmp_path / where
    path.parent.mkdir(parents=True)
    path.write_text(source)
    found = complaints(tmp_path, ARROWS)
    assert [c for c in found if c.endswith(complaint)] == found != []


def test_what_is_allowed_raises_no_complaint(tmp_path: Path) -> None:
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "case.py").write_text(
        "from datetime import datetime\nfrom pydantic import BaseModel\nfrom . import rule\n"
        "def at(now: datetime) -> str:\n    return now.isoformat()\n"
    )
    (tmp_path / "workflows").mkdir()
    (tmp_path / "workflows" / "case.py").write_text(
        "import asyncio\nfrom temporalio import workflow\nfrom domain.case import at\n"
        "def f() -> str:\n    return at(workflow.now())\n"
    )
    (tmp_path / "client.py").write_text(
        "from settings import Settings\ndef f(settings: Settings) -> None: ...\n"
    )
    assert complaints(tmp_path, ARROWS) == []
