"""What can go wrong with the vault, each a plain sentence without anybody's words in it."""

from __future__ import annotations

import trouble


class Unopened(Exception):
    """A text or file that cannot be handed over; the kinds below say why."""


class Erased(Unopened):
    """It was erased: its key is destroyed and its row deleted, on purpose and for good."""


class Restricted(Unopened):
    """It is there, and kept from use: the data-protection officer decided so."""


class NotThere(Unopened):
    """The vault knows nothing of it: a wrong reference, or a draft that was swept."""


class AlteredText(Unopened):
    """What lies there is not what was put: changed, moved or exchanged."""


class Unfit(ValueError):
    """A text, a file or details that the vault cannot take, and why."""


class Unavailable(trouble.Unavailable):
    """The vault cannot be used just now; what raises it may be asked again as it is."""
