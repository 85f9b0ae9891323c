"""What people's data are used for, and on which basis: told to them, and to whoever answers for it.

Which of the two laws applies to a case is its regime (`domain/handling.py`). Taking part is never
the basis: agreeing to restorative justice and having one's data handled are two things.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose, as people read it, and its basis under either law."""

    name: str
    sentence: str
    under_gdpr: str
    """Articles of the UK GDPR and conditions of Schedule 1 to the Data Protection Act 2018."""
    under_part3: str
    """Sections of Part 3 of that Act and conditions of its Schedule 8."""


PURPOSES = (
    Purpose(
        "offering",
        "to offer restorative justice to people affected by an offence, and to prepare, hold and"
        " follow up what they choose",
        "Article 6(1)(e); Article 9(2)(g) with Schedule 1 paragraph 6; Article 10 with the same",
        "section 35(2)(b); section 35(5) with Schedule 8 paragraph 1",
    ),
    Purpose(
        "safety",
        "to keep people safe: what somebody may be asked, how they are reached, what the risk"
        " allows, and whom a danger is passed on to",
        "Article 6(1)(e) and 6(1)(d); Article 9(2)(g) with Schedule 1 paragraphs 10 and 18",
        "section 35(2)(b); section 35(5) with Schedule 8 paragraphs 3 and 4",
    ),
    Purpose(
        "return",
        "to know somebody who comes back, and not to contact somebody who asked for that",
        "Article 6(1)(e)",
        "section 35(2)(b)",
    ),
    Purpose(
        "answering",
        "to answer for what was done: complaints, audits, and what people ask about their data",
        "Article 6(1)(c) and 6(1)(e); Article 9(2)(f) and 9(2)(g)",
        "section 35(2)(b); section 35(5) with Schedule 8 paragraphs 1 and 6",
    ),
    Purpose(
        "numbers",
        "to publish numbers that name nobody",
        "Article 6(1)(e); Article 9(2)(j) with Schedule 1 paragraph 4",
        "section 35(2)(b); section 35(5) with Schedule 8 paragraph 9",
    ),
)
"""Every purpose there is. Whoever runs the service settles them with their adviser."""
