"""`rj rules`: every rule with its sentence, and the tables of acts and of forms in force."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

import domain.decide  # noqa: F401 - loads every command
from cli import acts, contact_plan, forms
from cli.ending import Code, nonsense
from cli.mistyped import close_to
from cli.options import Json
from cli.output import heading, table, tell, tell_json
from domain.rule import rule_set
from domain.rules.table import GUARDS
from settings import Mistyped, from_environment

if TYPE_CHECKING:
    from domain.rule import Rule
    from settings import Settings

CodeOf = Annotated[str | None, Parameter(name="CODE", help="one rule, by its code")]


def rules(code: CodeOf = None, /, *, json: Json = False) -> int:
    """List every rule, who may do which act, which forms are offered and the contact plan, or
    explain one rule and what it guards."""
    settings = _settings()
    matrix, plan = settings.competence, settings.limits.contact_plan
    known = _rules()
    if code is not None:
        name = code.lower().replace("-", "_")
        if name not in known:
            raise nonsense(f"there is no such rule{close_to(name, known)}")
        known = {name: known[name]}
    if json:
        found = [_described(rule) for rule in known.values()]
        told = {"digest": matrix.digest, **matrix.model_dump(mode="json")}
        tell_json(
            {
                "rule_set": rule_set(matrix, plan),
                "rules": found,
                "matrix": told,
                "forms": forms.offered_here(settings.forms),
                "contact_plan": plan.model_dump(mode="json"),
            }
        )
    elif code is not None:
        for rule in known.values():
            tell(f"{rule.__name__}: {_sentence(rule)}")
            tell(f"It guards {', '.join(_guarded(rule))}.")
    else:
        table(("rule", "what people read"), [(n, _sentence(r)) for n, r in known.items()])
        heading(f"Who may do what, under {rule_set(matrix, plan)}")
        table(acts.COLUMNS, [*acts.rows(matrix)])
        heading("Forms, and which of them are offered here")
        table(forms.COLUMNS, [*forms.rows(settings.forms)])
        heading("The contact plan in force")
        tell(f"Without an answer: {contact_plan.whole(plan)}.")
    return Code.DONE


def _settings() -> Settings:
    try:
        return from_environment()
    except Mistyped as error:
        raise nonsense(*error.sentences) from None


def _rules() -> dict[str, Rule]:
    found = {rule.__name__: rule for guards in GUARDS.values() for rule in guards}
    return dict(sorted(found.items()))


def _guarded(rule: Rule) -> list[str]:
    return sorted(command.name() for command, guards in GUARDS.items() if rule in guards)


def _described(rule: Rule) -> dict[str, object]:
    return {"code": rule.__name__, "reason": _sentence(rule), "guards": _guarded(rule)}


def _sentence(rule: Rule) -> str:
    return " ".join(inspect.cleandoc(rule.__doc__ or "").split())
