"""Work that stands elsewhere than in the log, joined into the queue: refused signals are such.

A refused signal has no caller, so it is a task for the allocated facilitator, else a supervisor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.calendar import working_days_after
from domain.case import Case
from domain.waits import Binds
from projections import sight
from projections.cases import sights
from projections.practitioners import practitioner

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from domain.practitioner import Practitioner
    from projections.views import Views


@dataclass(frozen=True, slots=True)
class OtherTask:
    """One task about a stream: codes only."""

    stream: str
    name: str
    """What kind of task."""
    sentence: str
    """What it means to staff."""
    subject: str
    """What tells it from any other of its kind and stream: the id of the refused command."""
    about: str | None
    """What was asked, as a code: the command's wire name."""
    since: datetime
    by: str
    """The actor behind it. If the case was never opened, it is theirs and their supervisors'."""


def joined(views: Views, tasks: Iterable[OtherTask]) -> list[Mapping[str, Any]]:
    """Return the tasks as rows for `waiting(..., also=...)`, which asks the gate of each."""
    listed = list(tasks)
    known = sights(views, {task.stream for task in listed})
    return [_row(views, task, known.get(task.stream)) for task in listed]


def review_of_looks(reader: Practitioner, due: datetime | None) -> list[Mapping[str, Any]]:
    """Return the data-protection officer's task of reviewing who looked at what, if it is due.

    As a row for `waiting(..., also=...)`, on their own entry of the register.
    """
    if due is None:
        return []
    theirs = Case(
        id=reader.id,
        version=1,
        organisation=reader.organisation,
        area=reader.area,
        case_worker=reader.id,
    )
    return [
        {
            "stream": reader.id,
            **sight.values(theirs),
            "name": "access_review",
            "sentence": "review who looked at what, and sign it off: rj audit review",
            "subject": reader.id,
            "about": None,
            "binds": Binds.STAFF.value,
            "whom": reader.id,
            "since": due,
            "due": due,
            "missed": False,
            "demo": False,
        }
    ]


def _row(views: Views, task: OtherTask, known: Mapping[str, Any] | None) -> Mapping[str, Any]:
    case = sight.light(known) if known else _never_opened(views, task)
    whom = case.lead or case.supervisor if known else case.case_worker
    return {
        "stream": task.stream,
        **sight.values(case),
        "name": task.name,
        "sentence": task.sentence,
        "subject": task.subject,
        "about": task.about,
        "binds": Binds.STAFF.value,
        "whom": whom,
        "since": task.since,
        "due": working_days_after(task.since, views.limits.task),
        "missed": False,
        "demo": bool(known and known["demo"]),
    }


def _never_opened(views: Views, task: OtherTask) -> Case:
    """Return a case as if the actor had opened it, so that they and their supervisors see it."""
    who = practitioner(views, task.by)
    return Case(
        id=task.stream,
        version=1,
        organisation=who.organisation if who else "",
        area=who.area if who else "",
        case_worker=who.id if who else None,
    )
