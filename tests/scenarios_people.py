"""Hard cases of several people, and of the person responsible."""

from __future__ import annotations

from domain.words import MissCause
from tests.paths_choosing import THREE_VICTIMS
from tests.paths_meeting import COMMUNITY_MEMBER
from tests.steps import (
    DAY,
    Ahead,
    Missed,
    Path,
    Scenario,
    Step,
    chosen,
    ended,
    explored,
    held,
    met,
    offender,
    referred,
    step,
    then,
    victim,
)
from tests.steps_sensitive import ADVANCED_ALLOCATED, consented, specialist_class

BOOKED = step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"])
BOOKED_NOT = step("lead", BOOKED.name, refused="both_people_must_consent_to_this_in_writing",
                  **BOOKED.given)  # fmt: skip
BY_LETTER = ("INDIRECT_LETTER_SEND", "INDIRECT_LETTER_RECEIVE")
HOMICIDE = {
    "source": "PROBATION_PRACTITIONER",
    "initiator": "VICTIM_INITIATED",
    "historic": True,
    "offence": "A death fourteen years ago, plainly invented.",
    "parties": [
        victim(role="BEREAVED_CLOSE_FAMILY"),
        offender(stage="CUSTODY"),
    ],
}


def of(who: str, name: str, thread: str, party: str, **given: object) -> Step:
    """Return a step about one person of a pair."""
    return step(who, name, thread=thread, party=party, **given)


DIFFERENT = Scenario(
    16,
    then(
        THREE_VICTIMS,
        lambda case: {i.threads for i in case.interventions.values()} == {("V1-O1",)},
        lambda case: (
            {t.id: t.current.number for t in case.threads.values()}
            == {"V1-O1": 1, "V2-O1": 1, "V3-O1": 2}
        ),
        lambda case: all(t.open for t in case.threads.values()),
    ),
    "Three victims, different choices",
)

ONE_ACCEPTS = Scenario(
    17,
    Path(
        "Two offenders, one accepts",
        (
            *referred(victim(), offender(1), offender(2)),
            *explored("V1-O1"),
            of("worker", "record_interest", "V1-O2", "V1", asked_by="V1"),
            met("V1-O2", "O2"),
            of("lead", "record_responsibility", "V1-O2", "O2", status="DENIES",
               evidence="FACILITATOR_ASSESSMENT"),
            step("lead", "end_thread", thread="V1-O2", reason="OFFENDER_NOT_ACCEPTING",
                 told={"V1": "TOLD_NOT_GOING_AHEAD", "O2": "TOLD_IT_ENDED"},
                 refused="an_interested_victim_is_owed_a_facilitators_meeting"),
            met("V1-O2", "V1"),
            ended("OFFENDER_NOT_ACCEPTING", thread="V1-O2", told="TOLD_NOT_GOING_AHEAD"),
            *chosen("FACE_TO_FACE"),
            *held("FACE_TO_FACE"),
            ended("COMPLETED_DIRECT"),
        ),
        stage="ENDED",
        ended={"V1-O1": "COMPLETED_DIRECT", "V1-O2": "OFFENDER_NOT_ACCEPTING"},
        then=(
            lambda case: case.thread("V1-O2").current.victim.met_at is not None,
            lambda case: case.thread("V1-O2").current.responsibility == "DENIES",
            lambda case: case.thread("V1-O1").current.responsibility == "ACCEPTS_RESPONSIBILITY",
        ),
    ),
)  # fmt: skip

