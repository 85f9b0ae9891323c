"""What stands on a printed consent form, whatever is agreed to, as codes."""

from __future__ import annotations

from enum import StrEnum


class ConsentForm(StrEnum):
    """The parts of the form, in the order in which they are read."""

    FORM_TITLE = "FORM_TITLE"
    FORM_TOLD = "FORM_TOLD"
    FORM_AGREE = "FORM_AGREE"
    FORM_STOP = "FORM_STOP"
    FORM_COPY = "FORM_COPY"
    FORM_SIGN = "FORM_SIGN"
    FORM_ADULT = "FORM_ADULT"
    FORM_WITNESS = "FORM_WITNESS"
    FORM_DAY = "FORM_DAY"
