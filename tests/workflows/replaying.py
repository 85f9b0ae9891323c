"""Replaying saved histories, and comparing the answers that they hold with those given now.

Temporal's own replayer sees only commands: a change that silently rewrites an answer passes it.
So every update is answered again, and each answer must be the one that was recorded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.exceptions import ApplicationError
from temporalio.worker import Interceptor, Replayer, WorkflowInboundInterceptor
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from tests.serving import STRICT
from workflows.case import Case
from workflows.converter import converter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from temporalio.api.update.v1 import Outcome
    from temporalio.worker import HandleUpdateInput, WorkflowInterceptorClassInput

FOLDER = Path(__file__).parent / "histories"


@dataclass(frozen=True)
class Saved:
    """One run as it was saved: which path it is from, and its events."""

    name: str
    history: WorkflowHistory


def corpus(folder: Path = FOLDER) -> list[Saved]:
    """Return every saved run. Raises `EmptyCorpus` if there is none: nothing would be guarded."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise EmptyCorpus(f"there are no histories in {folder.name}")
    return [_read(file) for file in files]


def _read(file: Path) -> Saved:
    saved = json.loads(file.read_text())
    return Saved(file.stem, WorkflowHistory.from_json(saved["workflow"], saved["history"]))


async def differences(saved: Saved) -> list[str]:
    """Replay one run; return what is not as it was: the course of it, or single answers."""
    answers = _Answers()
    replayer = Replayer(
        workflows=[Case],
        workflow_runner=SandboxedWorkflowRunner(restrictions=STRICT),
        data_converter=converter,
        interceptors=[answers],
    )
    result = await replayer.replay_workflow(saved.history, raise_on_replay_failure=False)
    if result.replay_failure is not None:
        return [f"{saved.name}: {result.replay_failure}"]
    recorded = dict(_recorded(saved.history))
    return [
        f"{saved.name}: the answer to {update} was {was} and is now {answers.given.get(update)}"
        for update, was in recorded.items()
        if answers.given.get(update) != was
    ]


def _recorded(history: WorkflowHistory) -> Iterator[tuple[str, Any]]:
    """Yield the id of each update that was completed, and what it was answered."""
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
            completed = event.workflow_execution_update_completed_event_attributes
            yield completed.meta.update_id, _told(completed.outcome)


def _told(outcome: Outcome) -> Any:
    if outcome.HasField("success"):
        return json.loads(outcome.success.payloads[0].data)
    failure = outcome.failure
    details = failure.application_failure_info.details.payloads
    return [failure.application_failure_info.type, *(json.loads(p.data) for p in details)]


class _Answers(Interceptor):
    """Collects what each update is answered while a history is replayed."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the library's own
    ) -> type[WorkflowInboundInterceptor]:
        given = self.given

        class Collecting(WorkflowInboundInterceptor):
            async def handle_update_handler(
                self,
                input: HandleUpdateInput,  # noqa: A002 - the library's own
            ) -> Any:
                try:
                    answer = await super().handle_update_handler(input)
                except ApplicationError as error:
                    given[input.id] = [error.type, *error.details]
                    raise
                given[input.id] = answer
                return answer

        return Collecting


class EmptyCorpus(Exception):
    """There is nothing to replay."""
