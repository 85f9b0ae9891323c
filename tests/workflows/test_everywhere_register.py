"""What the data-protection register has of whoever is erased in all their cases: it is shown, with
why it stays, and it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.calendar import years_after
from domain.fold import fold_dossier
from domain.held import texts_of
from domain.order import left_to_do
from domain.words import WordsStay
from store import Altered, Log
from tests.erasing import on_either
from tests.looks import how_many, since
from tests.workflows.test_everywhere import asked, linked, order, shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from temporalio.testing import WorkflowEnvironment

    from domain.record import Entry
    from tests.serving import Service

SAID = "Zephyrine Marrowfat asks what is kept of her (invented)."


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def here(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    temporal_server: WorkflowEnvironment,
) -> AsyncIterator[Service]:
    """Yield an installation on either kind of database."""
    folder = tmp_path_factory.mktemp("everywhere_register")
    async with on_either(request, folder, temporal_server) as own:
        yield own


async def closed(service: Service, case: str, party: str = "V1") -> str:
    """Return a request about somebody that was withdrawn, with an account in words."""
    about = [{"case": case, "party": party}]
    given = {"right": "ACCESS", "account": SAID, "about": about}
    opened = await service.do("worker", "record_rights_request", **given)
    await service.do("officer", "withdraw_request", more={"stream": opened.stream})
    return opened.stream


def words(service: Service, dossier: str) -> list[object]:
    refs = [ref for entry in service.log(dossier) for _, ref in texts_of(entry)]
    return list(service.door.admission.stores.vault.words_many(dossier, refs).values())


async def test_each_entry_about_them_is_shown_with_why_it_stays_and_stays_when_they_are_erased(
    here: Service,
) -> None:
    cases = await linked(here, 2)
    earlier, of_another = await closed(here, cases[1]), await closed(here, cases[0], "O1")
    dossier = await asked(here, cases[0])
    before = how_many(here.door)
    found = shown(here, dossier)
    assert {one.dossier: one.why for one in found.register.kept} == {
        earlier: WordsStay.WITHIN_ITS_TIME, dossier: WordsStay.STILL_OPEN,
    }  # fmt: skip
    (one,) = [one for one in found.register.kept if one.dossier == earlier]
    when = fold_dossier(here.log(earlier)).closing_recorded
    assert when is not None
    assert (one.held.texts, one.until) == (1, years_after(when, 3))
    looked = {about for look in since(here.door, before) for about in look.about}
    assert {earlier, dossier} <= looked
    assert of_another not in looked
    await order(here, dossier)
    assert left_to_do(fold_dossier(here.log(dossier))) == ()
    assert words(here, earlier) == [SAID]


async def test_what_is_shown_of_the_register_is_part_of_what_is_ordered(service: Service) -> None:
    cases = await linked(service, 2)
    dossier = await asked(service, cases[0])
    first = shown(service, dossier)
    assert shown(service, dossier).code == first.code
    await closed(service, cases[1])
    second = shown(service, dossier)
    assert second.code != first.code
    assert second.places == first.places


async def test_an_entry_that_cannot_be_read_is_named_and_one_whose_words_are_gone_is_not(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = await linked(service, 2)
    earlier, dossier = await closed(service, cases[0]), await asked(service, cases[0])
    load = Log.load

    def altered(self: Log, stream: str, **how: bool) -> list[Entry]:
        if stream == earlier:
            raise Altered(stream, 1, "is not there")
        return load(self, stream, **how)

    with monkeypatch.context() as broken:
        broken.setattr(Log, "load", altered)
        register = shown(service, dossier).register
        assert register.unread == (earlier,)
        assert [one.dossier for one in register.kept] == [dossier]
    await service.later(earlier, days=3 * 366)
    given = {"ground": "RETENTION_ENDED"}
    await service.do("officer", "decide_dossier_erasure", more={"stream": earlier}, **given)
    register = shown(service, dossier).register
    assert (register.unread, [one.dossier for one in register.kept]) == ((), [dossier])
