"""The signed scan of a consent: in the vault under whoever signed it, and out of it again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from cli.rights.copy import file_name, record_as_json
from client import Denied, Nonsense
from client.gathering import copied, gathered
from client.scans import Signed, scan_of
from domain.events.choice import ConsentRecorded
from domain.held import SCAN, Mixed
from domain.permissions import View
from domain.record import Actor
from domain.words import Handed
from tests.erasing import decide, everything
from tests.looks import how_many, since
from tests.steps import explored, referred
from vault import Erased
from vault.files import CHUNK_BYTES
from vault.scans import BEGINNINGS, Scan

if TYPE_CHECKING:
    from domain.texts import TextRef
    from tests.serving import Service

PAIR: dict[str, Any] = {"thread": "V1-O1", "party": "V1"}
CONSENT = {**PAIR, "scopes": ["SHUTTLE"], "form": "SIGNED_PAPER"}


def scanned(size: int = 2 * CHUNK_BYTES) -> Scan:
    return Scan(BEGINNINGS["PDF"] + os.urandom(size))


async def met(service: Service) -> str:
    refer, *rest = (*referred(), *explored())
    case = (await service.do(refer.who, refer.name, **refer.given)).stream
    for one in rest:
        await service.do(one.who, one.name, more={"stream": case}, **one.given)
    return case


async def signed(service: Service, scan: Scan, **more: Any) -> str:
    case = await met(service)
    await service.do("lead", "record_consent", more={"stream": case, **more}, **CONSENT, scan=scan)
    return case


def ref_of(service: Service, case: str) -> TextRef:
    (found,) = [e.event.scan for e in service.log(case) if isinstance(e.event, ConsentRecorded)]
    assert found is not None
    return found


def actor(service: Service, who: str) -> Actor:
    return Actor(id=service.staff[who], identified="unverified")


def taken_out(service: Service, case: str, who: str = "lead", party: str = "V1") -> bytes:
    reading = service.door.readings
    return b"".join(scan_of(reading, actor(service, who), Signed(case, "V1-O1", party), "TEST"))


async def test_it_is_kept_under_whoever_signed_it_and_the_look_names_it(service: Service) -> None:
    scan = scanned()
    case = await signed(service, scan)
    ref, before = ref_of(service, case), how_many(service.door)
    assert service.door.admission.vault.owners(case, [ref]) == {ref.id: "V1"}
    assert taken_out(service, case) == scan.content
    (look,) = since(service.door, before)
    assert (look.view, look.texts, look.medium) == (View.WORDS, (ref.id,), "EXPORT")
    assert not any(scan.content[:64] in held for held in everything(service))


async def test_only_whoever_may_read_words_takes_it_out(service: Service) -> None:
    case = await signed(service, scanned(9))
    with pytest.raises(Denied):
        taken_out(service, case, "intake")
    with pytest.raises(Nonsense, match="no scan of this person's consent"):
        taken_out(service, case, party="O1")


async def test_the_same_sent_again_happens_once_and_another_is_found_out(service: Service) -> None:
    scan, own = scanned(9), "scan-sent-again-0001"
    case = await signed(service, scan, command_id=own)
    again = {"stream": case, "command_id": own}
    await service.do("lead", "record_consent", more=again, **CONSENT, scan=Scan(scan.content))
    assert taken_out(service, case) == scan.content
    with pytest.raises(Nonsense, match="used before"):
        await service.do("lead", "record_consent", more=again, **CONSENT, scan=scanned(9))


async def test_words_are_no_file_and_a_file_is_no_words(service: Service) -> None:
    case = await met(service)
    for given, sentence in (
        ({"scan": "Plainly invented."}, "scan: this is a file"),
        ({"signed": scanned(9)}, "signed: words belong here"),
    ):
        with pytest.raises(Nonsense, match=sentence):
            await service.do("lead", "record_consent", more={"stream": case}, **CONSENT, **given)


async def test_erasing_whoever_signed_destroys_it(service: Service) -> None:
    case = await signed(service, scanned())
    ref, vault = ref_of(service, case), service.door.admission.vault
    sealed = [bytes(one) for one in vault._files._sealed(row(service, case, ref))]
    assert all(any(one[:64] in held for held in everything(service)) for one in sealed)
    await decide(service, case)
    with pytest.raises(Erased):
        taken_out(service, case)
    vault.compact()
    assert not any(one[:64] in held for held in everything(service) for one in sealed)


def row(service: Service, case: str, ref: TextRef) -> Any:
    (found,) = service.door.admission.vault._texts.rows(case, [ref.id])
    return found


async def test_whoever_asks_for_their_data_receives_it_once_a_person_looked_at_it(
    service: Service,
) -> None:
    scan = scanned(9)
    case = await signed(service, scan)
    subject = {"case": case, "party": "V1"}
    asked = {"right": "ACCESS", "account": "Invented.", "about": [subject]}
    dossier = (await service.do("worker", "record_rights_request", **asked)).stream
    more = {"stream": dossier}
    await service.do("officer", "identify_requester", more=more, how="DOCUMENT_SEEN")
    await service.do("officer", "decide_request", more=more, decision="WHOLLY_GRANTED")
    officer, reading = actor(service, "officer"), service.door.readings
    found = gathered(reading, officer, dossier)
    (item,) = [one for one in found.undecided if one.field == SCAN]
    assert Mixed.UNREADABLE in item.mixed
    every = [one.id for one in found.undecided]
    given = {"items": every, "handed": Handed.GIVE, "ground": "NOBODY_ELSE_IN_IT"}
    await service.do("officer", "decide_items", more=more, **given)
    found = gathered(reading, officer, dossier)
    copy = copied(reading, officer, found)
    (one,) = [one for one in copy if one.item.field == SCAN]
    assert one.file == scan.content
    assert file_name(one) == f"{ref_of(service, case).id}.pdf"
    assert file_name(one) in str(record_as_json(found, copy))
