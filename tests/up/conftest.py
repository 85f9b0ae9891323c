"""Supervisors for the tests: each is ended with its children when its test is over."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from settings import Settings
from tests.up.supervised import Up


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet. Its name is not a plain one."""
    return tmp_path / "Fälle #1 50%?"


@pytest.fixture
def settings(data: Path) -> Settings:
    return Settings(data=data, keys=data.with_name(f"{data.name}-keys"))


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., Up]]:
    """Start a supervisor on the data folder, with these children."""
    started: list[Up] = []

    def begin(*words: str, folder: Path = data, **given: Any) -> Up:
        started.append(Up(folder, *words, **given))
        return started[-1]

    yield begin
    for up in started:
        end(up)


def end(up: Up) -> None:
    """End it, whatever state it is in, and all that it started."""
    children: list[psutil.Process] = []
    if up.process.poll() is None:
        children = up.children()
        up.process.kill()
        up.process.wait()
    for child in children:
        if child.is_running():
            child.kill()
