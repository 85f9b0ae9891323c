"""The access database: what was not accepted, and which draft each text of a command became; and
where it is written down that what is known of one person in several cases was put together."""

from access.combination import Combination, combined
from access.drafts import Remembered, open_remembered
from access.refusals import NotAccepted, Refusals, open_refusals

__all__ = [
    "Combination",
    "NotAccepted",
    "Refusals",
    "Remembered",
    "combined",
    "open_refusals",
    "open_remembered",
]
