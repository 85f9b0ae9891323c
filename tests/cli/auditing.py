"""An auditor at a terminal, what they look at, and an outsider with the verifier."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal import typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal, Typist


@pytest.fixture(scope="module")
def auditor(typist: Typist) -> str:
    service = ("--organisation", "derbyshire_rj", "--at", "2020-01-01")
    entry = ("register", "service-staff", "--roles=auditor", *service)
    return str(typed(typist, "practitioners", *entry)["stream"])


@pytest.fixture(scope="module")
def case(typist: Typist) -> str:
    return str(typed(typist, "cases")["cases"][0]["case"])


@pytest.fixture(scope="module")
def kept(typist: Typist, here: Terminal) -> list[Path]:
    """Return two checkpoints, an older one and one of all that is there."""
    typed(typist, "audit", "checkpoint")
    typed(typist, "practitioners", "register", "pcso", "--organisation", "derbyshire_rj")
    typed(typist, "audit", "checkpoint")
    return sorted((here.keys / "checkpoints").glob("*/*.checkpoint"), key=lambda p: p.name)[-2:]


@pytest.fixture
def keys(typist: Typist, tmp_path: Path) -> Path:
    file = tmp_path / "keys.txt"
    file.write_text(typist.rj("audit", "keys").out)
    return file


def verifier(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "audit.verify", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)
