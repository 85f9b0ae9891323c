"""That our names mean our files, that files stay short, and that no model repeats its input."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.arrows import ROOT, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_FILE = 350


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
