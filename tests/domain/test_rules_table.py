"""That the table of rules is whole, and that every rule is a sentence that somebody tried."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import domain.rules
from domain.asking import CaseCommand, PersonCommand
from domain.command import COMMANDS, Command
from domain.rule import refusal
from domain.rules.staff import the_actor_must_be_trained_for_this_act
from domain.rules.table import GUARDS
from domain.words import Act
from tests.texts import FORBIDDEN

if TYPE_CHECKING:
    from domain.rule import Rule


def rules() -> list[Rule]:
    """Return every function that is written as a rule: a case, a command and an asking."""
    found = []
    for module in pkgutil.iter_modules(domain.rules.__path__, "domain.rules."):
        for _, one in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            takes = list(inspect.signature(one).parameters)
            if one.__module__ == module.name and takes[1:] == ["command", "asking"]:
                found.append(one)
    return found


RULES = {rule.__name__: rule for rule in rules()}
PROTECTIVE = [c for c in COMMANDS.values() if c.protective]


def test_every_command_has_its_row_and_every_row_its_command() -> None:
    assert set(GUARDS) == set(COMMANDS.values())


def test_every_rule_is_used_and_every_rule_used_is_written_here() -> None:
    used = {rule for row in GUARDS.values() for rule in row}
    assert used == set(RULES.values())
    assert len(RULES) == len(rules())


def test_no_row_asks_a_rule_twice() -> None:
    assert [c.name() for c, row in GUARDS.items() if len(set(row)) < len(row)] == []


@pytest.mark.parametrize("command", PROTECTIVE, ids=lambda c: c.name())
def test_nothing_speaks_against_a_protective_act(command: type[Command]) -> None:
    assert GUARDS[command] == ()
    assert issubclass(command, CaseCommand | PersonCommand)
    assert command.act in (Act.PROTECT, Act.BY_THE_SERVICE)


def test_only_protective_acts_are_open_to_everybody() -> None:
    open_to_all = {c for c in COMMANDS.values() if getattr(c, "act", None) is Act.PROTECT}
    by_the_service = {c for c in PROTECTIVE if getattr(c, "act", None) is Act.BY_THE_SERVICE}
    assert open_to_all == set(PROTECTIVE) - by_the_service


def test_every_other_act_on_a_case_asks_for_training() -> None:
    untrained = [
        c.name()
        for c, row in GUARDS.items()
        if issubclass(c, CaseCommand)
        and not c.protective
        and the_actor_must_be_trained_for_this_act not in row
    ]
    assert untrained == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_a_sentence_that_people_can_read(rule: Rule) -> None:
    told = refusal(rule)
    assert told.code == rule.__name__
    assert told.reason[0].isupper()
    assert told.reason.endswith((".", '."'))
    assert "  " not in told.reason.replace("\n", " ")
    assert not FORBIDDEN.search(told.reason)


def told_in_tests() -> dict[str, set[str]]:
    """Return which rules the tests of this folder break, and which they keep, by name."""
    told: dict[str, set[str]] = {"breaks": set(), "keeps": set()}
    for file in Path(__file__).parent.glob("test_rules_*.py"):
        tree = ast.parse(file.read_text())
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            named = _rules_named(function)
            for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
                how = call.func.id if isinstance(call.func, ast.Name) else ""
                if how in told:
                    told[how] |= named
                elif how == "asks_to_end":
                    passes = next(k.value for k in call.keywords if k.arg == "passes")
                    assert isinstance(passes, ast.Constant)
                    told["keeps" if passes.value else "breaks"] |= named
    return told


def _rules_named(function: ast.FunctionDef) -> set[str]:
    attributes = (n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute))
    return {name for name in attributes if name in RULES}


@pytest.mark.parametrize("how", ["breaks", "keeps"])
def test_every_rule_is_kept_once_and_broken_once_by_a_test(how: str) -> None:
    of_the_register = {"nobody_changes_what_they_may_do_themselves"}
    assert set(RULES) - told_in_tests()[how] - of_the_register == set()
