"""The deployment's own file, as the tests read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)

VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?:(?P<how>:[-?])(?P<rest>[^}]*))?\}")


def filled_in(value: object, given: dict[str, str]) -> str:
    """Return a value as the engine fills it in: its default where nothing is given."""
    return VARIABLE.sub(
        lambda m: given.get(m["name"], m["rest"] if m["how"] == ":-" else ""), str(value)
    )


def environment_of(name: str) -> dict[str, str]:
    """Return a service's environment, every secret the same key of 32 zero bytes."""
    given = {m["name"]: "A" * 43 + "=" for m in VARIABLE.finditer(TEXT) if m["how"] != ":-"}
    values = SERVICES[name].get("environment", {})
    return {key: filled_in(value, given) for key, value in values.items()}