BEREAVED = Scenario(
    18,
    Path(
        "Deceased victim's family + homicide service",
        (
            Step("worker", "refer", HOMICIDE),
            step("supervisor", "accept_referral"),
            step("worker", "give_information", party="V1", channel="IN_PERSON"),
            step("worker", "add_party", party="S1", role="VLO", of="V1",
                 details={"name": "Lee Liaison, invented"}),
            specialist_class("HOMICIDE"),
            step("trainer", "grant_credential", about="advanced", credential="HOMICIDE"),
            *ADVANCED_ALLOCATED,
            step("worker", "offer_support", party="V1", channel="IN_PERSON"),
            step("worker", "record_onward_wish", party="V1", service="HOMICIDE_SERVICE",
                 items=["NAME", "NEEDS"]),
            step("worker", "refer_onward", party="V1", service="HOMICIDE_SERVICE",
                 items=["NAME", "NEEDS"]),
            step("worker", "record_onward_answer", onward="R1", accepted=True),
            of("worker", "record_interest", "V1-O1", "V1", asked_by="V1"),
            *consented(*BY_LETTER, risk="PROCEED_INDIRECT_ONLY"),
            step("advanced", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
                 refused="the_risk_decision_must_allow_this"),
            of("advanced", "draft_letter", "V1-O1", "O1", words="I think of it every day."),
            step("advanced", "approve_letter", letter="L1"),
            step("advanced", "record_letter_asked_for", letter="L1", asked_by="V1"),
            step("advanced", "deliver_letter", letter="L1"),
            ended("COMPLETED_INDIRECT", who="advanced"),
        ),
        stage="ENDED",
        ended={"V1-O1": "COMPLETED_INDIRECT"},
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
        then=(
            lambda case: case.onward["R1"].state == "ACCEPTED",
            lambda case: (case.party("S1").role, case.party("S1").of) == ("VLO", "V1"),
            lambda case: case.specialist and case.co is not None,
            lambda case: case.letter("L1").state == "DELIVERED",
        ),
    ),
)  # fmt: skip

CORPORATE = Scenario(
    19,
    Path(
        "Corporate victim",
        (
            *referred(victim(role="CORPORATE_VICTIM_REP"), victim(2), offender()),
            *explored(),
            step("lead", "record_consent", thread="V1-O1", party="V1", scopes=["FACE_TO_FACE"],
                 form="SIGNED_PAPER", refused="a_representative_has_shown_their_authority"),
            step("worker", "record_authority", party="V1", shown="A letter, invented."),
            *chosen("FACE_TO_FACE"),
            step("worker", "nominate_representative", after=DAY, party="V1",
                 details={"name": "Mo Example, the new manager"}),
            BOOKED_NOT,
        ),
        stage="CHOSEN",
        then=(
            lambda case: case.party("V1").authority_at is None,
            lambda case: set(case.threads) == {"V1-O1", "V2-O1"},
        ),
    ),
)  # fmt: skip

NEIGHBOUR_COMES = Scenario(21, COMMUNITY_MEMBER)

TAKES_IT_BACK = Scenario(
    22,
    Path(
        "Offender withdraws acceptance",
        (
            *referred(),
            *explored(),
            *chosen("FACE_TO_FACE"),
            step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
                 for_when=Ahead(3)),
            step("lead", "record_dispute", party="O1", account="It wasn't like that."),
            step("lead", "confirm_ready", intervention="I1",
                 refused="the_offender_must_accept_responsibility"),
            step("lead", "tell_where_it_stands", intervention="I1", party="V1"),
            step("worker", "offer_support", party="V1", channel="TELEPHONE"),
            of("lead", "record_responsibility", "V1-O1", "O1", after=14 * DAY,
               status="ACCEPTS_RESPONSIBILITY", evidence="FACILITATOR_ASSESSMENT"),
            step("lead", "fix_date", intervention="I1", for_when=Ahead(20)),
        ),
        stage="PREPARING",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
    ),
)  # fmt: skip

