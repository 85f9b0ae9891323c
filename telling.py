"""Telling staff what is theirs to do: what a worker needs for it, put together."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from access import open_refusals
from activities.noticing import Noticing
from client.noticing import Watch
from notices import Addresses, Folder, Smtp, Sources, Tls, open_outbox, to_tell
from projections import open_views

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from temporalio.client import Client

    from notices import Outbox
    from settings import Settings


def open_noticing(settings: Settings) -> Noticing:
    """Return the activity that sends notices: by mail if a server is set, else into a folder.

    Raises the vault's `Unavailable`.
    """
    outbox = open_outbox(settings.database("views"))
    if not settings.smtp_host:
        return Noticing(outbox, Folder(settings.notice_folder), Addresses(None))
    server = Smtp(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_from,
        Tls(settings.smtp_tls),
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_timeout,
    )
    return Noticing(outbox, server, Addresses(settings.staff_addresses))


@asynccontextmanager
async def telling(settings: Settings, client: Client, outbox: Outbox) -> AsyncIterator[None]:
    """Put into the outbox meanwhile what staff are to be told, and have it sent."""
    if not settings.notices:
        yield
        return
    with watching(settings, client, outbox) as watch:
        task = asyncio.create_task(watch.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@contextmanager
def watching(settings: Settings, client: Client, outbox: Outbox) -> Iterator[Watch]:
    """Give what looks, when it is asked to, what staff are to be told, and has it sent."""
    views = open_views(settings.database("views"), settings.limits, settings.competence)
    sources = Sources(views, open_refusals(settings.database("access")))

    def look() -> bool:
        now = datetime.now(UTC)
        found = to_tell(sources, now)
        outbox.put(found, now)
        outbox.withdraw_all_but(found)
        return bool(outbox.to_send(now, 1))

    try:
        yield Watch(client, settings.task_queue, look)
    finally:
        sources.refusals.close()
        views.close()
