"""Numbers for publication: each with its definition, counted from the log, small cells hidden.

A definition is a row of a table, with an id and a version; the same log can be counted again under
another. One file for each family of numbers; `hiding` and `subtracting` see that no table, alone or
beside those that were published, tells of fewer than five.
"""

from reports.archive import Archive, Published, make_archive, open_archive
from reports.counting import Asked, Counted, Overtaken, Row, Tally, count
from reports.definition import Definition, Member, Population
from reports.given import Protected
from reports.matched import Matched, NoMatch, read_matched
from reports.months import Months, NoMonths
from reports.publishing import protect, publish, related
from reports.table import DEFINITIONS, FAMILIES, definition
from reports.told import Sources, Told, told_of

__all__ = [
    "DEFINITIONS",
    "FAMILIES",
    "Archive",
    "Asked",
    "Counted",
    "Definition",
    "Matched",
    "Member",
    "Months",
    "NoMatch",
    "NoMonths",
    "Overtaken",
    "Population",
    "Protected",
    "Published",
    "Row",
    "Sources",
    "Tally",
    "Told",
    "count",
    "definition",
    "make_archive",
    "open_archive",
    "protect",
    "publish",
    "read_matched",
    "related",
    "told_of",
]
