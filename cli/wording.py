"""The words that staff read for the codes of the record. Programs get the codes themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.stage import STAGES
from domain.words import Category, CjStage, Responsibility

if TYPE_CHECKING:
    from domain.case import Case
    from domain.party import Party

_WORDS = {
    "DECLINED_NO_FURTHER_CONTACT": "asked not to be contacted",
    "DECLINED_THIS_OFFER": "declined this offer; the door is open",
    "VICTIM_DECLINED_DOOR_OPEN": "the victim declined; the door is open",
    "VICTIM_NO_FURTHER_CONTACT": "the victim asked not to be contacted",
    "VICTIM_NOT_CONTACTABLE": "we could not reach the victim",
    "OFFENDER_NOT_TRACED": "we could not find the person responsible",
    "UNSUITABLE_RISK": "not safe to go ahead for now",
    "REFUSED": "does not want later offers",
    "CONSIDERING": "needs time",
    "DEFERRED": "not now",
    "NOT_YET_OFFERED": "not offered yet",
    "RELEASED_BY_VICTIM": "no longer asked for",
    "LAPSED": "ended without being done",
    "SUITABLE_ADULT": "parent, guardian or other suitable adult",
    "CHILD_OFFENDER": "child (responsible)",
    "OFFENDER": "offender",
    "NOT_ANSWERED": "asked and not answered",
    "IDVA_ISVA": "IDVA or ISVA",
    "NOT_ACCEPTED": "not taken on",
    "NO_SEND_LETTER": "a letter that is not sent",
    "IDVA": "independent domestic violence adviser",
    "ISVA": "independent sexual violence adviser",
    "VLO": "victim liaison officer",
    "PCSO": "PCSO",
    "WITNESS_OR_OTHER": "other party",
    "FACE_TO_FACE": "face-to-face",
}
"""Where the code in small letters would not be what staff say."""


def words_of(code: str | None) -> str:
    """Return what staff read for a code; a dash for none."""
    if code is None or code == "":
        return "—"
    return _WORDS.get(code) or code.lower().replace("_", " ")


def missing_words(code: str) -> str:
    """Return what staff read for what is missing of somebody: a scope, a consent, a yes to a
    guest."""
    if code == "CONSENT":
        return "a written consent that stands"
    is_guest = code[:1] in "VOSC" and code[1:].isdigit()
    return f"a yes to {code} by name" if is_guest else f"a consent to {words_of(code)}"


def stage_words(code: str) -> str:
    """Return what staff read for the stage of a case."""
    return STAGES.get(code, words_of(code))


def role_words(case: Case, party: Party) -> str:
    """Return what staff call a person in this case.

    Somebody held responsible is called by their data-subject category (a suspect) until they
    accept responsibility or are convicted, and again after no further action or an acquittal.
    """
    if not party.is_offender:
        return words_of(party.role)
    if party.stage is CjStage.NFA_OR_ACQUITTED:
        return words_of(party.category)
    convicted = party.category is Category.CONVICTED
    accepts = any(
        thread.current.responsibility is Responsibility.ACCEPTS_RESPONSIBILITY
        for thread in case.threads_of(party.id)
    )
    return words_of(party.role if convicted or accepts else party.category)
