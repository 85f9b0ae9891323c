"""What is wrong with typed input, as sentences that never repeat the input."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError

_A_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


def problems(error: ValidationError) -> tuple[str, ...]:
    """Return a sentence for each thing that is wrong: the field, and what it should be."""
    return tuple(
        f"{'.'.join(_shown(str(part)) for part in found['loc']) or 'the whole'}: {found['msg']}"
        for found in error.errors(include_input=False, include_url=False, include_context=False)
    )


def _shown(part: str) -> str:
    """The name of a field may be told back; what stands in its place may be somebody's words."""
    return part if _A_NAME.fullmatch(part) else "…"
