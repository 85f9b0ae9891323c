"""The names that things go by: references of streams, and short ids within a case."""

from __future__ import annotations

import hashlib
from typing import Annotated

from pydantic import StringConstraints

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a reference survives being read out loud."""
_CHECKS = ALPHABET + "*~$=U"

StreamId = Annotated[
    str, StringConstraints(pattern=r"^(RJ|PR|PE|DP)-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z*~$=U]$")
]
CaseId = Annotated[
    str, StringConstraints(pattern=r"^RJ-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z*~$=U]$")
]
PractitionerId = Annotated[
    str, StringConstraints(pattern=r"^PR-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z*~$=U]$")
]
PersonId = Annotated[
    str, StringConstraints(pattern=r"^PE-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z*~$=U]$")
]
DossierId = Annotated[
    str, StringConstraints(pattern=r"^DP-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z*~$=U]$")
]
CommandId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9:._+-]{8,80}$")]

PartyId = Annotated[str, StringConstraints(pattern=r"^[VOSC][1-9][0-9]{0,2}$")]
"""V1: a harmed person; O1: a person responsible; S1: support; C1: the community."""
ThreadId = Annotated[str, StringConstraints(pattern=r"^V[1-9][0-9]{0,2}-O[1-9][0-9]{0,2}$")]
InterventionId = Annotated[str, StringConstraints(pattern=r"^I[1-9][0-9]{0,3}$")]
QuestionId = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]{0,3}$")]
LetterId = Annotated[str, StringConstraints(pattern=r"^L[1-9][0-9]{0,3}$")]
MessageId = Annotated[str, StringConstraints(pattern=r"^M[1-9][0-9]{0,3}$")]
TaskId = Annotated[str, StringConstraints(pattern=r"^T[1-9][0-9]{0,5}$")]
HearingId = Annotated[str, StringConstraints(pattern=r"^H[1-9][0-9]{0,3}$")]
ClockId = Annotated[str, StringConstraints(pattern=r"^K[1-9][0-9]{0,5}$")]
"""A clock of the service that was missed, by the entry that says so."""
OnwardId = Annotated[str, StringConstraints(pattern=r"^R[1-9][0-9]{0,3}$")]
ProposalId = Annotated[str, StringConstraints(pattern=r"^P[1-9][0-9]{0,3}$")]
SampleId = Annotated[
    str, StringConstraints(pattern=r"^SA-[0-9A-HJKMNP-TV-Z]{8}-[0-9A-HJKMNP-TV-Z*~$=U]$")
]
"""Which sample of cases, drawn to be audited."""
AppointmentId = Annotated[str, StringConstraints(pattern=r"^D[1-9][0-9]{0,3}$")]
PackId = Annotated[str, StringConstraints(pattern=r"^W[1-9][0-9]{0,3}$")]
"""A print pack, on whose first page it stands."""
RoomId = Annotated[str, StringConstraints(pattern=r"^ROOM-[A-Z0-9]{1,8}$")]
"""A room of the service: a code, too short for the address of anybody."""
FindingId = Annotated[str, StringConstraints(pattern=r"^F[1-9][0-9]{0,3}$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^A[1-9][0-9]{0,3}$")]

ConsultationId = Annotated[str, StringConstraints(pattern=r"^E[1-9][0-9]{0,3}$")]
"""A question of a case to a specialist."""
AbsenceId = Annotated[str, StringConstraints(pattern=r"^B[1-9][0-9]{0,4}$")]

NoticeId = Annotated[str, StringConstraints(pattern=r"^N[1-9][0-9]{0,5}-[1-9][0-9]{0,5}$")]
"""Who is to hear that a fact was wrong: by the correction, and by what told them."""

CASE_PREFIX, PRACTITIONER_PREFIX, PERSON_PREFIX, DOSSIER_PREFIX = "RJ", "PR", "PE", "DP"
PREFIXES = (CASE_PREFIX, PRACTITIONER_PREFIX, PERSON_PREFIX, DOSSIER_PREFIX)


def reference(prefix: str, command_id: str) -> str:
    """Return the reference that the stream opened by this command has, always the same one.

    `prefix` is RJ (a case), PR (a practitioner), PE (a person), DP (a dossier) or SA (a sample).
    The 40 bits are the first of the SHA-256 of the command id; the last character is Crockford's
    check symbol (modulo 37).
    """
    number = int.from_bytes(hashlib.sha256(command_id.encode()).digest()[:5], "big")
    body = "".join(ALPHABET[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{prefix}-{body}-{_CHECKS[number % 37]}"


def is_reference(text: str) -> bool:
    """Say whether the text is a well-formed reference, its check character included."""
    prefix, _, rest = text.partition("-")
    body, _, check = rest.partition("-")
    if prefix not in PREFIXES or len(body) != 8:  # noqa: PLR2004 - 8 is the format
        return False
    if any(c not in ALPHABET for c in body):
        return False
    number = 0
    for c in body:
        number = number * 32 + ALPHABET.index(c)
    return check == _CHECKS[number % 37]
