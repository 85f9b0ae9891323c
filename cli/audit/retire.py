"""`rj audit retire`: letting go of the access log that is past its time, by whoever may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from access import Keeping
from cli.ending import Code
from cli.installed import installed
from cli.options import Json
from cli.output import tell, tell_json
from client.stores import access_of
from keys import Keyring


def retire(*, json: Json = False) -> int:
    """Let go of the months of the access log that are past RJ_ACCESS_DAYS; their signed roots stay.

    On one machine a worker does it. On PostgreSQL the service may only add, so there whoever owns
    the tables does it: with the owner's login in RJ_ACCESS_URL.
    """
    settings = installed()
    access = access_of(settings, Keyring(settings.key_folder))
    try:
        gone = Keeping(access, timedelta(days=settings.access_days)).retire(datetime.now(UTC))
    finally:
        access.close()
    if json:
        tell_json({"outcome": "retired", "entries": gone})
    else:
        tell(f"{gone} entries of the access log were past their time and are gone.")
    return Code.DONE
