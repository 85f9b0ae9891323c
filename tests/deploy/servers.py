"""A PostgreSQL server of the deployment's release, as its jobs leave it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psycopg

from settings import Settings
from tests.deploy.compose import ROOT, SERVICES

PASSWORDS = {
    "MIGRATOR_PASSWORD": 'it\'s "quoted"',
    "SERVICE_PASSWORD": "service",
    "NOTARY_PASSWORD": "notary",
    "TEMPORAL_PASSWORD": "temporal",
}


class Server(NamedTuple):
    folder: Path
    programs: Path

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.folder), safe='')}"

    def settings(self, role: str) -> Settings:
        """Return the settings of a service that logs in as this role."""
        databases = ("log", "vault", "keys", "access", "views")
        log, vault, keys, access, views = (self.url(role, f"rj_{name}") for name in databases)
        return Settings(
            log_url=log, vault_url=vault, vault_keys_url=keys, access_url=access, views_url=views
        )

    def psql(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a script as its job in the deployment does, with that job's own command."""
        job = next(s for s in SERVICES.values() if str(s.get("command", "")).count(script))
        command = [w.replace("/deploy/", f"{ROOT}/deploy/postgres/") for w in job["command"]]
        return subprocess.run(
            [str(self.programs / command[0]), *command[1:]],
            env={"PGHOST": str(self.folder), "PGUSER": "postgres", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def may(self, role: str, database: str, *statements: str) -> bool:
        """Say whether a role may run these statements."""
        try:
            with psycopg.connect(self.url(role, database)) as connection:
                for statement in statements:
                    connection.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            return False
        except psycopg.OperationalError as error:
            if "permission denied for database" not in str(error):
                raise
            return False
        return True
