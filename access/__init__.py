"""The access database: who looked at what, what was not accepted, which draft a text became; and
where it is written down that what is known of one person in several cases was put together."""

from access.combination import Combination, combined
from access.drafts import Remembered, open_remembered
from access.keeping import Keeping, retire, seal_months
from access.log import AccessLog, make_tables, open_access
from access.look import Look, Outcome, codes, new_id
from access.refusals import NotAccepted, Refusals, open_refusals
from access.signing import name_of, notary_of, record_of
from access.spool import Spool
from access.writing import Access, NotWritten

__all__ = [
    "Access",
    "AccessLog",
    "Combination",
    "Keeping",
    "Look",
    "NotAccepted",
    "NotWritten",
    "Outcome",
    "Refusals",
    "Remembered",
    "Spool",
    "codes",
    "combined",
    "make_tables",
    "name_of",
    "new_id",
    "notary_of",
    "open_access",
    "open_refusals",
    "open_remembered",
    "record_of",
    "retire",
    "seal_months",
]
