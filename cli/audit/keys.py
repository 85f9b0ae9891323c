"""`rj audit keys`: the public keys, to be handed to whoever is to check the record."""

from __future__ import annotations

from audit.verify.trust import seal_key_line
from cli.audit.trusting import notary_keys, of_the_looks, with_a_log
from cli.ending import Code
from cli.options import Json
from cli.output import tell, tell_json
from keys import KeyKind, Keyring


def keys(*, json: Json = False) -> int:
    """Show the public keys: of the notary, which signs checkpoints of the log and, by another name,
    of the access log; and of the seals.

    A key a line, as the verifier reads them. Hand them over apart from the exports.
    """
    settings = with_a_log()
    seals = Keyring(settings.key_folder).verifier(KeyKind.SEAL).keys.values()
    signing = notary_keys(settings)
    notary = [str(key) for key in (*signing, *of_the_looks(signing))]
    sealing = [seal_key_line(key.public_bytes_raw()) for key in seals]
    if json:
        tell_json({"notary": notary, "seals": sealing})
    else:
        for line in (*notary, *sealing):
            tell(line)
    return Code.DONE
