"""Who may do or see what: role by act or view by kind of case, written out as data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.absence import Absence
from domain.case import Case
from domain.command import COMMANDS
from domain.consulted import Consultation
from domain.covering import standing_in
from domain.permissions import TABLE, WORKING, View, may, relation
from domain.person import Person
from domain.practitioner import Practitioner, system
from domain.texts import TextRef
from domain.words import Act, Credential, PractitionerKind, Relation, StaffRole
from tests.story import MONDAY

HERE, THERE = ("DERBYSHIRE_RJ", "DERBYSHIRE"), ("DERBYSHIRE_POLICE", "DERBYSHIRE")
ACTS = (
    Act.INFORM,
    Act.LOCAL_RESOLUTION,
    Act.FACILITATE,
    Act.SUPERVISE,
    Act.FINISH_FOLLOW_UP,
    Act.BY_THE_SERVICE,
    Act.DECIDE_HANDLING,
    Act.DECIDE_ON_DATA,
    Act.REPORT_DATA,
    Act.DECIDE_DATA,
    Act.PROTECT,
    Act.AUDIT,
    Act.KEEP_REGISTER,
    Act.CLOCK,
    Act.ARRANGE_ABSENCE,
    Act.ASK_SPECIALIST,
    Act.ANSWER_AS_SPECIALIST,
)
VIEWS = (
    View.CASE,
    View.HISTORY,
    View.WORDS,
    View.BOTH_CLOCKS,
    View.REFERRAL,
    View.MATCHES,
    View.FIND,
    View.REGISTER,
    View.OVERVIEW,
    View.DOSSIER,
    View.GATHERED,
    View.ACCESS_LOG,
    View.NUMBERS,
    View.SAMPLES,
    View.CONSULTED,
)
ME = "PR-00000000-0"


def case(**mine: str) -> Case:
    return Case(id="RJ-1", version=7, organisation=HERE[0], area=HERE[1], **mine)


QUESTION = Consultation(
    "E1", ME, Credential.SPECIALIST_DA, TextRef(id=f"T-{'0' * 16}", digest="0" * 64), (), "", MONDAY
)
KINDS: dict[str, Case | None] = {
    "none": None,
    "new": Case(id=""),
    "other": case().changed(accepted_at=MONDAY),
    "enquiry": case(),
    "worker": case(case_worker=ME),
    "lead": case(lead=ME),
    "co": case(co=ME),
    "supervisor": case(supervisor=ME),
    "referred": case(referrer=ME).changed(accepted_at=MONDAY),
    "asked": case().changed(accepted_at=MONDAY, consultations={"E1": QUESTION}),
    "conflict": case(lead=ME, case_worker=ME, supervisor=ME, referrer=ME).changed(
        conflicted=frozenset({ME}), consultations={"E1": QUESTION}
    ),
}
"""What the practitioner is to the case. An enquiry nobody accepted yet is open to intake."""
KINDS["other"] = case().changed(accepted_at=__import__("datetime").datetime(2026, 1, 1))

LETTERS = dict(zip("ILFSUBDETKPARXVQYchwbrmfgoyzanst", (*ACTS, *VIEWS), strict=True))
EVERYBODY = set("Pgo")
"""Protect, the register and overviews are open to everybody who is active; they stand in no cell.
Somebody in conflict has of a case only the first."""
MATRIX = """
                         none     new     other       enquiry     worker      lead        co          supervisor  referred     asked         conflict
