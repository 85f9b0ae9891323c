"""The access database: what was not accepted, and which draft each text of a command became."""

from access.drafts import Remembered, open_remembered
from access.refusals import NotAccepted, Refusals, open_refusals

__all__ = ["NotAccepted", "Refusals", "Remembered", "open_refusals", "open_remembered"]
