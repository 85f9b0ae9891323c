"""Rules about erasing the words of a closed entry of the data-protection register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.retention import kept_until
from domain.words import ErasureGround

if TYPE_CHECKING:
    from domain.asking import Asking
    from domain.commands.kept_dossiers import DecideDossierErasure
    from domain.dossier import Dossier

BEFORE_ITS_TIME = frozenset(
    {ErasureGround.NOT_LAWFUL, ErasureGround.LEGAL_DUTY, ErasureGround.OBJECTION_UPHELD}
)
"""The grounds that wait for no time (UK GDPR art. 17(1)(c)-(e); DPA 2018 s.47(1))."""


def the_register_proves_for_its_time_what_was_done(
    dossier: Dossier, command: DecideDossierErasure, asking: Asking
) -> bool:
    """What was asked, decided and answered is kept until its time is over, as proof that it was (rj
    rights show says until when). Before that it is erased only if it was not lawful to have it, if
    the law has it erased or if somebody rightly objected, and by an officer who entered nothing in
    it."""
    until = kept_until(dossier, asking.retention)
    if until is not None and asking.on >= until:
        return True
    entered = {entry.envelope.actor.id for entry in asking.history}
    return command.ground in BEFORE_ITS_TIME and asking.actor.id not in entered
