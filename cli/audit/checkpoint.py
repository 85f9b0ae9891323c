"""`rj audit checkpoint`: the log reckoned from its first entry, and signed now."""

from __future__ import annotations

import base64

from audit.notary import Notary, NotKept, Refuses
from audit.places import places
from cli.audit.trusting import as_json, log_of, with_a_log
from cli.ending import Code, Ended, Failure, unavailable
from cli.options import Json
from cli.output import tell, tell_json
from keys import Keyring


def checkpoint(*, json: Json = False) -> int:
    """Sign a checkpoint of the log now, and write it to every configured place.

    Exit code 1, and an alarm beside the checkpoints, if the log is not what it was.
    """
    settings = with_a_log()
    kept = places(settings.checkpoint_folders, to_output=False)
    with log_of(settings) as log:
        notary = Notary(log, Keyring(settings.key_folder), settings.notary_name, kept)
        try:
            signed = notary.sign(anyway=True)
        except Refuses as refusal:
            notary.raise_alarm(refusal)
            why = (finding.sentence for finding in refusal.findings)
            sentences = ("the notary does not sign: the log is not what it was", *why)
            found = {"findings": as_json(refusal.findings)}
            raise Ended(Failure(Code.REFUSED, "altered", sentences, found)) from None
        except NotKept as error:
            raise unavailable(str(error)) from None
    if json:
        root = base64.b64encode(signed.root).decode() if signed else None
        tell_json({"outcome": "signed", "size": signed.size if signed else 0, "root": root})
    elif signed is None:
        tell("The log is empty: there is nothing to sign.")
    else:
        where = ", ".join(map(str, settings.checkpoint_folders))
        tell(f"{signed.size} entries signed; the checkpoint is in {where}.")
    return Code.DONE
