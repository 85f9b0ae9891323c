"""What goes into the image: made from the files that the engine is given, and nothing fetched."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IGNORE = (ROOT / ".dockerignore").read_text().split("\n")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Return the wheel that the image's builder makes from the files that it is given."""
    folder = tmp_path_factory.mktemp("image")
    given = folder / "given"
    given.mkdir()
    for pattern in IGNORE:
        for path in ROOT.glob(pattern[1:]) if pattern.startswith("!") else ():
            if path.is_dir():
                unwanted = shutil.ignore_patterns("__pycache__", "*.pyc")
                shutil.copytree(path, given / path.name, ignore=unwanted)
            else:
                shutil.copy(path, given)
    line = "pip wheel --no-index --no-deps --no-build-isolation --disable-pip-version-check"
    assert (
        "pip wheel --no-index --no-deps --no-build-isolation" in (ROOT / "Dockerfile").read_text()
    )
    subprocess.run(
        [sys.executable, "-m", *line.split(), "--quiet", "--wheel-dir", folder / "dist", "."],
        cwd=given,
        check=True,
    )
    (made,) = (folder / "dist").glob("*.whl")
    return zipfile.ZipFile(made)


def test_the_image_holds_every_file_of_the_service_and_no_test(wheel: zipfile.ZipFile) -> None:
    held = {name for name in wheel.namelist() if name.endswith(".py")}
    apart = {"tests", "benchmarks"}
    meant = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if not path.relative_to(ROOT).parts[0].startswith(".")
        and path.relative_to(ROOT).parts[0] not in apart
    }
    assert held == meant


def test_the_image_has_the_command(wheel: zipfile.ZipFile) -> None:
    (points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "rj = cli.__main__:main" in wheel.read(points).decode()


def test_the_engine_is_given_no_more_than_the_image_is_made_of() -> None:
    assert IGNORE[1] == "*"
    allowed = {line[1:] for line in IGNORE if line.startswith("!")}
    assert not allowed & {"tests", "docs", "deploy", ".git", ".env", ".venv", "*"}
