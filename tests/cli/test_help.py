"""Help, commands and rules: generated, so that they are true; and told without loading the rest."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cli.fields import fields_of, is_model, model_fields
from cli.line import Grammar, read_line
from cli.meant import MEANT
from cli.practitioners import KEEPING
from cli.verbs import EVERYDAY, PROTECTIVE
from domain.command import COMMANDS, StreamKind
from domain.decide import decode
from domain.interventions import CATALOGUE
from domain.rule import refusal
from domain.rules.table import GUARDS
from tests.terminal import ROOT

if TYPE_CHECKING:
    from cli.line import Line
    from cli.verbs import Verb
    from domain.command import Command
    from tests.terminal import Terminal

SLOW = ("temporalio", "sqlalchemy", "eventsourcing", "vault", "client")


def loaded(*words: str) -> set[str]:
    """Return which slow packages a line loads."""
    script = (
        "import sys; from cli.__main__ import run; code = run(sys.argv[1:]); "
        f"print('loaded', code, *[m for m in {SLOW} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, *words],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    said, code, *found = done.stdout.splitlines()[-1].split()
    assert (said, code) == ("loaded", "0")
    return set(found)


@pytest.mark.parametrize("words", [["--help"], ["rules"], ["do", "new", "refer", "--help"]])
def test_what_only_explains_loads_neither_temporal_nor_a_database(words: list[str]) -> None:
    assert loaded(*words) == set()


def test_help_needs_no_domain_at_all(nowhere: Terminal) -> None:
    script = (
        "import sys; from cli.__main__ import run; run(['--help']); print('domain' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=nowhere.environment,
    )
    assert done.stdout.splitlines()[-1] == "False"
    for verb in (*PROTECTIVE, *EVERYDAY):
        assert f"  {verb.names[0]}: {verb.help}" in done.stdout


@pytest.mark.parametrize("verb", [*PROTECTIVE, *EVERYDAY], ids=lambda verb: verb.names[0])
def test_a_verb_explains_the_fields_of_its_command(
    verb: Verb, capsys: pytest.CaptureFixture[str]
) -> None:
    command = COMMANDS[verb.command]
    grammar = Grammar(f"rj {verb.names[0]}", command, verb.places, optional=verb.opens)
    assert read_line(grammar, ["--help"], never) == 0
    told = capsys.readouterr().out
    for field in fields_of(command):
        assert (field.name if field.personal else field.option) in told


@pytest.mark.parametrize("verb", [*PROTECTIVE, *EVERYDAY], ids=lambda verb: verb.names[0])
def test_the_example_of_a_verb_can_be_typed_and_has_all_that_is_needed(
    verb: Verb, capsys: pytest.CaptureFixture[str]
) -> None:
    command = COMMANDS[verb.command]
    grammar = Grammar(
        f"rj {verb.names[0]}", command, verb.places, optional=verb.opens, example=verb.example
    )
    assert read_line(grammar, ["--help"], never) == 0
    told = " ".join(capsys.readouterr().out.split())
    about = [] if verb.opens else ["RJ-4T9Y2K7P-X"]
    typed = [*about, *verb.example.split()]
    assert not verb.example or " ".join(["rj", verb.names[0], *typed]) in told
    read: list[Line] = []
    assert read_line(grammar, typed, lambda line: bool(read.append(line))) == 0
    needed = {f.name for f in fields_of(command) if f.required and not f.personal}
    assert needed <= read[0].options.keys()
    if not any(f.required and f.personal for f in fields_of(command)):
        decode(command.name(), read[0].options)


@pytest.mark.parametrize("verb", [*PROTECTIVE, *EVERYDAY], ids=lambda verb: verb.names[0])
def test_every_field_of_a_verb_says_what_it_means(verb: Verb) -> None:
    fields = fields_of(COMMANDS[verb.command])
    assert [f.name for f in fields if not (f.help or f.personal or f.name in MEANT)] == []


def test_nothing_is_explained_that_no_command_asks_for() -> None:
    asked = {f.name for c in COMMANDS.values() for f in fields_of(c) if not f.help}
    assert set(MEANT) - asked == set()


def never(line: Line) -> int:
    raise AssertionError(f"help sends nothing, and not {line.command}")


@pytest.mark.parametrize("verb", PROTECTIVE, ids=lambda verb: verb.names[0])
def test_a_protective_verb_takes_the_case_and_the_person_and_needs_nothing_else(verb: Verb) -> None:
    command = COMMANDS[verb.command]
    assert command.protective
    assert len(verb.places) == 1
    assert [f.name for f in fields_of(command) if f.required] == [*verb.places]


def test_nothing_is_quicker_to_type_than_what_protects() -> None:
    """Words to type at least: the verb, the case, and every field that is needed."""

    def words(verb: Verb) -> int:
        needed = [f for f in fields_of(COMMANDS[verb.command]) if f.required]
        return 2 + sum(1 if f.name in verb.places else 2 for f in needed)

    others = [verb for verb in EVERYDAY if not verb.opens and words(verb) > 2]
    assert max(map(words, PROTECTIVE)) == 3
    assert min(map(words, others)) >= 3


def test_every_command_of_the_register_has_a_verb() -> None:
    register = {n for n, c in COMMANDS.items() if c.stream is StreamKind.PRACTITIONER}
    assert {name for name, _ in KEEPING.values()} == register


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name())
def test_no_two_fields_are_typed_alike(command: type[Command]) -> None:
    ours = ["--from", "--as", "--command-id", "--json", "--help", "--at"]
    options = [field.option for field in fields_of(command)]
    assert len(set(options)) == len(options)
    # `--at` is short for --effective-at, and gives way to a field of that name.
    assert set(options) & set(ours) <= {"--at"}


def test_commands_lists_every_command_with_its_schema(nowhere: Terminal) -> None:
    told = nowhere.rj("commands", "--json")
    assert told.code == 0
    assert set(told.json) == set(COMMANDS)
    for name, described in told.json.items():
        command = COMMANDS[name]
        assert described["protective"] == command.protective
        assert described["rules"] == [rule.__name__ for rule in GUARDS[command]]
        assert set(described["schema"]["properties"]) == set(command.model_fields)
        assert "TextRef" not in described["schema"].get("$defs", {})
        marked_as_personal(command, described["schema"])


def marked_as_personal(command: type[Command], schema: dict[str, Any]) -> None:
    assert {n for n, s in schema["properties"].items() if s.get("personal")} == {
        field.name for field in fields_of(command) if field.personal
    }
    for field in fields_of(command):
        if is_model(field.shape.kind):
            inner = schema["$defs"][field.shape.kind.__name__]["properties"]
            assert {n for n, s in inner.items() if s.get("personal")} == {
                f.name for f in model_fields(field.shape.kind) if f.personal
            }


def test_rules_lists_every_rule_with_its_sentence(nowhere: Terminal) -> None:
    told = nowhere.rj("rules", "--json").json["rules"]
    rules = {rule.__name__: rule for guards in GUARDS.values() for rule in guards}
    assert {rule["code"] for rule in told} == set(rules)
    for rule in told:
        assert rule["reason"].split() == refusal(rules[rule["code"]]).reason.split()
        guarded = [c.name() for c, guards in GUARDS.items() if rules[rule["code"]] in guards]
        assert rule["guards"] == sorted(guarded)


def test_rules_lists_the_forms_and_which_are_offered_here(nowhere: Terminal) -> None:
    everywhere = {str(kind) for kind, row in CATALOGUE.items() if row.everywhere}
    assert {*nowhere.rj("rules", "--json").json["forms"]} == everywhere
    here = replace(nowhere, more={"RJ_FORMS": '["CIRCLE"]'})
    assert {*here.rj("rules", "--json").json["forms"]} == everywhere | {"CIRCLE"}
    lines = here.rj("rules").out.splitlines()
    (circle,) = [line for line in lines if line.startswith("CIRCLE ")]
    assert "as face-to-face meeting" in circle
    assert circle.rstrip().endswith("yes")
    (community,) = [line for line in lines if line.startswith("COMMUNITY_CONFERENCE ")]
    assert community.rstrip().endswith("no (RJ_FORMS)")


def test_rules_shows_the_contact_plan_in_force(nowhere: Terminal) -> None:
    told = nowhere.rj("rules", "--json").json
    assert told["contact_plan"]["attempts"] == 3
    assert told["rule_set"].endswith("+3.2.5.3.365")
    shown = " ".join(nowhere.rj("rules").out.split())
    assert "3 attempts in all, 5 working days apart, by 2 ways at least" in shown


def test_a_rule_that_does_not_exist_is_nonsense_with_a_near_one_named(nowhere: Terminal) -> None:
    told = nowhere.rj("rules", "no_legal_bar_may_stnd")
    assert told.code == 2
    assert "no_legal_bar_may_stand" in told.err
