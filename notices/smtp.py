"""Sending by SMTP: one connection for a round, each message on its own."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from notices.problems import Down, NoAnswer, NotTaken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

_CLOSING = 421
"""The server's answer when it serves nobody now."""


class Tls(StrEnum):
    """How the connection is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    """Not at all: for a server on this machine."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server. `timeout` (seconds) is for each of its answers on connecting and on leaving.

    Each of those to a message is waited for longer, `patience`: whoever does not wait for the last
    one sends again what was taken, and RFC 5321 4.5.3.2.6 asks for ten minutes.
    """

    host: str
    port: int
    sender: str
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 20.0
    patience: float = 600.0

    @contextmanager
    def open(self) -> Iterator[Callable[[EmailMessage], None]]:
        """Give what sends a message. Raises `Down`, then and later, and `NotTaken` of a message."""
        try:
            connection = self._connected()
        except OSError as error:
            raise Down(type(error).__name__) from None
        try:
            if connection.sock is not None:
                connection.sock.settimeout(self.patience)
            yield lambda letter: _send(connection, letter)
        finally:
            # Whatever is said on leaving, what was taken is taken.
            _leave(connection, self.timeout)

    def address(self, who: str, addresses: dict[str, str]) -> str | None:
        """Return where somebody is reached; None if that is not known."""
        return addresses.get(who)

    def _connected(self) -> smtplib.SMTP:
        secure = ssl.create_default_context()
        if self.tls is Tls.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout, context=secure
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.tls is Tls.STARTTLS:
                connection.starttls(context=secure)
            if self.user:
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        return connection


def _send(connection: smtplib.SMTP, letter: EmailMessage) -> None:
    try:
        connection.send_message(letter)
    except smtplib.SMTPRecipientsRefused:
        raise NotTaken("address_refused") from None
    except smtplib.SMTPResponseException as error:
        if error.smtp_code == _CLOSING:
            raise Down(type(error).__name__) from None
        raise NotTaken("message_refused") from None
    except smtplib.SMTPNotSupportedError:
        raise NotTaken("message_refused") from None
    except OSError as error:
        # Of the library's own: the server hung up.
        raise NoAnswer(type(error).__name__) from None


def _leave(connection: smtplib.SMTP, timeout: float) -> None:
    try:
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        connection.quit()
    except OSError:
        connection.close()
