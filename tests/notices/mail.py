"""Real mail servers on loopback that keep what they are sent, and are slow or picky at will."""

from __future__ import annotations

import asyncio
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Postbox:
    """What a server was sent: envelopes and bytes, as they came over the wire."""

    refused: set[str] = field(default_factory=set)
    slow: float = 0.0
    """Seconds before it answers a message."""
    closing_after: int | None = None
    """How many messages it takes before it serves nobody any more."""
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.closing_after is not None and len(self.taken) >= self.closing_after:
            return "421 4.3.2 closing"
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append((envelope.rcpt_tos, content))
        await asyncio.sleep(self.slow)
        return "250 OK"

    @property
    def to(self) -> list[str]:
        """To whom each message was."""
        return [one for recipients, _ in self.taken for one in recipients]

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each message."""
        return [str(message_from_bytes(content)["Message-ID"]) for _, content in self.taken]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(postbox: Postbox, port: int, **more: Any) -> Iterator[None]:
    """Serve on this port of loopback meanwhile."""
    server = Controller(postbox, hostname="127.0.0.1", port=port, **more)
    server.start()
    try:
        yield
    finally:
        server.stop()
