"""`rj rights erase`, `restrict` and `lift`: one person in all their cases: shown first, then done
as it was shown."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from cli.ending import Code, nonsense
from cli.installed import door_to
from cli.looking import looking, of_what_may_not_be
from cli.moments import NoMoment, day, shown_day
from cli.options import ActsAs, Json
from cli.output import note, table, tell, tell_json
from cli.references import reference
from cli.rights.show import Ref
from cli.state import as_json as in_json
from cli.wording import words_of
from client.dossiers import read_dossier
from client.everywhere import Lifting, plan
from domain.ids import CASE_PREFIX, DOSSIER_PREFIX
from domain.order import left_to_do
from domain.words import Authority, ErasureGround, RestrictionGround, WordsStay

if TYPE_CHECKING:
    from cli.looking import Look
    from client.dossiers import Kept
    from client.everywhere import Here, Plan
    from domain.dossier import Subject

Shown = Annotated[
    str | None,
    Parameter(
        name="--as-shown",
        metavar="CODE",
        help="do it, as it was shown: the code that stands below what would be done",
        negative="",
    ),
]
LeaveOut = Annotated[
    tuple[str, ...],
    Parameter(
        name="--leave-out",
        metavar="CASE",
        help="a case in which nothing is done: it is decided there by itself",
        negative="",
        negative_iterable="",
    ),
]
Ground = Annotated[
    ErasureGround | None, Parameter(name="--ground", help="on which ground they are erased")
]
Suppress = Annotated[
    bool,
    Parameter(
        name="--suppress",
        help="have the matcher go on knowing, by yes or no, that they asked not to be contacted",
        negative="",
        show_default=False,
    ),
]
ToldOfIt = Annotated[
    bool,
    Parameter(
        name="--told-of-it",
        help="they were told that this is kept of them",
        negative="",
        show_default=False,
    ),
]
Why = Annotated[
    RestrictionGround | None, Parameter(name="--ground", help="why they are kept and not used")
]
AtWord = Annotated[Authority | None, Parameter(name="--authority", help="at whose word")]
ReviewOn = Annotated[
    str | None,
    Parameter(name="--review-on", metavar="DAY", help="when it is looked at again, within a year"),
]
Which = Annotated[
    RestrictionGround | None,
    Parameter(name="--ground", help="on which ground what is lifted is kept and not used"),
]
AtWhoseWord = Annotated[
    Authority | None, Parameter(name="--authority", help="at whose word what is lifted is")
]
ToldBefore = Annotated[
    bool,
    Parameter(
        name="--told-of-it",
        help="they were told beforehand that it is lifted",
        negative="",
        show_default=False,
    ),
]
_COLUMNS = ("case", "as", "texts", "files", "others' texts", "ends", "")
_KEPT_COLUMNS = ("case", "as", "kept and not used", "at whose word", "looked at again", "")
_OF_REGISTER = ("entry", "texts", "files", "stays", "until")
_NEVER = (
    "Entries of the record stay: they hold ids and codes. What others wrote that may be about them "
    "stays until it is redacted or kept, text by text (rj waiting). What the data-protection "
    "register has of them stays, under keys of its own: it proves what was asked and done."
)


def erase(
    dossier: Ref,
    /,
    *,
    ground: Ground = None,
    suppress: Suppress = False,
    told_of_it: ToldOfIt = False,
    leave_out: LeaveOut = (),
    as_shown: Shown = None,
    as_: ActsAs = None,
    json: Json = False,
) -> int:
    """Erase whoever a request is about in all their cases: shows what would be erased where, what
    stays and why; with --as-shown it is done, for good.

    Needs a decision that grants it, and that somebody else put the request on record. If it is
    broken off, the worker finishes it; the same again shows how far it is. For the data-protection
    officer; each look is written down.
    """
    given = {"ground": ground, "suppress": suppress, "told_of_it": told_of_it}
    wish = _Wish("erase_everywhere", given, leave_out, as_shown, needed=("ground",))
    return _everywhere(dossier, wish, as_, as_json=json)


def restrict(
    dossier: Ref,
    /,
    *,
    ground: Why = None,
    authority: AtWord = None,
    review_on: ReviewOn = None,
    leave_out: LeaveOut = (),
    as_shown: Shown = None,
    as_: ActsAs = None,
    json: Json = False,
) -> int:
    """Keep the data of whoever a request is about without use, in all their cases: shows where;
    with --as-shown it is done.

    Needs a decision that grants it, or one to restrict instead. If it is broken off, the worker
    finishes it. For the data-protection officer; each look is written down.
    """
    given = {"ground": ground, "authority": authority, "review_on": _day(review_on)}
    wish = _Wish("restrict_everywhere", given, leave_out, as_shown, needed=tuple(given))
    return _everywhere(dossier, wish, as_, as_json=json)


def lift(
    dossier: Ref,
    /,
    *,
    ground: Which = None,
    authority: AtWhoseWord = None,
    told_of_it: ToldBefore = False,
    leave_out: LeaveOut = (),
    as_shown: Shown = None,
    as_: ActsAs = None,
    json: Json = False,
) -> int:
    """Have the data of whoever a request is about used again in all their cases: shows what keeps
    them from use where; with a ground and at whose word, what of that would be lifted; with
    --as-shown it is done.

    What is restricted for another reason stays so. Needs a decision that grants it, and that
    somebody else put it on record: rj rights request lifting-of-restriction (with --capacity
    service-itself where nobody asks). If it is broken off, the worker finishes it. For the
    data-protection officer; each look is written down.
    """
    given = {"ground": ground, "authority": authority, "told_of_it": told_of_it}
    needed = ("ground", "authority")
    which = Lifting(ground, authority)
    wish = _Wish("lift_everywhere", given, leave_out, as_shown, needed=needed, lifting=which)
    return _everywhere(dossier, wish, as_, as_json=json)


@dataclass(frozen=True, slots=True)
class _Wish:
    command: str
    given: dict[str, Any]
    leave_out: tuple[str, ...]
    as_shown: str | None
    needed: tuple[str, ...]
    lifting: Lifting | None = None

    @property
    def missing(self) -> list[str]:
        """The options without which it is not done."""
        return [f"--{n.replace('_', '-')}" for n in self.needed if self.given[n] is None]

    @property
    def is_told_what(self) -> bool:
        """Whether it says enough for what is shown to be what is done."""
        return self.lifting is None or not self.missing


def _day(typed: str | None) -> str | None:
    try:
        return None if typed is None else day(typed).isoformat()
    except NoMoment as error:
        raise nonsense(f"--review-on: {error}") from None


def _everywhere(typed: str, wish: _Wish, as_: str | None, *, as_json: bool) -> int:
    about = reference(typed, DOSSIER_PREFIX)
    left_out = [reference(one, CASE_PREFIX) for one in wish.leave_out]
    with looking(as_) as look, of_what_may_not_be("such entry of the register"):
        retention = look.settings.limits.retention
        found = plan(
            look.reading, look.actor, about, retention, left_out=left_out, lifting=wish.lifting
        )
        if wish.as_shown is None:
            return _tell(found, wish, as_json=as_json)
        _see_that_it_is(found, wish)
        left = _done(look, found, wish)
    done = [one for one in found.where if one.subject not in left]
    if as_json:
        there = [_name(one.subject) for one in done]
        tell_json({**_described(found), "code": found.code, "done": there})
    else:
        tell(f"{about}: done in {len(done)} of {len(found.where)} cases.")
    for one in left:
        note(f"rj: {one.case}: not done yet; the worker finishes it, and rj erased tells if not")
    return Code.REFUSED if left else Code.DONE


def _see_that_it_is(found: Plan, wish: _Wish) -> None:
    if wish.missing:
        raise nonsense(f"{', '.join(wish.missing)}: needed to do it")
    if not found.where:
        raise nonsense("there is no case in which anything would be done")
    if wish.as_shown != found.code:
        raise nonsense("--as-shown: it is not any more as it was shown; look again, without it")


def _done(look: Look, found: Plan, wish: _Wish) -> tuple[Subject, ...]:
    """Have it ordered, and done in each case; return where it is not done yet."""
    stays = [
        {**_name(one.subject), "why": one.stays} for one in found.places if one.stays is not None
    ]
    about = [_name(one.subject) for one in found.where]
    given = {**wish.given, "about": about, "stays": stays}
    asyncio.run(_send(look, found.dossier.id, wish.command, given))
    return left_to_do(read_dossier(look.reading, look.actor, found.dossier.id).dossier)


async def _send(look: Look, dossier: str, command: str, given: dict[str, Any]) -> None:
    async with door_to(look.settings) as door:
        await door.do(look.actor.id, look.actor.identified, command, given, stream=dossier)


def _tell(found: Plan, wish: _Wish, *, as_json: bool) -> int:
    if as_json:
        tell_json({**_described(found), "code": found.code if wish.is_told_what else None})
        return Code.DONE
    if not found.places:
        tell("It is not on record whom it is about: rj rights about DOSSIER CASE=PARTY.")
        return Code.DONE
    if wish.lifting is None:
        table(_COLUMNS, [_row(one) for one in found.places])
        tell(_NEVER)
        table(_OF_REGISTER, [_of_register(one) for one in found.register.kept])
    else:
        table(_KEPT_COLUMNS, [_row_of_kept(one) for one in found.places])
    for why, entries in (
        ("Cannot be read, so that it may be about them", found.register.unread),
        ("Names nobody, so that it may be about them (rj rights search)", found.register.unnamed),
    ):
        if entries:
            tell(f"{why}: {', '.join(entries)}.")
    for one in left_to_do(found.dossier):
        tell(f"Ordered and not done yet: {one.case} {one.party}.")
    if not wish.is_told_what:
        tell(f"Which of them is lifted is still to be said: {', '.join(wish.missing)}.")
    elif found.where:
        tell(f"To do it in these {len(found.where)} cases, as it is shown: --as-shown {found.code}")
    return Code.DONE


def _row(one: Here) -> tuple[str, ...]:
    held = one.held
    return (
        one.subject.case,
        one.subject.party,
        str(held.texts),
        str(held.files),
        str(len(one.mentions)),
        ", ".join(one.pairs) or "—",
        _stays(one),
    )


def _row_of_kept(one: Here) -> tuple[str, ...]:
    kept, subject = one.restriction, one.subject
    if kept is None:
        return subject.case, subject.party, "—", "—", "—", _stays(one)
    why = (words_of(kept.ground), words_of(kept.authority), f"{kept.review_on:%Y-%m-%d}")
    return subject.case, subject.party, *why, _stays(one)


def _stays(one: Here) -> str:
    return f"stays: {words_of(one.stays)}" if one.stays else ""


def _of_register(one: Kept) -> tuple[str, ...]:
    over = one.why is WordsStay.TIME_IS_OVER
    how = f" (rj rights erase-words {one.dossier})" if over else ""
    texts, files = str(one.held.texts), str(one.held.files)
    return one.dossier, texts, files, f"{words_of(one.why)}{how}", shown_day(one.until)


def _described(found: Plan) -> dict[str, Any]:
    return {
        "dossier": found.dossier.id,
        "places": [
            {
                **_name(one.subject),
                "texts": one.held.texts,
                "files": one.held.files,
                "texts_of_others": list(one.mentions),
                "pairs": list(one.pairs),
                "restriction": in_json(one.restriction),
                "stays": one.stays,
            }
            for one in found.places
        ],
        "register": [
            {
                "dossier": one.dossier,
                "texts": one.held.texts,
                "files": one.held.files,
                "stays": one.why,
                "kept_until": in_json(one.until),
            }
            for one in found.register.kept
        ],
        "register_unread": list(found.register.unread),
        "register_unnamed": list(found.register.unnamed),
        "left": [_name(one) for one in left_to_do(found.dossier)],
    }


def _name(subject: Subject) -> dict[str, str]:
    return {"case": subject.case, "party": subject.party}
