"""The checks of `rj doctor`, each a sentence about one part of the installation."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from access import open_refusals
from cli.acts import stricter
from cli.audit.guarded import ONLY_ADDED_TO, wrong_with_guard
from cli.audit.sound import sound
from cli.audit.standing import how_checkpoints_stand, wrong_with_checkpoints
from cli.contact_plan import whole
from cli.erased import backups_of
from cli.failing import failure_of
from cli.installed import has_data, reading_of
from cli.leaving import still_theirs
from cli.noticed import how_notices_leave, wrong_with_notices
from cli.progress import progress
from cli.rights.standing import how_the_register_stands, wrong_with_the_register
from client.erased import report
from client.health import health
from keys import KeyKind, Keyring
from projections import alarms, behind, open_views
from sentences import languages, sentences
from store import Altered, Unreadable, open_log
from up.running import find
from up.temporal import binary
from vault import open_vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings import Settings
    from store import Log

_OLDEST = (3, 11)
_ROOM = 200 * 1024 * 1024
"""Bytes that should be free where the data are."""
_AHEAD = timedelta(minutes=1)
"""By how much the clocks of two machines may differ."""
_LATE = 1_000
"""Events that the lists may be behind before something is wrong."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found."""

    what: str
    well: bool
    sentence: str


class Wrong(Exception):
    """Something is wrong; the text says what, plainly."""


Check = Callable[["Settings"], str]
"""Returns what is well, in a sentence; raises `Wrong`, or what the parts raise."""


def every(settings: Settings) -> Iterator[Found]:
    """Yield what each check finds; one that finds something wrong keeps no other from its turn."""
    for what, check in CHECKS.items():
        if what in _OF_DATA and not has_data(settings):
            # Looking for what is in it would make an installation here.
            continue
        try:
            yield Found(what, well=True, sentence=check(settings))
        except Wrong as error:
            yield Found(what, well=False, sentence=str(error))
        except Exception as error:  # noqa: BLE001 - told as what is wrong with this part
            yield Found(what, well=False, sentence="; ".join(failure_of(error).sentences))


def _python(_settings: Settings) -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _OLDEST:
        raise Wrong(f"Python {version} is too old; 3.11 or newer is needed")
    return f"Python {version}"


def _sentences(_settings: Settings) -> str:
    versions = {name: sentences(name).file.version for name in languages()}
    read = ", ".join(f"{name} (version {version})" for name, version in versions.items())
    return f"what people read is whole in: {read}"


def _competence(settings: Settings) -> str:
    matrix = settings.competence
    more = ", ".join(stricter(matrix)) or "as the table of acts has it"
    return f"matrix {matrix.digest} is in force: {more}"


def _contact_plan(settings: Settings) -> str:
    plan = settings.limits.contact_plan
    return f"plan {plan.code} is in force: {whole(plan)}"


def _server_program(_settings: Settings) -> str:
    return f"the Temporal server's program is {binary()}"


def _data(settings: Settings) -> str:
    folder = settings.folder
    if not has_data(settings):
        raise Wrong(f"there is no data of this service in {folder}: start it with `rj up`")
    if not folder.exists():
        return "not on this machine"
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Wrong(f"{folder} cannot be written by this user")
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        raise Wrong(f"only {free // 1024 // 1024} MiB are free where {folder} is")
    return f"{folder}, with {free // 1024 // 1024 // 1024} GiB free"


def _keys(settings: Settings) -> str:
    keyring = _keyring(settings)
    # The notary's may be with a notary of its own, and nobody else then has it.
    for kind in (KeyKind.SEAL, KeyKind.DOOR, KeyKind.MASTER):
        known = keyring.masters() if kind is KeyKind.MASTER else keyring.verifier(kind).keys
        if not known:
            raise Wrong(f"there is no {kind} key in {settings.key_folder}")
    if settings.key_folder.is_relative_to(settings.folder):
        raise Wrong("the keys are inside the data folder: who copies the data has them too")
    return f"all there, in {settings.key_folder}"


def _log(settings: Settings) -> str:
    log = _opened(settings)
    try:
        return _verified(log)
    finally:
        log.close()


def _verified(log: Log) -> str:
    streams = [*log.streams()]
    events, wrong = 0, []
    with progress("Checking the log") as moved:
        for number, stream in enumerate(streams, 1):
            try:
                events += log.verify(stream)
                _readable_and_past(log, stream)
            except (Altered, Unreadable, Wrong) as error:
                wrong.append(str(error))
            moved(number, len(streams))
    if wrong:
        raise Wrong("; ".join(wrong))
    return f"{events} events of {len(streams)} cases and practitioners, chain and seals as recorded"


def _readable_and_past(log: Log, stream: str) -> None:
    last = log.load(stream, afresh=True)[-1].recorded_at
    if last > datetime.now(UTC) + _AHEAD:
        raise Wrong(
            f"{stream} was recorded at {last:%Y-%m-%d %H:%M} UTC, which is still to come: the "
            "clock of this machine is wrong, or was. What is recorded there until then gets that "
            "time, and what falls due is counted from it"
        )


