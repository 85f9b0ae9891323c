"""Who may import whom, and what the pure parts may not reach: read from the source with `ast`."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
NO_PARTS = {"tests", "benchmarks", "docs", "deploy"}
LONGEST_FILE = 350


class May(NamedTuple):
    """What a part may import: our other parts, and other people's packages."""

    ours: str = ""
    theirs: str = ""


ARROWS = {
    "domain": May("", "pydantic"),
    "keys": May("", "cryptography"),
    "settings": May("domain", "pydantic pydantic_settings"),
    "proof": May("domain keys", "pydantic"),
    "store": May(
        "domain keys", "cryptography eventsourcing psycopg psycopg_pool pydantic sqlalchemy"
    ),
    "vault": May("domain keys", "cryptography psycopg pydantic sqlalchemy"),
    "workflows": May("domain", "pydantic temporalio"),
    "activities": May("domain keys proof store vault", "pydantic structlog temporalio"),
    "client": May("domain keys proof store vault workflows", "pydantic structlog temporalio"),
    "projections": May("domain store vault", "pydantic sqlalchemy structlog"),
    "audit": May("domain keys store vault", "cryptography pydantic"),
    "up": May("client domain keys settings store vault", "pydantic rich structlog temporalio"),
    "cli": May(
        "audit client domain keys projections settings store up vault",
        "cyclopts pydantic rich structlog",
    ),
    "worker": May(
        "activities domain keys proof settings store vault workflows", "structlog temporalio"
    ),
}
"""The table of arrows. Nobody may import `worker`; only entry points read `settings`."""

PURE = {"domain", "workflows"}
IMPURE_MODULES = frozenset(
    """asyncio concurrent http io logging multiprocessing os pathlib queue random secrets select
    shutil signal socket sqlite3 ssl subprocess tempfile threading time urllib uuid""".split()  # noqa: SIM905 - a table reads better as words
)
EXCUSED = {("workflows", "asyncio")}
"""A workflow's lock and waiting are asyncio's, run by Temporal's own deterministic loop."""
IMPURE_CALLS = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "builtins.open",
    "builtins.input",
    "builtins.print",
    "builtins.__import__",
    "importlib.import_module",
}


def sources(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield (part, file) for each Python file: a part is a folder or module of the root."""
    for path in sorted(root.rglob("*.py")):
        inside = path.relative_to(root).parts
        if not inside[0].startswith(".") and inside[0] not in NO_PARTS:
            yield inside[0].removesuffix(".py"), path


def imported(tree: ast.AST, package: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield (name bound, dotted name meant, line) for every import, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                yield bound, alias.name if alias.asname else bound, node.lineno
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield alias.asname or alias.name, f"{module}.{alias.name}", node.lineno


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """Return the dotted name that an expression means, given what the file's names stand for."""
    if isinstance(node, ast.Name):
        return names.get(node.id, f"builtins.{node.id}")
    if isinstance(node, ast.Attribute):
        front = dotted(node.value, names)
        return front and f"{front}.{node.attr}"
    return None


def complaints(root: Path, arrows: dict[str, May]) -> list[str]:
    """Return a sentence for each import or call that the table does not allow."""
    found: list[str] = []
    parts = {part for part, _ in sources(root)}
    for part, path in sources(root):
        where = path.relative_to(root).as_posix()
        if part not in arrows:
            found.append(f"{where}: the part {part} is not in the table of arrows")
            continue
        tree = ast.parse(path.read_text())
        package = list(path.relative_to(root).parts[:-1])
        names: dict[str, str] = {}
        for bound, name, line in imported(tree, package):
            names[bound] = name
            if not allowed(part, name.partition(".")[0], parts, arrows[part]):
                found.append(f"{where}:{line}: {part} may not import {name}")
        uses = impure(tree, names) if part in PURE else ()
        found += [f"{where}:{line}: {part} may not use {name}" for name, line in uses]
    return found


def allowed(part: str, top: str, parts: set[str], may: May) -> bool:
    """Say whether a part may import anything from this top-level module."""
    if top in (part, "__future__"):
        return True
    if top in parts or top in ARROWS:
        return top in may.ours.split()
    if top in sys.stdlib_module_names:
        return part not in PURE or top not in IMPURE_MODULES or (part, top) in EXCUSED
    return top in may.theirs.split()


def impure(tree: ast.AST, names: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Yield (dotted name, line) for each use of a clock, a file or an import by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            name = dotted(node, names)
            if name in IMPURE_CALLS:
                yield name, node.lineno


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
    assert complaints(tmp_path, ARROWS) == []


def test_our_names_mean_our_files_and_no_other_distribution_has_them(tmp_path: Path) -> None:
    parts = sorted({part for part, _ in sources(ROOT)})
    ours = {"restorative-justice-service"}
    others = packages_distributions()
    assert {part: set(others.get(part, ())) - ours for part in parts} == {p: set() for p in parts}
    shown = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            f"from importlib.util import find_spec\nfor p in {parts}: print(find_spec(p).origin)",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    elsewhere = [o for o in shown.stdout.split("\n") if o and not Path(o).is_relative_to(ROOT)]
    assert elsewhere == []


def test_no_test_folder_is_a_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_file_is_too_long_to_be_one_idea() -> None:
    files = [path for _, path in sources(ROOT)]
    files += [p for name in ("tests", "benchmarks") for p in (ROOT / name).rglob("*.py")]
    lengths = {p.relative_to(ROOT).as_posix(): p.read_text().count("\n") for p in files}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def modules() -> list[str]:
    """Return the names of all modules of the service."""
    names = {part for part, _ in sources(ROOT)}
    folders = [name for name in names if (ROOT / name).is_dir()]
    for folder in folders:
        inside = pkgutil.walk_packages([str(ROOT / folder)], f"{folder}.")
        names |= {module.name for module in inside}
    return sorted(names)


def models_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for child in model.__subclasses__():
        yield child
        yield from models_of(child)


def test_no_model_and_no_adapter_repeats_what_somebody_typed() -> None:
    loaded = [importlib.import_module(name) for name in modules()]
    parts = {part for part, _ in sources(ROOT)}
    ours = {m for m in models_of(BaseModel) if m.__module__.partition(".")[0] in parts}
    telling = [m.__qualname__ for m in ours if not m.model_config.get("hide_input_in_errors")]
    adapters = {
        f"{module.__name__}.{name}": value
        for module in loaded
        for name, value in vars(module).items()
        if isinstance(value, TypeAdapter)
    }
    telling += [name for name, adapter in adapters.items() if repeats(adapter)]
    assert ours
    assert telling == []


def repeats(adapter: TypeAdapter[object]) -> bool:
    try:
        adapter.validate_python(object())
    except ValidationError as error:
        return "input_value" in str(error)
    return False


def test_an_adapter_that_repeats_its_input_is_found() -> None:
    class Telling(BaseModel):
        when: int

    assert repeats(TypeAdapter(Telling | None))