INTAKE                   IfT      If      f           Imf         Ichwmf      Ichwmf      Ichwmf      Ichwmf      rf           fYt           .
CASE_WORKER              ILfT     ILf     f           f           Ichwmf      Ichwmf      Ichwmf      Ichwmf      rf           fYt           .
FACILITATOR              IfT      If      f           f           Ichwmf      IFchwmfQ    IFchwmfQ    Ichwmf      rf           fYt           .
SPECIALIST               T        .       .           .           Ichwm       Ichwm       Ichwm       Ichwm       r            Yt            .
SUPERVISOR               IfT      If      ISUDchwbmfQ ISUDchwbmfQ ISUDchwbmfQ ISUDchwbmfQ ISUDchwbmfQ ISUDchwbmfQ ISUDchwbrmfQ ISUDchwbmfQYt .
SUPERVISOR_ELSEWHERE     IfT      If      f           f           Ichwmf      Ichwmf      Ichwmf      ISUDchwbmfQ rf           fYt           .
SERVICE_MANAGER          Tn       n       n           n           n           n           n           n           n            n             .
AUDITOR                  chbTns   chwbns  Achwbns     Achwbns     Achwbns     Achwbns     Achwbns     Achwbns     Achwbns      Achwbns       .
DATA_PROTECTION_OFFICER  DchbaTKy DEchwba DEchwbaz    DEchwbaz    DEchwbaz    DEchwbaz    DEchwbaz    DEchwbaz    DEchwbaz     DEchwbaz      .
ADMINISTRATOR            RT       .       .           .           .           .           .           .           .            .             .
"""  # noqa: E501 - a table
"""I inform, L resolve locally, F facilitate, S supervise, U follow up, D decide whose data it is,
E decide on erasing data or keeping them without use,
T put a request or a breach on record, K keep the register of them, y see it, z gather what is held,
B what the service does by itself, R keep the register, V say who is away (of themselves, or their
supervisor); c the case, h its history, w its words, b both clocks, r what they referred, m its
matches; Q ask a specialist, Y answer as one, t what one is asked; f find whether somebody is known;
a the access log; n the numbers; A audit a case that was drawn, s the samples. An
auditor's reason for words is asked for apart."""
ROWS = {row.split()[0]: row.split()[1:] for row in MATRIX.strip().split("\n")[1:]}
CELLS = [
    (role, kind, set(cell) - {"."})
    for role, cells in ROWS.items()
    for kind, cell in zip(KINDS, cells, strict=True)
]


def somebody(role: str) -> Practitioner:
    elsewhere = role.endswith("_ELSEWHERE")
    organisation, area = THERE if elsewhere else HERE
    return Practitioner(
        id=ME,
        organisation=organisation,
        area=area,
        roles=frozenset({StaffRole(role.removesuffix("_ELSEWHERE"))}),
        active=True,
    )


@pytest.mark.parametrize(("role", "kind", "granted"), CELLS)
def test_a_role_may_do_and_see_just_this(role: str, kind: str, granted: set[str]) -> None:
    who = somebody(role)
    may_now = {letter for letter, what in LETTERS.items() if may(who, what, KINDS[kind])}
    assert may_now == granted | (EVERYBODY if kind != "conflict" else {"P"})


AWAY, COVERED = "PR-11111111-1", ("worker", "lead", "co", "supervisor")
IN_MARCH = Absence("B1", MONDAY, MONDAY + timedelta(days=14), cover=ME)
MOMENTS = {
    "before": IN_MARCH.starts - timedelta(microseconds=1),
    "at its start": IN_MARCH.starts,
    "during": IN_MARCH.starts + timedelta(days=7),
    "at its last moment": IN_MARCH.back - timedelta(microseconds=1),
    "back": IN_MARCH.back,
    "after": IN_MARCH.back + timedelta(days=30),
}
PLACES = {"worker": "case_worker", "lead": "lead", "co": "co", "supervisor": "supervisor"}


def away(**more: Any) -> Practitioner:
    who = Practitioner(id=AWAY, active=True, roles=WORKING, absences={"B1": IN_MARCH})
    return who.changed(**more)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("kind", COVERED)
@pytest.mark.parametrize("role", ROWS)
def test_a_cover_may_what_their_own_role_may_in_that_place_and_only_meanwhile(
    role: str, kind: str, moment: str
) -> None:
    """Before and after it is a case of others; meanwhile as if they were allocated."""
    theirs = case(**{PLACES[kind]: AWAY}).changed(accepted_at=MONDAY)
    who = standing_in(somebody(role), [away()], MOMENTS[moment])
    as_if = kind if moment not in ("before", "back", "after") else "other"
    granted = set(ROWS[role][list(KINDS).index(as_if)]) - {"."}
    may_now = {letter for letter, what in LETTERS.items() if may(who, what, theirs)}
    assert may_now == granted | EVERYBODY


@pytest.mark.parametrize("role", ROWS)
def test_a_cover_with_a_conflict_of_interest_may_only_protect(role: str) -> None:
    theirs = case(lead=AWAY).changed(conflicted=frozenset({ME}))
    who = standing_in(somebody(role), [away()], IN_MARCH.starts)
    assert {letter for letter, what in LETTERS.items() if may(who, what, theirs)} == {"P"}


def test_what_a_cover_looks_at_is_on_record_as_a_covers_look() -> None:
    theirs = case(lead=AWAY)
    during, after = (
        standing_in(somebody("FACILITATOR"), [away()], moment)
        for moment in (IN_MARCH.starts, IN_MARCH.back)
    )
    assert relation(during, theirs) is Relation.COVERS
    assert relation(after, theirs) is Relation.NOT_THEIRS
    assert relation(during, case(lead=AWAY, co=ME)) is Relation.ALLOCATED