def _guard(settings: Settings) -> str:
    if wrong := wrong_with_guard(settings):
        raise Wrong(wrong)
    return ONLY_ADDED_TO


def _checkpoints(settings: Settings) -> str:
    if wrong := wrong_with_checkpoints(settings):
        raise Wrong(wrong)
    return how_checkpoints_stand(settings)


def _vault(settings: Settings) -> str:
    vault = open_vault(
        settings.database("vault"),
        settings.database("vault_keys"),
        _keyring(settings),
        create=False,
    )
    try:
        if lost := vault.lost_masters():
            raise Wrong(
                f"{len(lost)} master keys are missing: what is under them cannot be read. Put "
                "them back from their back-up"
            )
    finally:
        vault.close()
    return "opens with the keys that are there"


def _erasures(settings: Settings) -> str:
    with reading_of(settings) as reading:
        views, now = settings.database("views"), datetime.now(UTC)
        found = report(reading.log, reading.stores.vault, views, backups_of(settings), now)
    wrong = [f"{one.what}: {one.sentence}" for one in found.checks if not one.well]
    if wrong:
        raise Wrong("; ".join(wrong))
    final = sum(one.final for one in found.erasures)
    return f"{len(found.erasures)} carried out, {final} of them final; nothing is left of any"


def _access(settings: Settings) -> str:
    refusals = open_refusals(settings.database("access"), create=False)
    try:
        waiting = len(refusals.tasks())
    finally:
        refusals.close()
    return f"opens; {waiting} queued commands that were not accepted wait for somebody"


def _access_log(settings: Settings) -> str:
    wrong, well = sound(settings)
    if wrong:
        raise Wrong("; ".join(wrong))
    return well


def _lists(settings: Settings) -> str:
    log = _opened(settings)
    views = open_views(settings.database("views"), settings.limits, settings.competence)
    try:
        late, hidden = behind(log, views), alarms(views)
    finally:
        views.close()
        log.close()
    if hidden:
        named = ", ".join(f"{alarm.stream} ({alarm.code})" for alarm in hidden)
        raise Wrong(f"these cannot be shown in lists: {named}")
    if late > _LATE:
        raise Wrong(f"{late} events behind the log: is the worker running?")
    return f"{late} events behind the log" if late else "up to date with the log"


def _notices(settings: Settings) -> str:
    if wrong := wrong_with_notices(settings):
        raise Wrong(wrong)
    return how_notices_leave(settings)


def _allocated(settings: Settings) -> str:
    log = _opened(settings)
    views = open_views(settings.database("views"), settings.limits, settings.competence)
    try:
        theirs = still_theirs(log, views)
    finally:
        views.close()
        log.close()
    if theirs:
        named = "; ".join(f"{', '.join(found)} to {who}" for who, found in sorted(theirs.items()))
        raise Wrong(
            f"cases are still allocated to somebody who left: {named}. `rj practitioners "
            "deactivate` of them, typed again, hands them over"
        )
    return "no case is allocated to somebody who left"


def _register(settings: Settings) -> str:
    if wrong := wrong_with_the_register(settings):
        raise Wrong(wrong)
    return how_the_register_stands(settings)


def _server(settings: Settings) -> str:
    served = _served(settings)
    if not asyncio.run(health(served)).server:
        raise Wrong(f"the Temporal server at {served.temporal_address} does not answer")
    return f"answers at {served.temporal_address}"


def _worker(settings: Settings) -> str:
    if not asyncio.run(health(_served(settings))).worker:
        raise Wrong("no worker has asked for work lately: commands are not taken")
    return "asks for work"


def _served(settings: Settings) -> Settings:
    if settings.temporal_address:
        return settings
    running = find(settings)
    if running is None:
        raise Wrong("nothing is running on this data folder: start it with `rj up`")
    return settings.model_copy(update={"temporal_address": running.temporal})


def _opened(settings: Settings) -> Log:
    seals = _keyring(settings).verifier(KeyKind.SEAL)
    return open_log(settings.database("log"), None, seals, create=False)


def _keyring(settings: Settings) -> Keyring:
    return Keyring(settings.key_folder)


CHECKS: dict[str, Check] = {
    "python": _python,
    "sentences": _sentences,
    "competence": _competence,
    "contact plan": _contact_plan,
    "server program": _server_program,
    "data folder": _data,
    "keys": _keys,
    "log": _log,
    "append-only": _guard,
    "checkpoints": _checkpoints,
    "vault": _vault,
    "erasures": _erasures,
    "access database": _access,
    "access log": _access_log,
    "lists": _lists,
    "allocations": _allocated,
    "data protection": _register,
    "notices": _notices,
    "server": _server,
    "worker": _worker,
}
"""Every check, in the order in which they are told."""

_OF_DATA = frozenset(
    {
        "keys",
        "log",
        "append-only",
        "checkpoints",
        "vault",
        "erasures",
        "access database",
        "access log",
        "lists",
        "allocations",
        "data protection",
        "notices",
    }
)
