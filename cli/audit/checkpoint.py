"""`rj audit checkpoint`: the log reckoned from its first entry, and signed now."""

from __future__ import annotations

import base64
from contextlib import closing
from typing import TYPE_CHECKING

from access import notary_of, open_access
from audit.notary import Notary, NotKept, Refuses
from audit.places import places
from cli.audit.trusting import as_json, log_of, with_a_log
from cli.ending import Code, Ended, Failure, unavailable
from cli.options import Json
from cli.output import tell, tell_json
from keys import KeyKind, Keyring

if TYPE_CHECKING:
    from audit.checkpoint import Checkpoint
    from settings import Settings


def checkpoint(*, json: Json = False) -> int:
    """Sign a checkpoint of the log now, and one of the access log; write both to every place.

    Exit code 1, and an alarm beside the checkpoints, if the log is not what it was.
    """
    settings = with_a_log()
    keyring, folders = Keyring(settings.key_folder), settings.checkpoint_folders
    with log_of(settings) as log:
        kept = places(folders, to_output=False)
        signed = _signed(Notary(log, keyring, settings.notary_name, kept), "the log")
    found = {"log": signed}
    if settings.has_looks:
        found["access log"] = _looks_signed(settings, keyring)
    if json:
        beside = {"access": _said(found["access log"])} if "access log" in found else {}
        tell_json({"outcome": "signed", **_said(signed), **beside})
        return Code.DONE
    where = ", ".join(map(str, folders))
    for what, one in found.items():
        if one is None:
            tell(f"The {what} is empty: there is nothing to sign.")
        else:
            tell(f"{one.size} entries of the {what} signed; the checkpoint is in {where}.")
    return Code.DONE


def _looks_signed(settings: Settings, keyring: Keyring) -> Checkpoint | None:
    seals, url = keyring.verifier(KeyKind.SEAL), settings.database("access")
    with closing(open_access(url, None, seals, create=False)) as looks:
        folders, name = settings.checkpoint_folders, settings.notary_name
        notary = notary_of(looks, keyring, name, folders, to_output=False)
        return _signed(notary, "the access log")


def _signed(notary: Notary, what: str) -> Checkpoint | None:
    try:
        return notary.sign(anyway=True)
    except Refuses as refusal:
        notary.raise_alarm(refusal)
        why = (finding.sentence for finding in refusal.findings)
        sentences = (f"the notary does not sign: {what} is not what it was", *why)
        found = {"findings": as_json(refusal.findings)}
        raise Ended(Failure(Code.REFUSED, "altered", sentences, found)) from None
    except NotKept as error:
        raise unavailable(str(error)) from None


def _said(signed: Checkpoint | None) -> dict[str, object]:
    root = base64.b64encode(signed.root).decode() if signed else None
    return {"size": signed.size if signed else 0, "root": root}
