"""Whether notices to staff leave, for `rj doctor`: how many wait and why, never to whom."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from notices import Addresses, NoAddresses, open_outbox

if TYPE_CHECKING:
    from settings import Settings

_PATIENCE = timedelta(hours=1)
_WHY = {
    "no_address": "no address in RJ_STAFF_ADDRESSES",
    "address_refused": "the address refused by the mail server",
    "message_refused": "the message refused by the mail server",
    "no_answer": "no answer of the mail server",
    "not_tried": "not sent yet: is the worker running, and the mail server well?",
}


def wrong_with_notices(settings: Settings) -> str | None:
    """Return what is wrong with the notices, in a sentence; None if nothing is.

    Raises the vault's `Unavailable`.
    """
    if not settings.notices:
        return None
    if settings.smtp_host:
        try:
            Addresses(settings.staff_addresses).read()
        except NoAddresses as error:
            return f"RJ_STAFF_ADDRESSES: {error}"
    with closing(open_outbox(settings.database("views"))) as outbox:
        why = outbox.in_the_way(datetime.now(UTC) - _PATIENCE)
    if not why:
        return None
    told = "; ".join(f"{count}: {_WHY.get(code, code)}" for code, count in sorted(why.items()))
    return f"{sum(why.values())} notices to staff wait for an hour or longer ({told})"


def how_notices_leave(settings: Settings) -> str:
    """Return where notices go, in a sentence."""
    if not settings.notices:
        return "nobody is told: RJ_NOTICES is false"
    if settings.smtp_host:
        return f"by mail through {settings.smtp_host}"
    return f"as files in {settings.notice_folder}"
