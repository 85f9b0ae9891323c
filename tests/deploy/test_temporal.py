"""The scripts that set Temporal up: one on the real server, one with a tool that only listens."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from up.temporal import RETENTION, binary

SCRIPTS = Path(__file__).parents[2] / "deploy" / "temporal"
PATH = f"{binary().parent}:{os.environ['PATH']}"


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(SCRIPTS / script)],
        env={"PATH": PATH, "HOME": "/nowhere", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def temporal(words: str) -> str:
    """Run Temporal's own tool; return what it prints."""
    return subprocess.run(
        [str(binary()), *words.split()], capture_output=True, text=True, check=True
    ).stdout


def set_up(address: str) -> subprocess.CompletedProcess[str]:
    """Run the job until the server is there, as the engine would; at most ten times."""
    for _ in range(10):
        done = run("namespace.sh", TEMPORAL_ADDRESS=address, TEMPORAL_NAMESPACE="rj")
        if done.returncode == 0:
            break
        time.sleep(0.5)
    return done


def kept_for(address: str) -> str:
    described = temporal(f"operator namespace describe rj --address {address} --output json")
    return str(json.loads(described)["config"]["workflowExecutionRetentionTtl"])


def test_the_namespace_is_made_and_keeps_what_has_ended_for_seven_days(address: str) -> None:
    assert set_up(address).returncode == 0
    assert kept_for(address) == f"{RETENTION.total_seconds():.0f}s"


def test_the_namespace_can_be_set_up_again_and_a_changed_retention_is_put_right(
    address: str,
) -> None:
    assert set_up(address).returncode == 0
    temporal(f"operator namespace update --namespace rj --retention 3d --address {address}")
    assert kept_for(address) != f"{RETENTION.total_seconds():.0f}s"
    assert set_up(address).returncode == 0
    assert kept_for(address) == f"{RETENTION.total_seconds():.0f}s"


def test_without_a_server_the_set_up_ends_with_an_error() -> None:
    assert run("namespace.sh", TEMPORAL_ADDRESS="127.0.0.1:1", TEMPORAL_NAMESPACE="rj").returncode


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """Put a schema tool on the path that writes down what it was asked, and can be made to end."""
    told = tmp_path / "told"
    program = tmp_path / "temporal-sql-tool"
    program.write_text(f'#!/bin/sh\necho "$*" >> {told}\ncase "$*" in *"$FAILS"*) exit 1;; esac\n')
    program.chmod(0o700)
    return tmp_path


def test_both_databases_are_brought_to_the_schema_of_the_release(tool: Path) -> None:
    assert run("schema.sh", PATH=f"{tool}:{PATH}", FAILS="nothing").returncode == 0
    folder = "--schema-dir /etc/temporal/schema/postgresql/v12"
    assert (tool / "told").read_text().splitlines() == [
        "--database temporal setup-schema --version 0.0",
        f"--database temporal update-schema {folder}/temporal/versioned",
        "--database temporal_visibility setup-schema --version 0.0",
        f"--database temporal_visibility update-schema {folder}/visibility/versioned",
    ]


@pytest.mark.parametrize("step", ["setup-schema", "update-schema", "temporal_visibility"])
def test_a_step_that_does_not_succeed_stops_the_set_up(tool: Path, step: str) -> None:
    assert run("schema.sh", PATH=f"{tool}:{PATH}", FAILS=step).returncode != 0
    assert step in (tool / "told").read_text().splitlines()[-1]
