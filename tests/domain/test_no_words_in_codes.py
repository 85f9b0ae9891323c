"""No field of a command that travels outside the vault takes free text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.command import COMMANDS
from domain.decide import decode
from domain.errors import Nonsense

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUND = {"enum", "pattern", "format", "const"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_text_in_a_command_is_a_code_a_reference_or_a_date(name: str) -> None:
    schema = COMMANDS[name].model_json_schema()
    assert list(free_texts(schema, schema.get("$defs", {}), name)) == []


def test_whose_assessment_it_is_is_not_told_in_words() -> None:
    with pytest.raises(Nonsense, match=r"basis\.whose"):
        decode("stop_contact", {"party": "V1", "basis": {"whose": "Vera's mother, in Exampleton"}})


def free_texts(schema: dict[str, Any], known: dict[str, Any], place: str) -> Iterator[str]:
    """Yield where any text at all would be taken."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rsplit("/", 1)[1]]
    for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("prefixItems", ())):
        yield from free_texts(one, known, place)
    if schema.get("type") == "string" and not BOUND & schema.keys():
        yield place
    if schema.get("type") == "object" and schema.get("additionalProperties"):
        yield f"{place}.*"
    for field, inner in schema.get("properties", {}).items():
        yield from free_texts(inner, known, f"{place}.{field}")
    if "items" in schema:
        yield from free_texts(schema["items"], known, f"{place}[]")
