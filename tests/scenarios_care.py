"""Hard cases of youth and vulnerability."""

from __future__ import annotations

from typing import Any

from tests.steps import (
    DAY,
    EXPLAINED,
    Ahead,
    Path,
    Scenario,
    Step,
    chosen,
    explored,
    met,
    offender,
    referred,
    step,
    victim,
)
from tests.steps_sensitive import ADVANCED_ALLOCATED, consented, specialist_class, steps_agreed

OF: dict[str, Any] = {"thread": "V1-O1", "party": "V1"}
MEETING = ("FACE_TO_FACE", "OUTCOME_AGREEMENT")
BOOK = step("lead", "plan_intervention", type="FACE_TO_FACE", threads=["V1-O1"])
NO_DISPOSAL = "nothing_restorative_decides_an_outcome_in_domestic_abuse"
NOT_YET = "an_offender_is_approached_as_the_victim_agrees"
BY_ADVANCED = Step("advanced", BOOK.name, BOOK.given)
CHILD = victim(role="CHILD_VICTIM") | {"details": {"name": "Cleo Example", "born": "2013-05-05"}}
MOTHER = {"party": "S1", "role": "PARENT_OR_GUARDIAN_OF_VICTIM", "of": "V1"}
FATHER = {"party": "S1", "role": "PARENT_OR_GUARDIAN_OF_OFFENDER", "of": "O1"}
YOUTH = {
    "party": "O1",
    "role": "CHILD_OFFENDER",
    "stage": "YOUTH_OUT_OF_COURT",
    "details": {"name": "Oli Sample", "born": "2010-06-01"},
}


def said(party: str, view: str, adult: str = "S1") -> Step:
    """Return a child's own written yes, and what their adult says."""
    return step("lead", "record_consent", after=DAY, thread="V1-O1", party=party,
                scopes=list(MEETING), form="SIGNED_PAPER", adult=adult,
                adult_view=view)  # fmt: skip


OF_AGE = [one for one in chosen(*MEETING) if one.name != "record_consent"]

CHILD_OFFENDER = Scenario(
    26,
    Path(
        "Child offender 15",
        (
            *referred(victim(), YOUTH, FATHER, source="YOUTH_JUSTICE_SERVICE"),
            step("worker", "give_information", party="O1", channel="IN_PERSON",
                 by_service="YOUTH_JUSTICE_SERVICE"),
            step("worker", "involve_youth_service", party="O1", plan="A plan, invented."),
            step("worker", "record_youth_service_decision", thread="V1-O1", invite=True,
                 reasons="Invented."),
            step("worker", "offer_suitable_adult", party="O1", answer="WANTED"),
            *explored(),
            step("lead", "record_consent", thread="V1-O1", party="O1", scopes=list(MEETING),
                 form="SIGNED_PAPER", refused="a_childs_adult_is_heard_apart"),
            said("O1", "YES"),
            step("lead", "record_consent", **OF, scopes=list(MEETING), form="SIGNED_PAPER"),
            *OF_AGE,
            BOOK,
        ),
        stage="PREPARING",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
    ),
)  # fmt: skip

CHILD_VICTIM = Scenario(
    27,
    Path(
        "Child victim 12",
        (
            *referred(CHILD, offender(), MOTHER),
            *explored(),
            said("V1", "NO"),
            chosen(*MEETING)[1],
            *OF_AGE,
            Step("lead", BOOK.name, BOOK.given, refused="a_childs_yes_needs_the_adults_yes"),
            step("supervisor", "decide_for_child", **OF, outcome="ASK_LATER", reasons="Invented."),
            Step("lead", BOOK.name, BOOK.given, refused="a_childs_yes_needs_the_adults_yes"),
            said("V1", "YES"),
            BOOK,
            step("intake", "withdraw_consent", party="V1"),
            Step("lead", BOOK.name, BOOK.given,
                 refused="both_people_must_consent_to_this_in_writing"),
        ),
        stage="EXPLORING",
        choices={"V1-O1": ("WITHDRAWN", "CONSENTED")},
    ),
)  # fmt: skip

