"""The door's proofs: a signature that binds one command to who asked for it, and where."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.command import digest
from domain.message import Message, Proof

if TYPE_CHECKING:
    from keys import Signer, Verifier

UNVERIFIED = "unverified"
"""How an actor was known whom nothing but a name vouches for."""
OPERATOR = "operator"
"""How the first administrator's entry is vouched for: by whoever runs the service and has its
keys, before there is anybody whom a sign-in could know."""
_FORM = "rj-door-1"
"""Signed along, so that no signature made for anything else can be passed off as a proof."""


def signed(
    message: Message, *, actor: str, identified: str, origin: str, at: datetime, signer: Signer
) -> Message:
    """Return the message with the door's proof: that this actor asked for just this, here.

    `identified` says how the actor was known, `at` when the command was let in (UTC).
    """
    proof = Proof(actor=actor, identified=identified, origin=origin, issued_at=at, key=signer.id)
    signature = signer.sign(_bytes(message, proof))
    return message.model_copy(update={"proof": proof.model_copy(update={"signature": signature})})


def holds(message: Message, verifier: Verifier) -> bool:
    """Say whether a door with one of our keys let in just this command."""
    proof = message.proof
    if proof is None:
        return False
    return verifier.verify(proof.key, proof.signature, _bytes(message, proof))


def _bytes(message: Message, proof: Proof) -> bytes:
    # An explicit list, so that a field added later does not break the proofs of waiting commands.
    return json.dumps(
        [
            _FORM,
            message.id,
            message.stream,
            message.name,
            digest(message.name, message.body),
            proof.actor,
            proof.identified,
            proof.origin,
            proof.issued_at.astimezone(UTC).isoformat(),
            proof.key,
        ],
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode()
