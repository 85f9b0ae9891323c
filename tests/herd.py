"""A server and workers as processes of their own, killed and started again at any moment."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from tests.waiting import until
from up.ports import LOOPBACK
from up.temporal import PRAGMAS, binary

if TYPE_CHECKING:
    from settings import Settings

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Herd:
    """What runs, and how to kill it. Nothing is ever ended by its name."""

    folder: Path
    settings: Settings
    server: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    killed: int = 0

    @property
    def output(self) -> Path:
        """What the workers and the server write."""
        return self.folder / "output.txt"

    async def start(self, workers: int) -> None:
        """Start the server, wait until it answers, then start the workers and wait for them."""
        await self.start_server()
        for _ in range(workers):
            self.start_worker()
        # The worker makes the databases, and the door opens what is there.
        await until(
            lambda: self.output.read_text().splitlines().count("ready") >= workers, seconds=30
        )

    async def start_server(self) -> None:
        """Start the server on the file that it had before, and wait until it answers."""
        self.server = self._server()
        await until(self.answers, seconds=30)

    def _server(self) -> subprocess.Popen[bytes]:
        port = self.settings.temporal_address.rpartition(":")[2]
        arguments = [
            str(binary()), "server", "start-dev", "--headless", "--ip", LOOPBACK, "--port", port,
            "--db-filename", str(self.folder / "temporal.db"),
            "--namespace", self.settings.temporal_namespace,
            "--disable-config-file", "--disable-config-env", "--log-level", "info",
        ]  # fmt: skip
        for pragma in PRAGMAS:
            arguments += ["--sqlite-pragma", pragma]
        with self.output.open("ab") as output:
            return subprocess.Popen(arguments, stdout=output, stderr=output)

    async def answers(self) -> bool:
        """Say whether the server serves the namespace."""
        try:
            client = await Client.connect(
                self.settings.temporal_address,
                namespace=self.settings.temporal_namespace,
                data_converter=pydantic_data_converter,
            )
            await client.count_workflows("")
        except Exception:  # noqa: BLE001 - whatever it is, it does not answer yet
            return False
        return True

    def start_worker(self) -> None:
        """Start one more worker."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "RJ_DATA": str(self.settings.data),
            "RJ_KEYS": str(self.settings.keys),
            "RJ_TEMPORAL_ADDRESS": self.settings.temporal_address,
            "RJ_TEMPORAL_NAMESPACE": self.settings.temporal_namespace,
            "RJ_LOG_LEVEL": "debug",
            "RJ_LOG_FORMAT": "json",
        }
        with self.output.open("ab") as output:
            self.workers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "worker"],
                    cwd=ROOT,
                    env=environment,
                    stdout=output,
                    stderr=output,
                )
            )

    def kill_worker(self, number: int) -> None:
        """Kill a worker, whatever it is writing, and start another in its place."""
        self._kill(self.workers.pop(number % len(self.workers)))
        self.start_worker()

    async def kill_server(self) -> None:
        """Kill the server and start it again on its file."""
        if self.server is not None:
            self._kill(self.server)
        await asyncio.sleep(0.2)
        await self.start_server()

    def end(self) -> None:
        """End everything."""
        for process in (*self.workers, *([self.server] if self.server else [])):
            process.send_signal(signal.SIGKILL)
            process.wait()

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.killed += 1


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