LATE_BY_THE_MOVE = Missed("task")
MOVED = Scenario(
    23,
    Path(
        "Prison move",
        (
            *referred(victim(), offender(stage="CUSTODY")),
            *explored(),
            *chosen("FACE_TO_FACE"),
            step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"],
                 for_when=Ahead(10), venue="A prison, plainly invented."),
            step("lead", "arrange_meeting", intervention="I1", staff=["@lead", "@co"]),
            step("lead", "prepare_person", intervention="I1", party="V1"),
            step("worker", "record_change", after=4 * DAY, party="O1", change="MOVED_PRISON",
                 effective_at=Ahead(-2), account="To another prison, told late; plainly invented."),
            step("lead", "tell_where_it_stands", intervention="I1", party="V1"),
            step("lead", "confirm_ready", intervention="I1",
                 refused="what_was_put_off_needs_a_new_date"),
            step("lead", "fix_date", after=7 * DAY, intervention="I1", for_when=Ahead(20),
                 venue="Another prison, plainly invented."),
            step("lead", "call_off_appointment", appointment="D1"),
            step("lead", "arrange_meeting", intervention="I1", staff=["@lead", "@co"]),
            step("worker", "explain_missed_clock", clocks=[LATE_BY_THE_MOVE], whose="O1",
                 cause="PERSON_ASKED_TO_WAIT",
                 refused="time_is_a_persons_own_only_if_they_asked_for_it"),
            step("worker", "explain_missed_clock", clocks=[LATE_BY_THE_MOVE], cause="PRISON_MOVE",
                 words="Told of it two days late; plainly invented."),
        ),
        stage="PREPARING",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
        then=(
            lambda case: case.intervention("I1").prepared.keys() == {"V1"},
            lambda case: "V1" in case.intervention("I1").knows,
            lambda case: [d for d, one in case.appointments.items() if one.open] == ["D2"],
            lambda case: {c.cause for c in case.clocks.values() if c.wait == "task"}
            == {MissCause.PRISON_MOVE},
            lambda case: not case.thread("V1-O1").current.to_ask_again,
        ),
    ),
)  # fmt: skip

FOR_PAROLE = Scenario(
    24,
    Path(
        "A motive that worries the facilitator",
        (
            *referred(victim(), offender(stage="CUSTODY")),
            *explored(),
            step("lead", "record_risk_item", thread="V1-O1", item="MOTIVE", party="O1",
                 remains=True, finding="He wants a letter for parole; plainly invented."),
            *chosen(*BY_LETTER, risk="PROCEED_INDIRECT_ONLY"),
            of("lead", "draft_letter", "V1-O1", "O1", words="I am sorry."),
            step("lead", "approve_letter", letter="L1"),
            of("lead", "record_misleading", "V1-O1", "V1"),
            step("lead", "record_letter_asked_for", letter="L1", asked_by="V1",
                 refused="no_consent_may_rest_on_what_is_misleading"),
            step("lead", "decide_risk", thread="V1-O1", decision="DO_NOT_PROCEED",
                 assessment_text="Invented."),
            step("supervisor", "end_thread", thread="V1-O1", reason="UNSUITABLE_RISK",
                 told={"V1": "TOLD_NOT_GOING_AHEAD", "O1": "TOLD_NOT_GOING_AHEAD"}),
        ),
        stage="ENDED",
        ended={"V1-O1": "UNSUITABLE_RISK"},
    ),
)  # fmt: skip

DISCLOSED = Scenario(
    25,
    Path(
        "New offence or disclosure in the meeting",
        (
            *referred(),
            *explored(),
            *chosen("FACE_TO_FACE"),
            *held("FACE_TO_FACE")[:-3],
            step("co", "raise_concern", concern="SAFEGUARDING", party="O1",
                 account="A child at risk, plainly invented."),
            step("co", "record_disclosure", party="O1", recipient="CHILDRENS_SOCIAL_CARE",
                 ground="SAFEGUARDING", items=["WHAT_WAS_SAID"]),
            step("lead", "resume_intervention", intervention="I1", facilitators=["@lead", "@co"],
                 refused="the_risk_must_be_decided_and_current"),
            step("lead", "stop_intervention", intervention="I1", by="FACILITATOR"),
        ),
        stage="CHOSEN",
        waits=frozenset({"debrief", "task"}),
    ),
)  # fmt: skip
