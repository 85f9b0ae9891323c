"""Turning what the record answered into what a caller is told: a closed set of failures."""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from domain.message import Outcome, Reply
from workflows.run import Failure


def failure(reply: Reply) -> ApplicationError | None:
    """Return what the caller is to be told instead of an answer; nothing if it was accepted.

    Details: for `Refused` and `Nonsense` a list of codes and reasons, for `InternalError` the
    incident id. What has its default is left out, so that runs from before it was there replay to
    the answers that they gave.
    """
    if reply.outcome is Outcome.ACCEPTED:
        return None
    if reply.outcome is Outcome.DENIED:
        return ApplicationError("not allowed here", type=Failure.DENIED)
    if reply.outcome in (Outcome.REFUSED, Outcome.NONSENSE):
        kind = Failure.REFUSED if reply.outcome is Outcome.REFUSED else Failure.NONSENSE
        return ApplicationError(
            kind.value, [r.model_dump(exclude_defaults=True) for r in reply.refusals], type=kind
        )
    return ApplicationError(reply.outcome.value, reply.incident or "", type=Failure.INTERNAL_ERROR)


def incident(error: BaseException) -> ApplicationError:
    """Write down that something unforeseen happened and return what the caller is told of it."""
    number = str(workflow.uuid4())
    workflow.logger.error(
        "incident", extra={"incident": number, "exception_type": type(error).__name__}
    )
    return ApplicationError("unforeseen", number, type=Failure.INTERNAL_ERROR)
