"""What is wrong with typed input, as sentences that never repeat the input."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


def problems(error: ValidationError) -> tuple[str, ...]:
    """Return a sentence for each thing that is wrong: the field, and what it should be."""
    return tuple(
        f"{'.'.join(str(part) for part in found['loc']) or 'the whole'}: {found['msg']}"
        for found in error.errors(include_input=False, include_url=False, include_context=False)
    )