def test_only_themselves_and_their_supervisors_say_that_somebody_is_away() -> None:
    registered = Practitioner(id="PR-1", organisation=HERE[0], area=HERE[1], version=3)
    able = {role for role in ROWS if may(somebody(role), Act.ARRANGE_ABSENCE, registered)}
    assert able == {"SUPERVISOR"}
    own = registered.changed(id=ME)
    assert all(may(somebody(role), Act.ARRANGE_ABSENCE, own) for role in ROWS)


def test_the_matrix_knows_every_role_act_and_view() -> None:
    roles = {role.removesuffix("_ELSEWHERE") for role in ROWS}
    assert roles == set(StaffRole)
    assert set(LETTERS.values()) == set(Act) | set(View) == set(TABLE)


@pytest.mark.parametrize("what", LETTERS.values())
@pytest.mark.parametrize("kind", KINDS)
def test_somebody_who_is_not_active_may_nothing(what: Act | View, kind: str) -> None:
    gone = Practitioner(id=ME, roles=frozenset(StaffRole), organisation=HERE[0], area=HERE[1])
    assert not may(gone, what, KINDS[kind])


@pytest.mark.parametrize(
    ("name", "granted"),
    [
        ("clock", {"X"}),
        ("setup", {"R"}),
        ("follow_up", {"U", "B"}),
        ("matcher", {"B", "m"}),
        ("worker", {"o", "c"}),
        ("somebody", set()),
    ],
)
def test_a_system_may_just_what_it_is_there_for(name: str, granted: set[str]) -> None:
    who = system(name)
    for kind in KINDS.values():
        may_now = {letter for letter, what in LETTERS.items() if may(who, what, kind)}
        assert may_now == granted | {"P"}


def test_an_administrator_sees_no_case_and_keeps_the_register() -> None:
    registered = Practitioner(id="PR-1", organisation=HERE[0], area=HERE[1], version=3)
    who = somebody("ADMINISTRATOR")
    assert may(who, Act.KEEP_REGISTER, registered)
    assert not any(may(who, view, case()) for view in (View.CASE, View.HISTORY, View.WORDS))


def test_a_supervisor_records_supervision_in_their_own_service_only() -> None:
    here = Practitioner(id="PR-1", organisation=HERE[0], area=HERE[1], version=3)
    assert may(somebody("SUPERVISOR"), Act.SUPERVISE, here)
    assert not may(somebody("SUPERVISOR_ELSEWHERE"), Act.SUPERVISE, here)


def test_every_command_asks_for_an_act_of_the_table() -> None:
    assert {getattr(c, "act", None) for c in COMMANDS.values()} <= set(TABLE)


def test_nobody_but_the_service_notes_what_follows_in_other_streams_or_that_cases_are_like() -> (
    None
):
    own = {name for name, c in COMMANDS.items() if getattr(c, "act", None) is Act.BY_THE_SERVICE}
    assert own == {
        "follow_order",
        "follow_person",
        "note_erased",
        "note_mentions",
        "note_appearance",
        "note_case_told",
        "note_dossier_erased",
        "note_order_followed",
        "note_person_told",
        "report_likeness",
        "report_suppression",
    }
    every_role = somebody("SUPERVISOR").changed(roles=frozenset(StaffRole))
    assert not any(may(every_role, Act.BY_THE_SERVICE, kind) for kind in KINDS.values())


def test_a_conflict_leaves_only_protective_acts_to_whoever_has_it() -> None:
    mine = KINDS["conflict"]
    every_role = somebody("SUPERVISOR").changed(roles=frozenset(StaffRole))
    assert {what for what in Act if may(every_role, what, mine)} == {Act.PROTECT}


def test_kinds_of_staff_may_nothing_by_their_kind_alone() -> None:
    for kind in set(PractitionerKind) - {PractitionerKind.SYSTEM}:
        who = Practitioner(id=ME, kind=kind, active=True)
        assert {what for what in Act if may(who, what, case())} == {Act.PROTECT}


@pytest.mark.parametrize("role", StaffRole)
def test_a_persons_own_stream_is_seen_by_those_who_review_and_nothing_is_done_to_it(
    role: StaffRole,
) -> None:
    who = Practitioner(id=ME, organisation=HERE[0], area=HERE[1], roles=frozenset({role}),
                       active=True)  # fmt: skip
    person = Person(id="PE-1", version=7)
    reviews = role in (StaffRole.AUDITOR, StaffRole.DATA_PROTECTION_OFFICER)
    assert may(who, View.HISTORY, person) is reviews
    assert may(who, View.CASE, person) is reviews
    assert not may(who, View.WORDS, person)
    assert not any(may(who, act, person) for act in Act if act is not Act.PROTECT)
