"""Temporal's sandbox round the workflow: what is not loaded afresh in it, and what is not asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

if TYPE_CHECKING:
    from temporalio.bridge.proto.workflow_activation import WorkflowActivation
    from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
    from temporalio.worker import WorkflowInstanceDetails
    from temporalio.workflow import Info

PASSED_THROUGH = (
    "domain",
    "eventsourcing",
    "structlog",
    "workflows.append",
    "workflows.converter",
    "workflows.details",
    "workflows.envelope",
    "workflows.inbox",
    "workflows.outcome",
    "workflows.pauses",
    "workflows.run",
)
"""Not loaded afresh in Temporal's sandbox: a tenth of the memory for each stream."""
GUARDED = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
"""Everything that Temporal guards; saved histories are replayed under it."""
RESTRICTIONS = replace(
    GUARDED,
    invalid_module_members=replace(
        GUARDED.invalid_module_members,
        children={
            name: below
            for name, below in GUARDED.invalid_module_members.children.items()
            if name != "__builtins__"
        },
    ),
)
"""What a worker serves under: all but `open`, `input` and `breakpoint`. To guard these three the
sandbox replaces `isinstance` for the whole process, which cost a tenth of all processor time."""
_NO_STORE = StorageDriverStoreContext(target=None)


class Sandbox(SandboxedWorkflowRunner):
    """The sandbox, without its going in for each value to ask in what context it is written.

    The service's converter writes every value the same way and keeps none elsewhere; asking took a
    fifth of the worker's time.
    """

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Return the instance of one run."""
        return _WithoutContext(super().create_instance(det))


class _WithoutContext(WorkflowInstance):
    def __init__(self, inner: WorkflowInstance) -> None:
        self._inner = inner

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._inner.activate(act)

    def get_serialization_context(self, command_info: object) -> None:  # noqa: ARG002
        return None

    def get_external_store_context(
        self,
        command_info: object,  # noqa: ARG002
    ) -> StorageDriverStoreContext:
        return _NO_STORE

    def get_info(self) -> Info:
        return self._inner.get_info()

    def get_thread_id(self) -> int | None:
        return self._inner.get_thread_id()
