"""The real server and the real worker as processes of their own, ended by their ids."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keys import Keyring
from settings import Settings
from up.temporal import PRAGMAS, binary

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "rj"
ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN = 60.0


@dataclass
class Place:
    """One installation of the benchmark's own, in a folder of its own."""

    folder: Path
    address: str

    @property
    def settings(self) -> Settings:
        """The settings that describe it."""
        return Settings(
            data=self.folder / "data",
            keys=self.folder / "keys",
            temporal_address=self.address,
            temporal_namespace=NAMESPACE,
            log_level="error",
            answer_within=120.0,
        )

    @property
    def environment(self) -> dict[str, str]:
        """The same settings for a child."""
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "RJ_DATA": str(self.folder / "data"),
            "RJ_KEYS": str(self.folder / "keys"),
            "RJ_TEMPORAL_ADDRESS": self.address,
            "RJ_TEMPORAL_NAMESPACE": NAMESPACE,
            "RJ_LOG_LEVEL": "error",
        }


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def place(folder: Path) -> Place:
    """Return a new installation in this folder, keys made."""
    (folder / "data").mkdir(parents=True)
    made = Place(folder, f"127.0.0.1:{free_port()}")
    Keyring(folder / "keys").create_missing()
    return made


@contextmanager
def server(here: Place) -> Iterator[subprocess.Popen[bytes]]:
    """Run the Temporal server on the installation's own file, its database in WAL mode."""
    host, _, port = here.address.partition(":")
    arguments = [
        str(binary()), "server", "start-dev", "--headless", "--ip", host, "--port", port,
        "--db-filename", str(here.folder / "temporal.db"), "--namespace", NAMESPACE,
        "--disable-config-file", "--disable-config-env", "--log-level", "error",
    ]  # fmt: skip
    for pragma in PRAGMAS:
        arguments += ["--sqlite-pragma", pragma]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _listening(host, int(port))
        yield process
    finally:
        stop(process)


@contextmanager
def worker(here: Place, module: str = "worker") -> Iterator[subprocess.Popen[str]]:
    """Run a worker as its own process, and wait until it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=here.environment,
        stdout=subprocess.PIPE,
        stderr=None,
        text=True,
    )
    try:
        _says_ready(process, module)
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """End a child by its id, gently, then not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def memory(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> float:
    """Return the resident memory of a child, in MiB (Linux)."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _listening(host: str, port: int) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                # The namespace is registered just after the port opens.
                time.sleep(1.0)
                return
        time.sleep(0.1)
    raise SystemExit("the Temporal server did not start")


def _says_ready(process: subprocess.Popen[str], module: str) -> None:
    if process.stdout is None:
        raise SystemExit("no output to read")
    for line in process.stdout:
        if line.strip() == "ready":
            return
    raise SystemExit(f"{module} ended before it was ready")
