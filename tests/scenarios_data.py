"""Hard cases about people's data. Everybody in them is invented."""

from __future__ import annotations

from tests.paths_choosing import DECLINED
from tests.steps import WEEK, YEAR, Ahead, Path, Scenario, referred, step, then

REPLY = "Invented: what they are told in writing."

KEPT_AS_EVIDENCE = Scenario(
    40,
    then(
        Path(
            "Asks to be erased while it is evidence: kept and not used, and erased once that ends",
            (
                *referred(),
                step("worker", "propose_data_step", asked_by="V1", party="V1", step="ERASE"),
                step("officer", "restrict_data", after=2 * WEEK, party="V1", ground="EVIDENCE",
                     authority="PROSECUTION", review_on=Ahead(90, whole=True), reply=REPLY),
                step("worker", "propose_data_step", asked_by="V1", party="V1", step="ERASE"),
                step("officer", "decide_erasure", party="V1", ground="OBJECTION_UPHELD",
                     reply=REPLY, refused="what_is_restricted_is_not_erased"),
                step("worker", "propose_data_step", after=8 * WEEK, party="V1",
                     step="LIFT_RESTRICTION"),
                step("officer", "lift_restriction", party="V1", reply=REPLY,
                     erase="NO_LONGER_NEEDED"),
            ),
            stage="ENDED",
            ended={"V1-O1": "DATA_ERASED"},
        ),
        lambda case: case.data.of("V1").restriction is None,
        lambda case: (
            case.data.of("V1").erasing is not None or case.data.of("V1").gone == "ALL"
        ),
        lambda case: case.data.of("O1").gone is None and "O1" not in case.data.by_party,
    ),
)  # fmt: skip

WITHOUT_THEIR_STORY = Scenario(
    39,
    then(
        Path(
            "Declined; returns after 3 years, and what they had said is gone by then",
            (
                *DECLINED.steps,
                step("worker", "propose_data_step", after=YEAR, party="V1", step="REMOVE_STORY"),
                step("officer", "decide_erasure", party="V1", extent="STORY",
                     ground="RETENTION_ENDED", reply=REPLY),
                step("worker", "record_call", after=2 * YEAR, party="V1", asked_by="V1",
                     identified="DETAILS_ASKED"),
                step("worker", "take_up_again", thread="V1-O1", kind="RETURN", asked_by="V1"),
                step("worker", "record_interest", thread="V1-O1", party="V1", asked_by="V1"),
            ),
            stage="EXPLORING",
            choices={"V1-O1": ("EXPLORING", "NOT_YET_OFFERED")},
            waits=frozenset({"facilitators_meeting"}),
        ),
        lambda case: (
            case.data.of("V1").erasing is not None or case.data.of("V1").gone == "STORY"
        ),
        lambda case: case.thread("V1-O1").episodes[0].victim.choice == "DECLINED_THIS_OFFER",
        lambda case: case.thread("V1-O1").current.responsibility == "NOT_EXPLORED",
        lambda case: not case.thread("V1-O1").current.victim.scopes,
    ),
)  # fmt: skip
