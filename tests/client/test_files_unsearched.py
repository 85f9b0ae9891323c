"""What no search can look through is told by number and by name: files, cases that are closed to
the officer, texts that are kept and not used, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from client.describing import described
from client.gathering import copied
from client.scans import Signed, scan_of
from domain.held import SCAN
from domain.permissions import View
from domain.words import Handed, Operation
from tests.client.test_scans import CONSENT, PAIR, actor, met, ref_of, scanned, signed, taken_out
from tests.client.test_scans_decided import KEEP, all_of
from tests.erasing import on_either
from tests.looks import how_many, since
from tests.serving import Service
from tests.workflows.test_everywhere import in_days
from vault.details import PartyDetails
from vault.mentions import Traits
from vault.tables import TEXTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from temporalio.testing import WorkflowEnvironment

    from client.describing import Search, Unsearched

SOUGHT = Traits.of([PartyDetails.entered({"name": "Thaddeus Plumtree"})])
TOLD = "Old Plumtree saw it all (invented)."


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def here(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    temporal_server: WorkflowEnvironment,
) -> AsyncIterator[Service]:
    """Yield an installation on either kind of database."""
    async with on_either(request, tmp_path_factory.mktemp("files"), temporal_server) as own:
        yield own


async def requested(service: Service, right: str = "ACCESS") -> str:
    asked = {"right": right, "account": "Invented."}
    dossier = (await service.do("worker", "record_rights_request", **asked)).stream
    more = {"stream": dossier}
    await service.do("officer", "identify_requester", more=more, how="DOCUMENT_SEEN")
    await service.do("officer", "decide_request", more=more, decision="WHOLLY_GRANTED")
    return dossier


def search(service: Service, dossier: str) -> Search:
    reading, officer = service.door.readings, actor(service, "officer")
    return described(reading, officer, dossier, SOUGHT, lambda *_: None)


def files_of(found: Search, case: str) -> list[Unsearched]:
    return [one for one in found.files if one.case == case]


async def test_each_scan_is_named_for_somebody_to_look_at_also_one_that_counts_no_more(
    here: Service,
) -> None:
    first = scanned(9)
    case, dossier = await signed(here, first), await requested(here)
    older = ref_of(here, case).id
    await here.do("lead", "record_consent", more={"stream": case}, **CONSENT, scan=scanned(11))
    before, count = search(here, dossier), how_many(here.door)
    named = files_of(before, case)
    assert named[0].item == f"{case}:{older}"
    assert len(named) == 2
    assert not any(one.known for one in named)
    assert before.unread_texts == 0
    (entry, _) = (one.handed_in.entry for one in named)
    what = Signed(case, "V1-O1", "V1", entry)
    taken = b"".join(scan_of(here.door.readings, actor(here, "lead"), what, "TEST"))
    assert taken == first.content
    assert taken_out(here, case) != first.content
    looked = [look for look in since(here.door, count) if look.view == View.WORDS]
    assert {look.texts[0] for look in looked} >= {older}


async def test_a_scan_of_what_was_done_in_breach_is_named_and_comes_out(here: Service) -> None:
    scan = scanned(13)
    case, dossier = await met(here), await requested(here)
    await here.do("worker", "stop_contact", more={"stream": case}, party="V1")
    in_breach = {**CONSENT, "happened": True, "scan": scan}
    await here.do("lead", "record_consent", more={"stream": case}, **in_breach)
    assert here.log(case)[-1].name == "acted_in_breach"
    (one,) = files_of(search(here, dossier), case)
    what = Signed(case, one.handed_in.thread, one.handed_in.party, one.handed_in.entry)
    taken = b"".join(scan_of(here.door.readings, actor(here, "lead"), what, "TEST"))
    assert taken == scan.content


async def test_no_file_is_opened_for_it_and_every_case_of_which_one_is_told_is_in_the_log(
    here: Service,
) -> None:
    case, dossier = await signed(here, scanned(9)), await requested(here)
    text, before = ref_of(here, case).id, how_many(here.door)
    search(here, dossier)
    written = since(here.door, before)
    (one,) = [look for look in written if look.operation is Operation.COMBINATION]
    assert case in one.about
    assert not any(text in look.texts for look in written)


async def test_what_is_kept_and_not_used_is_counted_with_the_texts_and_what_is_erased_nowhere(
    here: Service,
) -> None:
    case, dossier = await signed(here, scanned(9)), await requested(here)
    before = search(here, dossier)
    more = {"stream": case}
    await here.do("officer", "restrict_data", more=more, review_on=in_days(60), **KEEP)
    kept = search(here, dossier)
    assert files_of(kept, case) == []
    assert kept.closed_texts > before.closed_texts
    assert (kept.closed_cases, kept.unread_texts) == (before.closed_cases, 0)
    await here.do("worker", "propose_data_step", more=more, party="V1", step="LIFT_RESTRICTION")
    erase = {"party": "V1", "reply": "Lifted (invented).", "erase": "NO_LONGER_NEEDED"}
    await here.do("officer", "lift_restriction", more=more, **erase)
    gone = search(here, dossier)
    assert files_of(gone, case) == []
    assert gone.closed_texts == before.closed_texts
    assert gone.unread_texts == 0


async def test_closed_cases_are_counted_apart_from_closed_texts(here: Service) -> None:
    case, dossier = await signed(here, scanned(9)), await requested(here)
    before = search(here, dossier)
    conflict = {"practitioner": here.staff["officer"]}
    await here.do("supervisor", "declare_conflict", more={"stream": case}, **conflict)
    after = search(here, dossier)
    assert files_of(before, case)
    assert files_of(after, case) == []
    assert after.closed_cases == before.closed_cases + 1
    assert after.closed_texts == before.closed_texts


async def test_a_scan_that_somebody_looked_at_is_put_in_and_leaves_with_their_copy(
    here: Service,
) -> None:
    scan = scanned(9)
    case, dossier = await signed(here, scan), await requested(here)
    (one,) = files_of(search(here, dossier), case)
    more = {"stream": dossier}
    await here.do("officer", "put_in_items", more=more, items=[one.item])
    (known,) = files_of(search(here, dossier), case)
    assert known.known
    (item,) = all_of(here, dossier).undecided
    assert (item.id, item.field) == (one.item, SCAN)
    give = {"items": [item.id], "handed": Handed.GIVE, "ground": "REASONABLE_WITHOUT"}
    await here.do("officer", "decide_items", more=more, **give)
    (given,) = copied(here.door.readings, actor(here, "officer"), all_of(here, dossier))
    assert given.file == scan.content


async def test_what_is_missing_is_counted_as_texts_that_cannot_be_read(here: Service) -> None:
    case, dossier = await met(here), await requested(here)
    more = {"stream": case}
    await here.do("lead", "gather_question", more=more, **PAIR, words=TOLD)
    before = search(here, dossier)
    (found,) = [one for one in before.found if one.case == case]
    door = here.door.admission
    text = found.item.partition(":")[2]
    door.vault._texts._database.run(delete(TEXTS).where(TEXTS.c.id == text))
    after = search(here, dossier)
    assert not [one for one in after.found if one.case == case]
    assert (before.unread_texts, after.unread_texts) == (0, 1)
    assert after.unread_cases == 0
