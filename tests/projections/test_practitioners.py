"""The register: who is who by code, who is trained for what, and who is in date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.words import Credential, Level, StaffRole
from projections import practitioners
from tests.story import MONDAY

if TYPE_CHECKING:
    from datetime import datetime

    from projections import Registered
    from tests.projections.conftest import Service


def register(service: Service, on: datetime = MONDAY, **asked: object) -> dict[str, Registered]:
    service.catch_up()
    names = {reference: name for name, reference in service.told.staff.staff.items()}
    found = practitioners(service.views, service.reader("intake"), on, **asked)  # type: ignore[arg-type]
    return {names[one.who.id]: one for one in found}


def test_the_register_is_what_the_streams_of_the_practitioners_say(service: Service) -> None:
    found = register(service)
    assert set(found) == set(service.told.staff.staff)
    for name, one in found.items():
        expected = service.reader(name)
        assert one.who == replace(expected, head="", details=None)
        assert one.level == expected.level
        assert one.demo is False


def test_somebody_is_in_date_on_one_day_and_out_of_date_on_a_later_one(service: Service) -> None:
    assert register(service)["lead"].level is Level.INTERMEDIATE
    assert register(service)["lead"].in_date is True
    assert register(service, MONDAY + timedelta(weeks=20))["lead"].in_date is False
    assert register(service)["worker"].in_date is None


def test_the_register_can_be_asked_by_organisation_area_role_and_being_active(
    service: Service,
) -> None:
    service.told.staff.do("trainer", "deactivate_practitioner", about="co")
    service.told.staff_moved_on()
    assert set(register(service, organisation="DERBYSHIRE_POLICE")) == {"worker", "sergeant"}
    assert set(register(service, role=StaffRole.AUDITOR)) == {"auditor"}
    assert set(register(service, active=False)) == {"co"}
    assert "co" not in register(service, active=True)
    assert register(service, area="ELSEWHERE") == {}


def test_a_credential_that_was_withdrawn_is_gone(service: Service) -> None:
    taken = {"about": "lead", "credential": "FACILITATION_INTERMEDIATE"}
    service.told.staff.do("trainer", "withdraw_credential", **taken)
    service.told.staff_moved_on()
    lead = register(service)["lead"]
    assert (lead.level, lead.in_date) == (None, None)
    assert set(lead.who.credentials) == {Credential.AWARENESS}


def test_whoever_is_not_active_does_not_see_the_register(service: Service) -> None:
    service.catch_up()
    away = replace(service.reader("intake"), active=False)
    assert practitioners(service.views, away, MONDAY) == []
