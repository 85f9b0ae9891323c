"""Hard cases about people's data. Everybody in them is invented."""

from __future__ import annotations

from tests.steps import WEEK, Ahead, Path, Scenario, referred, step, then

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
