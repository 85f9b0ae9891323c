"""Rules: predicates named as obligations, whose docstring is the sentence that people read."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from domain.contact_plan import ContactPlan
from domain.matrix import Matrix
from domain.message import Refusal

RULE_SET = "2026.1"
"""The version of the rules, recorded with every event; raised when any rule changes."""


def rule_set(matrix: Matrix, plan: ContactPlan) -> str:
    """Return what is recorded with every event: the version of the rules, and by which matrix of
    competence and which contact plan they were asked."""
    return f"{RULE_SET}+{matrix.digest}+{plan.code}"


Rule = Callable[..., bool]
"""Takes the state as it was, the command and the asking; returns whether the rule is kept."""


Missing = Callable[[Rule], tuple[str, ...]]
"""Takes a rule that is broken; returns what is missing, as codes, where it can be named."""


def unnamed(_rule: Rule) -> tuple[str, ...]:
    """Say nothing of what is missing."""
    return ()


def refusal(rule: Rule, about: tuple[str, ...] = ()) -> Refusal:
    """Return the rule as a refusal: its name is the code, its docstring the sentence."""
    return Refusal(code=rule.__name__, reason=inspect.cleandoc(rule.__doc__ or ""), about=about)


def broken(rules: tuple[Rule, ...], *given: Any, missing: Missing = unnamed) -> tuple[Refusal, ...]:
    """Return every rule of these that speaks against what is given, in their order."""
    return tuple(refusal(rule, missing(rule)) for rule in rules if not rule(*given))
