"""One person's data in all their cases: what would be done where, what stays and why; and doing in
each case what was ordered.

Each step has an id of its own and may be repeated, so whoever finds it broken off goes on with it:
whoever ordered it in the same breath, or the worker within seconds.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog

from client.dossiers import RIGHTS, Register, kept_about, read_dossier
from client.erasing import carried_out
from client.failures import Unavailable
from client.gathering import everywhere
from client.merging import NOT_NOW
from client.officers import all_or_nothing
from client.reading import What, Why
from client.stores import OUT_OF_REACH
from domain.commands.everywhere import followed
from domain.fold import fold, fold_dossier
from domain.linked import FOLLOWING
from domain.order import is_in_the_way, left_to_do
from domain.permissions import View
from domain.words import LookReason, Stays
from keys import KeyMissing
from vault import Unavailable as VaultUnavailable

if TYPE_CHECKING:
    from collections.abc import Collection

    from client.door import Door
    from client.reading import Reading
    from domain.case import Case
    from domain.dossier import Dossier, Subject
    from domain.order import Order
    from domain.personal_data import Keeping, Restriction
    from domain.record import Actor
    from domain.retention import Retention
    from domain.words import Authority, RestrictionGround
    from vault.erasing import Held

ORIGIN = "follow_up"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Here:
    """What stands of a person in one case. Numbers, ids and codes only."""

    subject: Subject
    held: Held
    mentions: tuple[str, ...]
    """Others' texts, by id, that may be about them: they stay until a person looked at each."""
    pairs: tuple[str, ...]
    """Pairs that are under way: they end with an erasure."""
    restriction: Restriction | None
    """On what ground, and at whose word, they are kept and not used."""
    stays: Stays | None
    """Why nothing is done here; None where it is."""

    def told(self) -> str:
        """Return all of this as one line, always the same for the same."""
        subject, held = self.subject, self.held
        kept = self.restriction
        why = f" {kept.ground} {kept.authority} {kept.review_on}" if kept else ""
        named = f"{subject.case} {subject.party} {held} {self.mentions} {self.pairs}"
        return f"{named}{why} {self.stays}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done, case by case; and what stays in the data-protection register."""

    dossier: Dossier
    places: tuple[Here, ...]
    register: Register
    """What the register has of them. The words of it stay: each entry is decided by itself."""

    @property
    def where(self) -> tuple[Here, ...]:
        """Where it would be done."""
        return tuple(one for one in self.places if one.stays is None)

    @property
    def code(self) -> str:
        """What tells this from any other plan: who orders it says by it what they were shown."""
        told = [one.told() for one in self.places] + [one.told() for one in self.register.kept]
        return _digest(*told)[:8]


@dataclass(frozen=True, slots=True)
class Lifting:
    """Which restrictions would be lifted: those on this ground, at this one's word; on any, and at
    anybody's, where that is not said yet."""

    ground: RestrictionGround | None = None
    authority: Authority | None = None

    def fits(self, restriction: Restriction) -> bool:
        """Say whether this restriction is one of them."""
        on_ground = self.ground in (None, restriction.ground)
        return on_ground and self.authority in (None, restriction.authority)


def plan(
    reading: Reading,
    actor: Actor,
    reference: str,
    retention: Retention,
    *,
    left_out: Collection[str] = (),
    lifting: Lifting | None = None,
) -> Plan:
    """Return what would be done with the data of those this dossier is about, in every case in
    which they are on record: `lifting` what keeps them from use, or else whatever needs that
    nothing does; in the cases `left_out`, nothing.

    Each look is written down. Raises `Denied`, `DeniedThere` where one of the cases may not be
    seen, and `Unavailable` also where a vault cannot be used
    now: nothing is left out in silence.
    """
    reading = reading.because(Why(reason=LookReason.RIGHTS_REQUEST))
    dossier = read_dossier(reading, actor, reference).dossier
    with all_or_nothing(reading.log, dossier):
        subjects = everywhere(reading, actor, dossier.subjects)
        found = (_here(reading, actor, one, lifting) for one in subjects)
        left = (
            replace(one, stays=Stays.LEFT_OUT) if one.subject.case in left_out else one
            for one in found
        )
        # What the register has of somebody is asked for only where it could go.
        of_them = Register() if lifting else kept_about(reading, actor, subjects, retention)
        return Plan(dossier, tuple(left), of_them)


