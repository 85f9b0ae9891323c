"""What an auditor looks at before people meet: the day, and the way that led there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import local_day
from tests.domain.auditor import counts, episode, people, planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.domain.auditor import Record


def looked_at_on_the_day(r: Record) -> Iterator[str]:
    """Nobody meets on a checklist or a preparation of long ago."""
    e = r.judged
    if e.name != "intervention_started":
        return
    of = {"intervention": e.envelope.data["intervention"]}
    plan = planned(r, of["intervention"])
    if plan["type"] != "FACE_TO_FACE":
        return
    looked = r.last("checked_on_the_day", "checklist_item_checked", **of)
    if looked is None or local_day(looked.effective_at) != local_day(e.effective_at):
        yield f"{of['intervention']} started and the checklist was not gone through on the day"
    put_off, dated = r.last("intervention_postponed", **of), r.last("date_fixed", **of)
    if put_off is not None and (dated is None or counts(dated) < counts(put_off)):
        yield f"{of['intervention']} was put off, and has no new date"


def changed_form_afresh(r: Record) -> Iterator[str]:
    """N1: what one form was agreed for does not carry people into another."""
    e = r.judged
    if e.name != "intervention_planned":
        return
    for thread in e.envelope.data["threads"]:
        for began in r.since(episode(r, thread)):
            if began.name != "intervention_started":
                continue
            plan = planned(r, began.envelope.data["intervention"])
            if thread not in plan["threads"] or plan["type"] == e.envelope.data["type"]:
                continue
            risk = r.last("risk_decided", thread=thread)
            if risk is None or risk not in r.since(began):
                yield f"N1: {thread} changed its form on an old decision on risk"
            for party in people(thread):
                of = {"thread": thread, "party": party}
                yes = [r.last("consent_recorded", **of), r.last("consent_confirmed", **of)]
                if not any(one in r.since(began) for one in yes if one is not None):
                    yield f"N1: {party} was not asked afresh about another form"
