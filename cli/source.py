"""What is read with `--from`: fields as a JSON object, words included, or one object a line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cli.ending import nonsense

LARGEST = 4 * 1024 * 1024
"""Bytes that are read; far more than any command may have."""
DEEPEST = 20
"""Objects and lists within each other; far more than any command has."""


def read_source(source: str) -> dict[str, Any]:
    """Return the object in this file, or in standard input for `-`.

    Raises `Ended` for what cannot be read and for what is no JSON object; nothing is quoted.
    """
    where = _where(source)
    return parsed(_text(source, where), where)


def read_lines(source: str) -> list[dict[str, Any]]:
    """Return the objects in this file, or in standard input for `-`: JSON Lines, empty lines left
    out. Raises `Ended`, which names the line; nothing is quoted."""
    where = _where(source)
    lines = enumerate(_text(source, where).splitlines(), 1)
    return [parsed(line, f"{where}, line {number}") for number, line in lines if line.strip()]


def _where(source: str) -> str:
    return "standard input" if source == "-" else "the file named with --from"


def parsed(text: str, where: str) -> dict[str, Any]:
    """Return the object in this text; `where` it stands is what a sentence begins with.

    Raises `Ended` for what is no JSON object; nothing is quoted.
    """
    document = parsed_any(text, where)
    if not isinstance(document, dict):
        raise nonsense(f"{where}: a command is a JSON object, names of fields and their values")
    return document


def parsed_any(text: str, where: str) -> Any:
    """Return what this text says as JSON, of any kind. Raises `Ended`; nothing is quoted."""
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except _Twice:
        raise nonsense(f"{where}: a name is given twice in one object") from None
    except (ValueError, RecursionError) as error:
        raise nonsense(f"{where} is not JSON{_place(error)}") from None
    if _depth(document) > DEEPEST:
        raise nonsense(f"{where}: more than {DEEPEST} objects within each other")
    return document


def _text(source: str, where: str) -> str:
    try:
        content = _bytes(source)
    except OSError as error:
        raise nonsense(f"{where} cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise nonsense(f"{where} is larger than {LARGEST // 1024 // 1024} MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise nonsense(f"{where} is not text in UTF-8") from None


def _bytes(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(source).open("rb") as file:
        return file.read(LARGEST + 1)


class _Twice(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _no_number(_name: str) -> None:
    raise ValueError


def _place(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f": something is wrong at line {error.lineno}, column {error.colno}"
    return ""


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level := [inner for one in level for inner in _within(one)]:
        depth += 1
    return depth


def _within(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
