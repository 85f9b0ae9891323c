"""The workflow stays light: nothing of the stores, the rules or the drivers comes with it."""

from __future__ import annotations

import subprocess
import sys

LIST = "import sys, workflows.case; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
HEAVY = {"activities", "access", "store", "vault", "client", "eventsourcing", "sqlalchemy"}
HEAVY |= {"sqlite3", "psycopg", "cryptography", "holidays", "structlog"}


def test_importing_the_workflow_loads_no_store_no_rule_and_no_driver() -> None:
    done = subprocess.run([sys.executable, "-c", LIST], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "workflows" in loaded
    assert loaded & HEAVY == set()


def test_of_the_domain_it_loads_the_messages_alone() -> None:
    program = LIST.replace("m.partition('.')[0]", "m")
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    ours = {module for module in done.stdout.split() if module.startswith("domain")}
    assert ours == {"domain", "domain.message"}
