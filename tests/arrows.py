"""The table of arrows: who may import whom; and what stands in the source, read with `ast`."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
NO_PARTS = {"tests", "benchmarks", "docs", "deploy"}


class May(NamedTuple):
    """What a part may import: our other parts, and other people's packages."""

    ours: str = ""
    theirs: str = ""


ARROWS = {
    # Bank holidays are data; the package that keeps them up to date is as pure as the domain.
    "domain": May("", "holidays pydantic"),
    "keys": May("", "cryptography"),
    "logs": May("", "structlog temporalio"),
    "settings": May("domain", "pydantic pydantic_settings"),
    "sentences": May("domain", "pydantic"),
    "keyfolder": May("keys settings"),
    "proof": May("domain keys", "pydantic"),
    "sqlitefile": May(),
    "trouble": May(),
    "wholefile": May(),
    "collecting": May(),
    "store": May(
        "domain keys sqlitefile trouble",
        "cryptography eventsourcing msgspec psycopg psycopg_pool pydantic sqlalchemy",
    ),
    "vault": May(
        "domain keys sqlitefile trouble",
        "anyascii cryptography jellyfish nicknames psycopg pydantic sqlalchemy",
    ),
    "workflows": May("domain", "pydantic temporalio"),
    "access": May("audit domain keys store trouble vault", "pydantic sqlalchemy structlog"),
    "activities": May(
        "access domain keys logs notices proof store vault workflows",
        "pydantic structlog temporalio",
    ),
    "client": May(
        "access domain keys logs proof settings store vault workflows",
        "pydantic structlog temporalio",
    ),
    "health": May("settings"),
    "migrate": May("access audit reports settings store vault"),
    "reports": May("domain keys store vault", "pydantic sqlalchemy"),
    "projections": May("domain store vault", "pydantic sqlalchemy structlog"),
    "notices": May("access domain projections vault wholefile", "sqlalchemy"),
    "audit": May("collecting domain keys store trouble wholefile", "cryptography structlog"),
    "exports": May("domain wholefile", "pydantic"),
    "notary": May("access audit health keys logs settings store vault", "structlog"),
    "up": May(
        "client domain keyfolder keys logs settings store vault",
        "pydantic rich structlog temporalio",
    ),
    "cli": May(
        "access audit client collecting domain exports health keys logs migrate notices projections"
        " reports sentences settings store up vault wholefile",
        "cyclopts pydantic rich structlog",
    ),
    "telling": May("access activities client notices projections settings", "temporalio"),
    "worker": May(
        "access activities audit client collecting domain health keyfolder keys logs projections"
        " proof reports settings store telling vault workflows",
        "structlog temporalio",
    ),
}
"""The table of arrows. Nobody may import `worker`, which puts the parts together."""

ENTRY_POINTS = {"cli", "health", "migrate", "notary", "worker"}
"""Only these read the environment into settings; everybody else is handed them."""

PURE = {"domain", "workflows"}
IMPURE_MODULES = frozenset(
    """asyncio concurrent http io logging multiprocessing os pathlib queue random secrets select
    shutil signal socket sqlite3 ssl subprocess tempfile threading time urllib uuid""".split()  # noqa: SIM905 - a table reads better as words
)
EXCUSED = {("workflows", "asyncio"), ("domain", "threading")}
"""A workflow's lock and waiting are asyncio's, run by Temporal's own deterministic loop; the domain
remembers what it folded before, for several threads at once."""
IMPURE_USES = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "builtins.open",
    "builtins.input",
    "builtins.print",
    "builtins.__import__",
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


class Source(NamedTuple):
    """One file, parsed: what it imports, by line, and what its names stand for."""

    tree: ast.Module
    imports: list[tuple[str, int]]
    names: dict[str, str]

    @classmethod
    def read(cls, path: Path, root: Path) -> Source:
        tree = ast.parse(path.read_text())
        found = list(imported(tree, list(path.relative_to(root).parts[:-1])))
        names = {bound: name for bound, name, _ in found}
        return cls(tree, [(name, line) for _, name, line in found], names)

    def uses(self, wanted: set[str]) -> list[tuple[str, int]]:
        """Return (dotted name, line) for each use of the wanted; a call of x is also `x()`."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                name = f"{dotted(node.func, self.names)}()"
            elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                name = dotted(node, self.names) or ""
            else:
                continue
            if name in wanted:
                found.append((name, node.lineno))
        return found


def complaints(root: Path, arrows: dict[str, May]) -> list[str]:
    """Return a sentence for each import or use that is not allowed."""
    found: list[str] = []
    parts = {part for part, _ in sources(root)}
    for part, path in sources(root):
        where = path.relative_to(root).as_posix()
        if part not in arrows:
            found.append(f"{where}: the part {part} is not in the table of arrows")
            continue
        source = Source.read(path, root)
        for name, line in source.imports:
            if not allowed(part, name.partition(".")[0], parts, arrows[part]):
                found.append(f"{where}:{line}: {part} may not import {name}")
        for name, line in source.uses(unwanted(part)):
            found.append(f"{where}:{line}: {part} may not use {name}")
    return found


def unwanted(part: str) -> set[str]:
    """Return what a part may not use, whatever it may import."""
    read = set() if part in ENTRY_POINTS else {"settings.Settings()", "settings.from_environment()"}
    return read | (IMPURE_USES if part in PURE else set())


def allowed(part: str, top: str, parts: set[str], may: May) -> bool:
    """Say whether a part may import anything from this top-level module."""
    if top in (part, "__future__"):
        return True
    if top in parts or top in ARROWS:
        return top in may.ours.split()
    if top in sys.stdlib_module_names:
        return part not in PURE or top not in IMPURE_MODULES or (part, top) in EXCUSED
    return top in may.theirs.split()
