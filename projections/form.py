"""What the rows were made by: if that changes, they have to be made again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import domain

if TYPE_CHECKING:
    from domain.matrix import Matrix
    from domain.waits import Limits


def form(limits: Limits, matrix: Matrix) -> str:
    """Return a digest of everything that rows depend on besides the log.

    That is the source of the domain and of the read models, the bank holidays, the limits and
    the matrix of competence.
    """
    own = limits.model_dump_json() + matrix.digest
    return hashlib.sha256(_sources() + own.encode()).hexdigest()


@cache
def _sources() -> bytes:
    found = hashlib.sha256(version("holidays").encode())
    for folder in (Path(str(domain.__file__)).parent, Path(__file__).parent):
        for path in sorted(folder.rglob("*.py")):
            found.update(path.read_bytes())
    return found.digest()
