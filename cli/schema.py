"""The JSON Schema of a command as `--from` takes it: words in place, and marked as personal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.fields import fields_of, is_model, model_fields
from domain.texts import TextRef
from vault.details import DETAILS, PartyDetails

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.fields import CommandField
    from domain.command import Command

_REFERENCE = TextRef.__name__
_WORDS: dict[str, Any] = {"type": "string", "personal": True}
_DOCUMENTS: dict[str, Any] = {
    "type": "object",
    "personal": True,
    "additionalProperties": False,
    "properties": {name: dict(_WORDS) for name in PartyDetails.model_fields},
}


def schema_of(command: type[Command]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the fields of a command."""
    schema = command.model_json_schema()
    definitions = schema.get("$defs", {})
    _mark(schema, fields_of(command))
    for field in fields_of(command):
        if is_model(field.shape.kind):
            _mark(definitions[field.shape.kind.__name__], model_fields(field.shape.kind))
    definitions.pop(_REFERENCE, None)
    if not definitions:
        schema.pop("$defs", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _mark(schema: dict[str, Any], fields: Sequence[CommandField]) -> None:
    """Put words in the place of references: what is typed is words, what travels a reference."""
    for field in fields:
        if field.personal:
            told = _DOCUMENTS if field.name == DETAILS else _WORDS
            kept = {k: v for k, v in schema["properties"][field.name].items() if k in _KEPT}
            schema["properties"][field.name] = {**told, **kept}


_KEPT = ("description", "title")
