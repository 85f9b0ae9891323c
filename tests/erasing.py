"""Cases in which somebody is erased, and where to look for what could be left."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import create_engine, text

from domain.fold import fold
from tests.serving import installation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    import pytest
    from temporalio.testing import WorkflowEnvironment

    from client.answer import Answer
    from domain.case import Case
    from domain.texts import TextRef
    from tests.serving import Service

NAME, STORY, NOTE, OTHERS = (
    "Zenobia Quillfeather",
    "He took the marmalade spoon",
    "Sleeps badly since the marmalade affair",
    "I am sorry about the spoon",
)
"""Plainly invented."""
REPLY = "We have erased what we held about you (invented)."
ERASE: dict[str, Any] = {"party": "V1", "ground": "NO_LONGER_NEEDED", "reply": REPLY}

STORES = ("log", "vault", "vault_keys", "access", "views")


@asynccontextmanager
async def on_either(
    request: pytest.FixtureRequest, folder: Path, server: WorkflowEnvironment
) -> AsyncIterator[Service]:
    """Give an installation on the kind of database that the fixture asks for: sqlite, postgres."""
    urls = {}
    if request.param == "postgres":
        make: Callable[[], str] = request.getfixturevalue("postgres_database")
        urls = {f"{name}_url": make() for name in STORES}
    async with installation(folder, server, **urls) as own:
        yield own


def case_of(service: Service, stream: str) -> Case:
    return fold(service.log(stream))


async def refer(service: Service, name: str = NAME) -> str:
    """Return a case in which two people, and nobody in particular, have something to say."""
    people = [
        {"party": "V1", "role": "DIRECT_VICTIM", "details": {"name": name, "born": "1973-11-29"}},
        {"party": "O1", "role": "OFFENDER", "stage": "CUSTODY", "details": {"notes": OTHERS}},
    ]
    opened = await service.do(
        "worker", "refer", source="PCSO", initiator="VICTIM_INITIATED", parties=people,
        notes=f"{name} rang. {NOTE}",
    )  # fmt: skip
    more = {"stream": opened.stream}
    await service.do("supervisor", "allocate_case", more=more, lead="@lead", co="@co")
    pair = {"thread": "V1-O1", "party": "V1"}
    await service.do("lead", "gather_question", more=more, **pair, words=STORY)
    return opened.stream


async def decide(service: Service, case: str, **given: Any) -> Answer:
    more = {"stream": case}
    step = "REMOVE_STORY" if given.get("extent") == "STORY" else "ERASE"
    of = {"party": given.get("party", "V1")} if given.get("party", "V1") else {}
    await service.do("worker", "propose_data_step", more=more, **of, step=step)
    whole = {key: value for key, value in {**ERASE, **given}.items() if value is not None}
    return await service.do("officer", "decide_erasure", more=more, **whole)


def texts(service: Service, case: str) -> dict[str, TextRef]:
    """Return what was put in when it was opened: the details of both, the notes, the question."""
    refer = next(e for e in service.log(case) if hasattr(e.event, "notes"))
    parties = {p.id: p.details for p in case_of(service, case).parties.values()}
    asked = next(iter(case_of(service, case).questions.values())).words
    return {
        "V1": parties["V1"], "O1": parties["O1"], "question": asked,
        "notes": refer.event.notes,
    }  # type: ignore[dict-item]  # fmt: skip


def rows(service: Service, database: str, table: str) -> list[dict[str, Any]]:
    url = service.settings.database(database)  # type: ignore[arg-type]
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608
    engine.dispose()
    return found


def everything(service: Service) -> Iterator[bytes]:
    """Yield the bytes of every file of the installation, and of every row on PostgreSQL."""
    settings = service.settings
    for folder in (settings.folder, settings.key_folder):
        yield from (path.read_bytes() for path in folder.rglob("*") if path.is_file())
    if not settings.log_url:
        return
    for name in STORES:
        with psycopg.connect(settings.database(name)) as connection:  # type: ignore[arg-type]
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            for (table,) in tables:
                with connection.cursor().copy(f'COPY "{table}" TO STDOUT (FORMAT BINARY)') as copy:
                    yield from (bytes(block) for block in copy)
