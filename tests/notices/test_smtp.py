"""Notices over real mail servers: what they say, and that none is lost whatever the server does."""

from __future__ import annotations

import signal
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notices import Addresses, Down, Smtp, Tls, send
from tests.arrows import ROOT
from tests.notices.conftest import NOW, STAFF, address, notice
from tests.notices.mail import Postbox, free_port, served

if TYPE_CHECKING:
    from pathlib import Path

    from notices import Outbox, Sent

SENDER = "rj@service.example"
WORDS = "pass-phrase"


@pytest.fixture
def port() -> int:
    return free_port()


def by_mail(port: int, **more: object) -> Smtp:
    return Smtp("127.0.0.1", port, SENDER, **{"tls": Tls.NONE, **more})  # type: ignore[arg-type]


def a_round(
    outbox: Outbox, server: Smtp, addresses: Addresses, later: timedelta = timedelta()
) -> Sent:
    return send(outbox, server, addresses, lambda: NOW + later)


def test_on_the_wire_are_the_case_the_task_the_day_and_nothing_else(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    postbox, told = Postbox(), notice(1)
    outbox.put([told], NOW)
    with served(postbox, port):
        assert a_round(outbox, by_mail(port), addresses).sent == 1
    ((to, content),) = postbox.taken
    assert to == [address(1)]
    assert content.decode().splitlines() == [
        f"Message-ID: <{told.id}@service.example>",
        "Date: Mon, 02 Mar 2026 09:00:00 +0000",
        f"From: {SENDER}",
        f"To: {address(1)}",
        f"Subject: {told.case}: due today",
        "Auto-Submitted: auto-generated",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: 7bit",
        "MIME-Version: 1.0",
        "",
        f"Case {told.case}",
        "Task: look at the risk again",
        "Due: Mon 02 March 2026",
    ]


def test_while_the_server_is_down_all_wait_and_afterwards_each_is_sent_once(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    outbox.put([notice(number) for number in range(12)], NOW)
    for _ in range(3):
        with pytest.raises(Down):
            a_round(outbox, by_mail(port), addresses)
    assert outbox.waiting() == 12
    postbox = Postbox()
    with served(postbox, port):
        assert a_round(outbox, by_mail(port), addresses).sent == 12
        assert a_round(outbox, by_mail(port), addresses).sent == 0
    assert len({*postbox.ids}) == len(postbox.taken) == 12


def test_a_slow_server_is_waited_for_and_sent_nothing_twice(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    outbox.put([notice(number) for number in range(3)], NOW)
    postbox = Postbox(slow=0.6)
    with served(postbox, port):
        assert a_round(outbox, by_mail(port, timeout=0.3), addresses).sent == 3
    assert len({*postbox.ids}) == len(postbox.taken) == 3


def test_one_that_a_silent_server_may_have_is_repeated_once_later_with_the_same_id(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    outbox.put([notice(number) for number in range(3)], NOW)
    postbox = Postbox(slow=1.0)
    with served(postbox, port):
        with pytest.raises(Down):
            a_round(outbox, by_mail(port, patience=0.3), addresses)
        postbox.slow = 0.0
        assert a_round(outbox, by_mail(port), addresses).sent == 2
        assert a_round(outbox, by_mail(port), addresses, timedelta(minutes=6)).sent == 1
    assert sorted(postbox.ids.count(one) for one in {*postbox.ids}) == [1, 1, 2]


def test_a_server_that_closes_in_the_middle_gets_the_rest_later(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    outbox.put([notice(number) for number in range(6)], NOW)
    postbox = Postbox(closing_after=2)
    with served(postbox, port):
        with pytest.raises(Down):
            a_round(outbox, by_mail(port), addresses)
        postbox.closing_after = None
        assert a_round(outbox, by_mail(port), addresses).sent == 4
    assert len({*postbox.ids}) == len(postbox.taken) == 6


def test_one_address_that_is_refused_keeps_no_other_from_being_sent_and_is_tried_again(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    outbox.put([notice(number) for number in range(10)], NOW)
    postbox = Postbox(refused={address(2)})
    with served(postbox, port):
        done = a_round(outbox, by_mail(port), addresses)
        assert (done.sent, done.put_off) == (8, 2)
        assert a_round(outbox, by_mail(port), addresses).sent == 0
        postbox.refused.clear()
        assert a_round(outbox, by_mail(port), addresses, timedelta(minutes=6)).sent == 2
    assert len({*postbox.ids}) == len(postbox.taken) == 10
    assert outbox.waiting() == 0


def test_what_was_done_in_the_middle_of_a_round_is_not_sent_any_more(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    notices = [notice(number) for number in range(6)]
    outbox.put(notices, NOW)
    seen: list[int] = []

    def done_by_somebody() -> None:
        seen.append(1)
        if len(seen) == 2:
            outbox.withdraw_all_but([one for one in notices if one.id in first])

    first = [kept.id for kept in outbox.to_send(NOW, 3)]
    postbox = Postbox()
    with served(postbox, port):
        done = send(outbox, by_mail(port), addresses, lambda: NOW, done_by_somebody)
    assert (done.sent, done.put_off, done.more) == (3, 0, False)
    assert postbox.ids == [f"<{one}@service.example>" for one in first]
    assert outbox.waiting() == 0


def test_who_has_no_address_is_told_once_there_is_one(
    outbox: Outbox, tmp_path: Path, port: int
) -> None:
    outbox.put([notice(1), notice(2)], NOW)
    file = tmp_path / "some"
    file.write_text(f"# work addresses\n{STAFF[2]} {address(2)}\n\n")
    postbox = Postbox()
    with served(postbox, port):
        assert a_round(outbox, by_mail(port), Addresses(file)).put_off == 1
        file.write_text(f"{STAFF[1]}   {address(1)}\n")
        assert a_round(outbox, by_mail(port), Addresses(file), timedelta(minutes=6)).sent == 1
    assert postbox.to == [address(2), address(1)]


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
sys.path.insert(0, {root!r})
from notices import Addresses, Outbox, Smtp, Tls, open_outbox, send
sent = Outbox.sent
def killed(self, kept, count=[0]):
    count[0] += 1
    if count[0] == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    sent(self, kept)
Outbox.sent = killed
server = Smtp("127.0.0.1", {port}, {sender!r}, Tls.NONE)
now = datetime.fromisoformat({now!r})
send(open_outbox({url!r}), server, Addresses(Path({addresses!r})), lambda: now)
"""


def test_killed_between_two_sends_none_is_lost_and_one_is_repeated_with_the_same_id(
    outbox: Outbox, addresses: Addresses, port: int, tmp_path: Path
) -> None:
    outbox.put([notice(number) for number in range(6)], NOW)
    code = KILLED.format(
        root=str(ROOT),
        port=port,
        sender=SENDER,
        now=NOW.isoformat(),
        url=f"sqlite:///{tmp_path / 'views.db'}",
        addresses=str(tmp_path / "addresses"),
    )
    postbox = Postbox()
    with served(postbox, port):
        process = subprocess.run([sys.executable, "-c", code], check=False)
        assert process.returncode == -signal.SIGKILL
        assert (len(postbox.taken), outbox.waiting()) == (3, 4)
        assert a_round(outbox, by_mail(port), addresses).sent == 4
    assert len({*postbox.ids}) == 6
    assert len(postbox.taken) == 7


def test_nothing_is_sent_in_the_clear_unless_it_is_set_so(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    outbox.put([notice(1)], NOW)
    postbox = Postbox()
    with served(postbox, port), pytest.raises(Down):
        a_round(outbox, by_mail(port, tls=Tls.STARTTLS), addresses)
    assert (postbox.taken, outbox.waiting()) == ([], 1)


def test_it_is_sent_encrypted_to_a_server_that_is_the_right_one(
    outbox: Outbox,
    addresses: Addresses,
    port: int,
    certified: tuple[ssl.SSLContext, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context, certificate = certified
    outbox.put([notice(1)], NOW)
    postbox = Postbox()
    with served(postbox, port, tls_context=context, require_starttls=True):
        with pytest.raises(Down):
            a_round(outbox, by_mail(port, tls=Tls.STARTTLS), addresses)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert a_round(outbox, by_mail(port, tls=Tls.STARTTLS), addresses).sent == 1
    assert len(postbox.taken) == 1


@pytest.fixture
def certified(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """Return a server's side of TLS on loopback, and the file of whoever vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "invented")])
    now = datetime.now(UTC)
    loopback = x509.SubjectAlternativeName(
        [x509.IPAddress(__import__("ipaddress").ip_address("127.0.0.1"))]
    )
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(loopback, critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, own = tmp_path / "certificate.pem", tmp_path / "own.pem"
    certificate.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    own.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, own)
    return context, certificate


def test_the_password_of_the_server_is_shown_nowhere() -> None:
    assert WORDS not in repr(by_mail(1, user="rj", password=WORDS))


def test_whoever_signs_in_with_the_wrong_words_keeps_all_waiting(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    outbox.put([notice(1)], NOW)
    with served(Postbox(), port), pytest.raises(Down):
        a_round(outbox, by_mail(port, user="rj", password=WORDS), addresses)
    assert outbox.waiting() == 1


def test_a_message_is_read_as_one_by_whoever_reads_mail(
    outbox: Outbox, addresses: Addresses, port: int
) -> None:
    outbox.put([notice(1, due=None)], NOW)
    postbox = Postbox()
    with served(postbox, port):
        a_round(outbox, by_mail(port), addresses)
    letter = message_from_bytes(postbox.taken[0][1])
    assert letter.defects == []
    assert "Due" not in str(letter.get_payload())
