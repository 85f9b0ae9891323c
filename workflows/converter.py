"""How values and failures are written for Temporal: as JSON, and failures without traces."""

from __future__ import annotations

import dataclasses

from temporalio.api.failure.v1 import Failure
from temporalio.contrib.pydantic import PydanticPayloadConverter, pydantic_data_converter
from temporalio.converter import DefaultFailureConverter, PayloadConverter


class WithoutTraces(DefaultFailureConverter):
    """Writes failures without their stack traces, which would keep paths of the machine and lines
    of source in the server's database with every refusal."""

    def to_failure(
        self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        """Write the exception, and each of its causes, into `failure`."""
        super().to_failure(exception, payload_converter, failure)
        failure.stack_trace = ""


class OfOneKind(PydanticPayloadConverter):
    """Is made for each workflow task and each value, and is the same every time: so it is made
    once, and copied."""

    def __init__(self) -> None:
        vars(self).update(vars(_ONCE))


_ONCE = PydanticPayloadConverter()
converter = dataclasses.replace(
    pydantic_data_converter,
    payload_converter_class=OfOneKind,
    failure_converter_class=WithoutTraces,
)
"""What every client and worker of the service is given."""