COERCION = Scenario(
    28,
    Path(
        "Domestic abuse / coercive control",
        (
            *referred(),
            specialist_class("SPECIALIST_DA", held=True),
            step("co", "record_facilitator_meeting", **OF, explained=EXPLAINED,
                 understood=True, refused="a_sensitive_case_needs_experienced_facilitators"),
            *ADVANCED_ALLOCATED,
            step("worker", "record_interest", **OF, asked_by="V1"),
            step("worker", "record_onward_wish", party="V1", service="IDVA_ISVA",
                 items=["NAME", "NEEDS"]),
            step("worker", "refer_onward", party="V1", service="IDVA_ISVA",
                 items=["NAME", "NEEDS"]),
            step("advanced", "record_risk_item", thread="V1-O1", item="ONGOING_CONTACT",
                 remains=True, finding="Invented."),
            step("advanced", "record_risk_item", thread="V1-O1", item="CHILDREN_AFFECTED",
                 finding="Invented."),
            *consented("FACE_TO_FACE", risk="DO_NOT_PROCEED"),
            Step("advanced", BOOK.name, BOOK.given, refused="the_risk_decision_must_allow_this"),
            step("worker", "record_hearing", party="O1", kind="DISPOSAL_REVIEW", report_owed=True,
                 day=Ahead(20), refused=NO_DISPOSAL),
            step("worker", "record_hearing", party="O1", kind="DISPOSAL_REVIEW", day=Ahead(20)),
            step("worker", "report_to_court", hearing="H1", thread="V1-O1",
                 outcome="DID_NOT_TAKE_PLACE", refused=NO_DISPOSAL),
            step("supervisor", "end_thread", thread="V1-O1", reason="UNSUITABLE_RISK",
                 told={"V1": "TOLD_WHY", "O1": "TOLD_NOT_GOING_AHEAD"},
                 refused="that_it_does_not_proceed_is_explained_first"),
            step("advanced", "explain_decision", **OF, channel="IN_PERSON", support=False,
                 refused="whoever_hears_that_it_does_not_proceed_is_offered_support"),
            step("advanced", "explain_decision", **OF, channel="IN_PERSON", support=True,
                 words="Told why, gently; invented."),
            step("supervisor", "end_thread", thread="V1-O1", reason="UNSUITABLE_RISK",
                 told={"V1": "TOLD_WHY", "O1": "TOLD_NOT_GOING_AHEAD"}),
        ),
        stage="ENDED",
        ended={"V1-O1": "UNSUITABLE_RISK"},
    ),
)  # fmt: skip

SURVIVOR = Scenario(
    29,
    Path(
        "Sexual harm, adult survivor, 20 years on",
        (
            *referred(victim(), offender(stage="SENTENCE_EXPIRED"), source="VICTIM_SELF",
                      historic=True, offence="Twenty years ago, plainly invented."),
            specialist_class("SPECIALIST_SEXUAL_HARM", held=True),
            step("trainer", "grant_credential", about="advanced",
                 credential="SPECIALIST_SEXUAL_HARM"),
            *ADVANCED_ALLOCATED,
            step("worker", "record_interest", **OF, asked_by="V1"),
            *(step("worker", "give_information", party="O1", channel=way, refused=NOT_YET)
              for way in ("THROUGH_AGENCY", "TELEPHONE")),
            *steps_agreed("V1-O1", "ASK_AN_AGENCY"),
            step("worker", "record_contact_attempt", party="O1", channel="THROUGH_AGENCY",
                 outcome="NO_RESPONSE"),
            step("worker", "give_information", party="O1", channel="TELEPHONE", refused=NOT_YET),
            *steps_agreed("V1-O1", "APPROACH_THEM"),
            step("worker", "give_information", party="O1", channel="TELEPHONE"),
            step("worker", "make_offer", thread="V1-O1", party="O1",
                 refused="an_offender_hears_who_asks_as_the_victim_agrees"),
            *consented("QUESTIONS_IN_WRITING", risk="PROCEED_INDIRECT_ONLY"),
            step("advanced", "gather_question", **OF, words="Why me? Invented."),
            step("advanced", "plan_intervention", type="WRITTEN_COMMUNICATION",
                 threads=["V1-O1"]),
            step("intake", "take_back_step", party="V1", steps=["SAY_WHO_ASKS"]),
            step("advanced", "prepare_person", intervention="I1", party="O1",
                 refused="an_offender_hears_who_asks_as_the_victim_agrees"),
            *steps_agreed("V1-O1", "SAY_WHO_ASKS"),
            step("advanced", "prepare_person", intervention="I1", party="O1"),
        ),
        stage="PREPARING",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
        then=(
            lambda case: case.victim_began("V1-O1"),
            lambda case: "ALL_OPTIONS" in case.thread("V1-O1").current.victim.explained,
            lambda case: case.intervention("I1").state == "POSTPONED",
        ),
    ),
)  # fmt: skip

UNDERSTANDS_WITH_HELP = Scenario(
    30,
    Path(
        "Capacity/learning disability",
        (
            *referred(),
            *explored(),
            step("lead", "doubt_understanding", party="V1"),
            step("lead", "record_consent", **OF, scopes=list(MEETING), form="SIGNED_PAPER",
                 refused="whoever_consents_must_be_able_to_understand"),
            step("lead", "decide_understanding", after=DAY, party="V1",
                 understanding="WITH_HELP", reasons="With an intermediary; invented."),
            step("lead", "record_consent", **OF, scopes=list(MEETING), form="SIGNED_PAPER",
                 refused="consent_rests_on_full_information"),
            met("V1-O1", "V1"),
            *chosen(*MEETING),
            BOOK,
        ),
        stage="PREPARING",
        choices={"V1-O1": ("CONSENTED", "CONSENTED")},
    ),
)  # fmt: skip
