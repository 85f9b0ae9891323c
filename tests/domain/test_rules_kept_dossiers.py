"""What becomes of the words of a closed entry of the data-protection register: looked at when its
time is over, kept longer or erased by a decision, and not before by whoever made the entry."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.calendar import end_of, years_after
from domain.decide import present
from domain.errors import Nonsense
from domain.limits import Limits
from domain.retention import KeptEntry, Retention, why_words_stay
from domain.rules import kept_dossiers as rules
from domain.words import DossierKind, WordsStay
from tests.domain.situations import go_on
from tests.register import Kept, asked, breaks, keeps, opened
from tests.steps import referred
from tests.story import LIMITS, STAFF, DeniedInStory, RefusedInStory, Story

SERVICE = "service:follow_up"
NO = {"decision": "NOT_GRANTED", "ground": "KEPT_AS_EVIDENCE", "reasons": "Invented."}
REPLY = {"reply": "Invented.", "channel": "LETTER"}
ERASE = {"ground": "RETENTION_ENDED"}
KEYS = ["K-0123456789ABCDEF"]


def answered(story: Story | None = None, **given: object) -> Kept:
    """Return a request that was decided on and answered."""
    kept = asked("ERASURE_OF_DATA", story)
    kept.do("decide_request", **NO)
    kept.do("answer_request", **REPLY, **given)
    return kept


def over(kept: Kept, years: int = 6) -> Kept:
    """Let its time pass, to the moment at which it is looked at."""
    kept.story.now = years_after(kept.story.now, years)
    return kept


def breach() -> Kept:
    kept = opened("record_data_breach", kind="LOST")
    kept.do("assess_data_breach", risk="RISK_UNLIKELY", reasons="Invented.")
    kept.do("close_data_breach", measures="Invented.")
    return kept


def notes() -> Kept:
    kept = opened("record_notes_request", by="DEFENCE")
    no = {**NO, "ground": "NOT_NECESSARY", "necessary": False, "proportionate": False}
    kept.do("decide_notes_request", **no)
    kept.do("answer_notes_request", **REPLY)
    return kept


def withdrawn() -> Kept:
    kept = asked()
    kept.do("withdraw_request")
    return kept


def withdrawn_late() -> Kept:
    kept = asked()
    kept.do("decide_request", decision="WHOLLY_GRANTED")
    kept.do("withdraw_request")
    return kept


@pytest.mark.parametrize(
    ("made", "years"),
    [(answered, 6), (breach, 6), (notes, 6), (withdrawn, 3), (withdrawn_late, 6)],
)
def test_every_closed_entry_is_looked_at_when_its_time_is_over_and_for_nothing_else(
    made: type[Kept], years: int
) -> None:
    kept = made()  # type: ignore[call-arg]
    assert kept.due() == {"dossier_review": years_after(kept.story.now, years).isoformat()}


def test_the_table_is_the_controllers_own_and_its_first_row_counts() -> None:
    rows = (
        KeptEntry(years=1, kind=DossierKind.NOTES_REQUEST),
        KeptEntry(years=2, kind=DossierKind.RIGHTS_REQUEST_MADE, undecided=False),
    )
    own = Retention(register_rows=rows, register_otherwise=9)
    found = [own.years_of(made().dossier) for made in (notes, answered, withdrawn, breach)]
    assert found == [1, 2, 9, 9]


def test_what_is_open_has_no_review() -> None:
    kept = asked()
    assert "dossier_review" not in kept.due()
    for name, given in (("keep_dossier_longer", keep(kept)), ("decide_dossier_erasure", ERASE)):
        with pytest.raises(Nonsense, match="is open"):
            kept.do(name, **given)


def test_a_day_that_was_typed_does_not_shorten_its_time() -> None:
    story = Story()
    long_ago = (story.now - timedelta(hours=3)).isoformat()
    kept = opened("record_rights_request", story, right="OBJECTION", effective_at=long_ago)
    story.later(days=400)
    earlier = (story.now - timedelta(days=390)).isoformat()
    kept.do("withdraw_request", effective_at=earlier)
    assert kept.dossier.closed_at == story.now - timedelta(days=390)
    assert kept.due() == {"dossier_review": years_after(story.now, 3).isoformat()}


def test_a_review_that_nobody_saw_to_is_told_once_and_stays_to_be_done() -> None:
    kept = over(answered())
    kept.later(days=1)
    kept.later(days=1)
    assert kept.events.count("dossier_clock_missed") == 1
    assert set(kept.due()) == {"dossier_review"}


def keep(kept: Kept, **given: object) -> dict[str, object]:
    day = (kept.story.now + timedelta(days=365)).date().isoformat()
    return {"ground": "LEGAL_CLAIM", "review_on": day, "reasons": "Invented.", **given}


def test_it_is_kept_on_a_ground_and_looked_at_again_on_its_day() -> None:
    kept = over(answered())
    given = keep(kept)
    kept.do("keep_dossier_longer", **given)
    due = end_of(date.fromisoformat(str(given["review_on"])))
    assert kept.due() == {"dossier_review": due.isoformat()}
    breaks(
        kept,
        rules.the_register_proves_for_its_time_what_was_done,
        "decide_dossier_erasure",
        **ERASE,
    )
    kept.story.now = due
    keeps(
        kept,
        rules.the_register_proves_for_its_time_what_was_done,
        "decide_dossier_erasure",
        **ERASE,
    )


def test_keeping_longer_never_brings_its_review_forward() -> None:
    kept = answered()
    for days in (1, 5 * 365):
        day = (kept.story.now + timedelta(days=days)).date().isoformat()
        with pytest.raises(Nonsense, match="longer than that"):
            kept.do("keep_dossier_longer", **keep(kept, review_on=day))
    last = years_after(kept.story.now, 6) - timedelta(seconds=1)
    kept.do("keep_dossier_longer", **keep(kept, review_on=last.date().isoformat()))
    assert kept.due() == {"dossier_review": years_after(kept.story.now, 6).isoformat()}
    # A table that is longer by now counts, whatever was decided under a shorter one.
    longer = Limits(retention=Retention(register_otherwise=9))
    history = kept.story.streams[kept.stream]
    assert present(history, longer).next_due == years_after(kept.story.now, 9)


def test_nobody_erases_before_its_time_what_they_entered_themselves() -> None:
    kept = answered()
    kept.story.now = years_after(kept.story.now, 6) - timedelta(seconds=1)
    for ground in ("RETENTION_ENDED", "NO_LONGER_NEEDED", "NOT_LAWFUL", "LEGAL_DUTY"):
        breaks(
            kept,
            rules.the_register_proves_for_its_time_what_was_done,
            "decide_dossier_erasure",
            ground=ground,
        )
    kept.story.now += timedelta(seconds=1)
    keeps(
        kept,
        rules.the_register_proves_for_its_time_what_was_done,
        "decide_dossier_erasure",
        **ERASE,
    )


def another(story: Story) -> str:
    """Have a second data-protection officer; return their name in the story."""
    story._register("second", dict(STAFF["officer"]))
    return "second"


@pytest.mark.parametrize("ground", ["NOT_LAWFUL", "LEGAL_DUTY", "OBJECTION_UPHELD"])
def test_what_the_law_has_erased_goes_before_its_time_by_another_officer(ground: str) -> None:
    kept = answered()
    who = another(kept.story)
    with pytest.raises(
        RefusedInStory, match=rules.the_register_proves_for_its_time_what_was_done.__name__
    ):
        kept.do("decide_dossier_erasure", who, ground="NO_LONGER_NEEDED")
    (decided,) = kept.do("decide_dossier_erasure", who, ground=ground)
    assert decided.envelope.data["kept_until"] > kept.story.now.isoformat()


def test_an_officer_who_kept_it_longer_has_entered_something_in_it() -> None:
    kept = answered()
    who = another(kept.story)
    last = years_after(kept.story.now, 6)
    kept.do("keep_dossier_longer", who, **keep(kept, review_on=last.date().isoformat()))
    with pytest.raises(
        RefusedInStory, match=rules.the_register_proves_for_its_time_what_was_done.__name__
    ):
        kept.do("decide_dossier_erasure", who, ground="NOT_LAWFUL")


def test_what_is_decided_is_the_services_to_do_and_ends_the_entry() -> None:
    kept = over(answered())
    (decided,) = kept.do("decide_dossier_erasure", **ERASE)
    assert set(kept.due()) == {"dossier_erasure"}
    for name, given in (("keep_dossier_longer", keep(kept)), ("decide_dossier_erasure", ERASE)):
        with pytest.raises(Nonsense, match="are erased"):
            kept.do(name, **given)
    with pytest.raises(DeniedInStory):
        kept.do("note_dossier_erased", keys=KEYS)
    (done,) = kept.do("note_dossier_erased", SERVICE, keys=KEYS)
    assert done.envelope.data == {"keys": KEYS, "decided": decided.version}
    assert kept.do("note_dossier_erased", SERVICE, keys=KEYS) == []
    assert kept.due() == {}
    assert kept.dossier.erased is not None
    now = present(kept.story.streams[kept.stream], LIMITS)
    assert (now.stage, now.open, now.next_due) == ("DOSSIER_CLOSED", False, None)


def test_why_its_words_stay_is_told_by_how_it_stands_at_the_moment() -> None:
    kept = asked("ERASURE_OF_DATA")
    table, now = LIMITS.retention, kept.story.now
    assert why_words_stay(kept.dossier, table, now) is WordsStay.STILL_OPEN
    closed = answered().dossier
    end = years_after(now, 6)
    before = end - timedelta(seconds=1)
    assert why_words_stay(closed, table, before) is WordsStay.WITHIN_ITS_TIME
    assert why_words_stay(closed, table, end) is WordsStay.TIME_IS_OVER


def test_what_was_asked_and_decided_stays_as_codes() -> None:
    kept = over(answered())
    before = kept.dossier
    kept.do("decide_dossier_erasure", **ERASE)
    kept.do("note_dossier_erased", SERVICE, keys=KEYS)
    now = kept.dossier
    assert (now.request, now.subjects, now.opened_at, now.closed_at) == (
        before.request, before.subjects, before.opened_at, before.closed_at,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["worker", "lead", "supervisor", "auditor", "trainer"])
@pytest.mark.parametrize("name", ["keep_dossier_longer", "decide_dossier_erasure"])
def test_nobody_but_the_officer_decides_on_it(name: str, who: str) -> None:
    kept = over(answered())
    given = ERASE if name == "decide_dossier_erasure" else keep(kept)
    with pytest.raises(DeniedInStory):
        kept.do(name, who, **given)


def test_whom_it_is_about_is_said_as_long_as_its_words_are_there() -> None:
    kept = withdrawn()
    case = kept.story.case_id or _referred(kept.story)
    about = [{"case": case, "party": "V1"}]
    assert kept.dossier.names_nobody
    over(kept, 3).do("decide_dossier_erasure", **ERASE)
    for _ in ("being erased", "erased"):
        with pytest.raises(Nonsense, match="erased"):
            kept.do("name_subjects", about=about)
        assert not kept.dossier.names_nobody
        kept.do("note_dossier_erased", SERVICE, keys=KEYS)


def _referred(story: Story) -> str:
    go_on(story, *referred())
    return story.case_id
