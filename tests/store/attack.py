"""Somebody with every right on the log's database, who goes past the log."""

# ruff: noqa: S608 - the statements are these tests' own

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import psycopg

from tests.store.sample import CASE

_ONE = "WHERE originator_id = ? AND originator_version = ?"


class Attacker:
    """Reads and alters the database at this URL by SQL."""

    def __init__(self, url: str) -> None:
        self.url = url

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement, its parameters written `?`, and return its rows."""
        if self.url.startswith("sqlite"):
            with (
                closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as connection,
                connection,
            ):
                return connection.execute(statement, values).fetchall()
        with psycopg.connect(self.url) as connection:
            cursor = connection.execute(statement.replace("?", "%s").encode(), values)
            return cursor.fetchall() if cursor.description else []

    def unguard(self) -> None:
        """Take the append-only triggers off."""
        if self.url.startswith("sqlite"):
            for (name,) in self.sql("SELECT name FROM sqlite_master WHERE type='trigger'"):
                self.sql(f"DROP TRIGGER {name}")
        else:
            self.sql("DROP TRIGGER IF EXISTS stored_events_append_only ON stored_events")

    def count(self) -> int:
        return int(self.sql("SELECT count(*) FROM stored_events")[0][0])

    def state(self, version: int) -> bytes:
        """Return the recorded bytes of a version of the case."""
        return bytes(self.sql(f"SELECT state FROM stored_events {_ONE}", CASE, version)[0][0])

    def put(self, version: int, state: bytes) -> None:
        self.unguard()
        self.sql(f"UPDATE stored_events SET state = ? {_ONE}", state, CASE, version)

    def change(self, version: int, old: bytes, new: bytes) -> None:
        was = self.state(version)
        assert old in was
        self.put(version, was.replace(old, new))

    def rename(self, version: int, topic: str) -> None:
        self.unguard()
        self.sql(f"UPDATE stored_events SET topic = ? {_ONE}", topic, CASE, version)

    def move(self, version: int, to: int) -> None:
        self.unguard()
        self.sql(f"UPDATE stored_events SET originator_version = ? {_ONE}", to, CASE, version)

    def delete(self, version: int) -> None:
        self.unguard()
        self.sql(f"DELETE FROM stored_events {_ONE}", CASE, version)

    def insert(self, version: int, state: bytes) -> None:
        self.sql(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
            "VALUES (?, ?, ?, ?)",
            CASE,
            version,
            "tested_step",
            state,
        )