def _here(reading: Reading, actor: Actor, subject: Subject, lifting: Lifting | None) -> Here:
    with reading.reading(actor, What(View.GATHERED, subject.case), RIGHTS) as entries:
        case = fold(entries)
        erasing = reading.stores.vault.erasing
        try:
            held = erasing.held(subject.case, subject.party)
            mentions = erasing.mentions(subject.case, subject.party)
        except (VaultUnavailable, KeyMissing) as error:
            raise Unavailable(f"{error}; nothing was looked through") from None
    named = tuple(text for text, _ in mentions)
    pairs = tuple(thread.id for thread in case.open_threads_of(subject.party))
    kept = case.data.of(subject.party)
    stays = _not_restrictable(kept, held) if lifting is None else _not_lifted(kept, lifting)
    if stays is None and actor.id in case.ever_allocated | case.conflicted:
        stays = Stays.OFFICER_HAD_A_PART
    return Here(subject, held, named, pairs, kept.restriction, stays)


def _not_restrictable(kept: Keeping, held: Held) -> Stays | None:
    """Return why these data are neither erased nor restricted."""
    if kept.restriction is not None:
        return Stays.KEPT_FROM_USE
    if kept.erasing is not None or (kept.erasures and not held.keys):
        return Stays.GONE
    return None


def _not_lifted(kept: Keeping, lifting: Lifting) -> Stays | None:
    """Return why nothing is lifted from these data."""
    if kept.restriction is None:
        return Stays.NOT_KEPT_FROM_USE
    return None if lifting.fits(kept.restriction) else Stays.ANOTHER_RESTRICTION


async def ordered(door: Door, stream: str) -> bool:
    """Do in each case what is ordered in this dossier, as far as it can be done now.

    Says whether nothing is left of it; what is, is tried again by the worker.
    """
    dossier = await _dossier(door, stream)
    order = dossier.request.order if dossier.request else None
    if order is None:
        return True
    for subject in left_to_do(dossier):
        try:
            await _Following(door, dossier, order, subject).out()
        except (*NOT_NOW, *OUT_OF_REACH) as error:
            why = type(error).__name__
            _log.warning("order_not_followed_yet", stream=stream, case=subject.case, why=why)
    return not left_to_do(await _dossier(door, stream))


@dataclass(frozen=True, slots=True)
class _Following:
    door: Door
    dossier: Dossier
    order: Order
    subject: Subject

    async def out(self) -> None:
        case, party = await self.case(), self.subject.party
        if followed(self.dossier, case, party) is None:
            if is_in_the_way(self.order.what, case.data.of(party).restriction):
                # It may stand for months, and the worker comes by every few seconds.
                return
            await self.step("follow_order", case, to=case.id, dossier=self.dossier.id)
            # Where it was broken off after the decision, that is there already.
            await carried_out(self.door, case.id)
            case = await self.case()
        if followed(self.dossier, case, party) is not None:
            await self.step("note_order_followed", case, to=self.dossier.id, case=case.id)

    async def case(self) -> Case:
        load = self.door.admission.log.load
        return fold(await asyncio.to_thread(load, self.subject.case))

    async def step(self, name: str, here: Case, *, to: str, **given: str) -> None:
        # The version of the case is in it: what something stood against is asked afresh later.
        about = (self.dossier.id, self.order.entry, here.id, self.subject.party, here.version)
        await self.door.do(
            FOLLOWING,
            "service",
            name,
            {"party": self.subject.party, **given},
            stream=to,
            command_id=f"{name}:{_digest(*map(str, about))[:32]}",
            origin=ORIGIN,
        )


async def _dossier(door: Door, stream: str) -> Dossier:
    return fold_dossier(await asyncio.to_thread(door.admission.log.load, stream))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
