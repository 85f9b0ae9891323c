"""What is decided about a signed scan: redacted, erased, kept without use, copied or not; on either
kind of database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from client.gathering import copied, gathered
from client.scans import Gone
from domain.destroyed import Destroyed, destroyed
from domain.events.choice import ConsentRecorded
from domain.fold import fold
from domain.held import SCAN
from domain.words import ErasureGround, Handed
from tests.client.test_scans import actor, ref_of, row, scanned, signed, taken_out
from tests.erasing import decide, everything, on_either, rows
from tests.serving import Service
from tests.workflows.test_everywhere import in_days
from vault import Restricted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from temporalio.testing import WorkflowEnvironment

    from client.gathering import Gathered, Given
    from domain.record import Entry

INSTEAD = "A form that V1 signed; a name was taken out. (Invented.)"
KEEP: dict[str, Any] = {
    "party": "V1", "ground": "EVIDENCE", "authority": "COURT", "reply": "It is kept (invented).",
}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def here(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    temporal_server: WorkflowEnvironment,
) -> AsyncIterator[Service]:
    """Yield an installation on either kind of database."""
    folder = tmp_path_factory.mktemp("scans")
    async with on_either(request, folder, temporal_server) as own:
        yield own


def sealed(service: Service, case: str) -> list[bytes]:
    """Return the beginnings of its chunks, as they lie in the vault."""
    files = service.door.admission.vault._files
    return [bytes(one)[:64] for one in files._sealed(row(service, case, ref_of(service, case)))]


def is_anywhere(service: Service, pieces: list[bytes]) -> bool:
    return any(piece in held for held in everything(service) for piece in pieces)


async def test_a_scan_of_another_waits_when_somebody_is_erased_and_redacted_it_is_gone(
    here: Service,
) -> None:
    case = await signed(here, scanned())
    pieces, text = sealed(here, case), ref_of(here, case).id
    assert is_anywhere(here, pieces)
    await decide(here, case, party="O1")
    mention = fold(here.log(case)).data.mentions[text]
    assert (mention.owner, mention.about) == ("V1", "O1")
    assert taken_out(here, case)
    given = {"text": text, "owner": "V1", "words": INSTEAD}
    await here.do("officer", "redact_mention", more={"stream": case}, **given)
    with pytest.raises(Gone) as gone:
        taken_out(here, case)
    last = here.log(case)[-1]
    assert last.name == "mention_redacted"
    redacted = Destroyed(last.version, last.recorded_at, None)
    assert gone.value.how == replace(redacted, done=last.version, done_at=last.recorded_at)
    assert text not in {one["text_id"] for one in rows(here, "vault", "vault_chunks")}
    here.door.admission.vault.compact()
    assert not is_anywhere(here, pieces)
    assert here.door.admission.log.verify(case) == len(here.log(case))


async def test_a_scan_goes_with_whoever_signed_it(here: Service) -> None:
    case = await signed(here, scanned())
    pieces, text = sealed(here, case), ref_of(here, case).id
    assert is_anywhere(here, pieces)
    await decide(here, case)
    with pytest.raises(Gone) as gone:
        taken_out(here, case)
    decided, done = (the(here, case, name) for name in ("erasure_decided", "person_erased"))
    ground = ErasureGround.NO_LONGER_NEEDED
    how = Destroyed(decided.version, decided.recorded_at, ground)
    assert gone.value.how == replace(how, done=done.version, done_at=done.recorded_at)
    assert text not in {one["text_id"] for one in rows(here, "vault", "vault_chunks")}
    here.door.admission.vault.compact()
    assert not is_anywhere(here, pieces)


def the(service: Service, case: str, name: str) -> Entry:
    (found,) = (entry for entry in service.log(case) if entry.name == name)
    return found


async def test_of_a_scan_that_came_after_an_erasure_only_what_took_it_is_told(
    here: Service,
) -> None:
    case = await signed(here, scanned(9))
    await decide(here, case)
    ref, (first, *_) = ref_of(here, case), here.log(case)
    put = next(e.version for e in here.log(case) if isinstance(e.event, ConsentRecorded))
    entries = here.log(case)
    assert destroyed(entries, ref.id, "V1", put) is not None
    assert destroyed(entries, ref.id, "O1", first.version) is None
    assert destroyed(entries, ref.id, "V1", entries[-1].version) is None
    broken_off = [entry for entry in entries if entry.name != "person_erased"]
    being = destroyed(broken_off, ref.id, "V1", put)
    assert being is not None
    assert (being.done, being.ground) == (None, ErasureGround.NO_LONGER_NEEDED)


async def test_a_scan_that_is_kept_and_not_used_is_open_to_nobody_but_in_their_own_copy(
    here: Service,
) -> None:
    scan = scanned(9)
    case = await signed(here, scan)
    more = {"stream": case}
    await here.do("officer", "restrict_data", more=more, review_on=in_days(60), **KEEP)
    with pytest.raises(Restricted):
        taken_out(here, case)
    (one,) = await copy_of(here, case, "V1", Handed.GIVE)
    assert one.file == scan.content


@pytest.mark.parametrize("party", ["V1", "O1"])
async def test_of_a_scan_that_is_redacted_in_a_copy_the_words_in_its_place_leave_and_no_file(
    here: Service, party: str
) -> None:
    case = await signed(here, scanned(9))
    (one,) = await copy_of(here, case, party, Handed.REDACT)
    assert (one.words, one.file) == (INSTEAD, None)
    assert taken_out(here, case)


async def test_a_scan_that_is_withheld_is_in_no_copy(here: Service) -> None:
    case = await signed(here, scanned(9))
    assert await copy_of(here, case, "O1", Handed.WITHHOLD) == []


async def copy_of(service: Service, case: str, party: str, how: Handed) -> list[Given]:
    """Return what leaves of the scan when it is decided so, and all else is given."""
    asked = {"right": "ACCESS", "account": "Invented.", "about": [{"case": case, "party": party}]}
    more = {"stream": (await service.do("worker", "record_rights_request", **asked)).stream}
    await service.do("officer", "identify_requester", more=more, how="DOCUMENT_SEEN")
    await service.do("officer", "decide_request", more=more, decision="WHOLLY_GRANTED")
    found = all_of(service, more["stream"])
    (scan,) = [one.id for one in found.undecided if one.field == SCAN]
    others = [one.id for one in found.undecided if one.id != scan]
    give = {"items": others, "handed": Handed.GIVE, "ground": "NOBODY_ELSE_IN_IT"}
    await service.do("officer", "decide_items", more=more, **give)
    ground = "NOBODY_ELSE_IN_IT" if how is Handed.GIVE else "OTHERS_RIGHTS"
    instead = {"redacted": INSTEAD} if how is Handed.REDACT else {}
    decided = {"items": [scan], "handed": how, "ground": ground, **instead}
    await service.do("officer", "decide_items", more=more, **decided)
    found = all_of(service, more["stream"])
    copy = copied(service.door.readings, actor(service, "officer"), found)
    return [one for one in copy if one.item.field == SCAN]


def all_of(service: Service, dossier: str) -> Gathered:
    return gathered(service.door.readings, actor(service, "officer"), dossier)
