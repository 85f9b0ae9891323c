"""What `rj audit export` does once it is certain what is wished: reads, pseudonymises, writes."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from access import codes
from audit.exporting import export as write_record
from audit.record import OneStream, Record
from audit.verify.export import WHOLE_LOG
from cli.audit.closing import closing_of
from cli.ending import nonsense
from cli.looking import of_every_case, of_what_may_not_be
from cli.progress import progress
from client import Denied
from client.reading import What
from client.whole_record import whole_record
from domain.permissions import View
from domain.words import Operation
from exports import (
    FORMATS,
    PURPOSES,
    BadKey,
    Head,
    Pseudonyms,
    References,
    Terms,
    courses,
    export,
    key_in,
    new_key_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from cli.looking import Look
    from domain.record import Entry
    from exports import Names

VERIFIER = "verifier"
"""The format that is for no other tool: every recorded byte as it stands."""
_NO_FOLDER = frozenset({errno.ENOENT, errno.ENOTDIR})
_NO_FILE = frozenset({errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported, in which form, and what for."""

    file: Path
    form: str
    purpose: str
    case: str | None = None
    key_file: Path | None = None
    references: bool = False
    by_day: bool = False
    recipient: str | None = None
    """Who is given it, as a code: then it is a disclosure."""

    @property
    def what(self) -> What:
        """The reading that it takes, as the access log has it."""
        form = {"format": self.form}
        if self.form != VERIFIER:
            form["names"] = self._names
        what = What(View.HISTORY, self.case, codes(form), medium="EXPORT")
        if self.recipient is None:
            return what
        return replace(what, operation=Operation.DISCLOSURE, recipients=(self.recipient,))

    @property
    def _names(self) -> str:
        if self.references:
            return "references"
        return "joinable_pseudonyms" if self.key_file else "pseudonyms"


def written(look: Look, wish: Wish) -> dict[str, int]:
    """Write the export; return how much is in it, by what was counted. Raises `Ended`."""
    with naming("FILE"), progress("Exporting") as moved:
        if wish.form == VERIFIER:
            return _for_the_verifier(look, wish, moved)
        return _for_others(look, wish, moved)


def _for_the_verifier(look: Look, wish: Wish, moved: Callable[[int, int], None]) -> dict[str, int]:
    log, origin = look.reading.log, look.settings.notary_name
    if wish.case is None:
        with (
            of_every_case(),
            whole_record(look.reading, look.actor, wish.what, wish.purpose),
        ):
            end = write_record(Record(log), origin, wish.file, moved)
    else:
        # An entry as it stands may name other cases: for whoever may see every history.
        look.reading.reader(look.actor, replace(wish.what, stream=None), wish.purpose)
        with _of_one_case(look, wish):
            # Before the entries are read, so that none of what it speaks of is lacking.
            closing = closing_of(look.settings, log, wish.case)
            one = OneStream(log, wish.case)
            end = write_record(one, origin, wish.file, moved, of=wish.case, closing=closing)
    return {"entries": end.entries}


def _for_others(look: Look, wish: Wish, moved: Callable[[int, int], None]) -> dict[str, int]:
    known = _known_key(wish)
    with _histories(look, wish) as histories:
        names = _names(wish, known)
        terms = Terms(names, staff=PURPOSES[wish.purpose].staff, by_day=wish.by_day)
        source = names.of(WHOLE_LOG, look.settings.notary_name)
        head = Head(source, wish.purpose, wish.file.parent)
        counted = _counted(look, histories, moved)
        cases, events = export(wish.file, FORMATS[wish.form], head, courses(counted, terms))
    return {"cases": cases, "events": events}


@contextmanager
def _histories(look: Look, wish: Wish) -> Iterator[Iterable[Sequence[Entry]]]:
    """Give the entries of each case, once it is written down who reads them and what for."""
    if wish.case is None:
        with look.reading.every_history(look.actor, wish.what, wish.purpose) as histories:
            yield histories
    else:
        with _of_one_case(look, wish) as entries:
            yield (entries,)


@contextmanager
def _of_one_case(look: Look, wish: Wish) -> Iterator[Sequence[Entry]]:
    with (
        of_what_may_not_be("such case"),
        look.reading.reading(look.actor, wish.what, wish.purpose) as entries,
    ):
        if not entries:
            raise Denied
        yield entries


def _counted(
    look: Look, histories: Iterable[Sequence[Entry]], moved: Callable[[int, int], None]
) -> Iterator[Sequence[Entry]]:
    """Pass the histories on, telling how many of all entries were gone through."""
    log = look.reading.log
    of_all, done = log.count(log.last()), 0
    for entries in histories:
        yield entries
        done += len(entries)
        moved(done, of_all)
    moved(of_all, of_all)


def _known_key(wish: Wish) -> bytes | None:
    if wish.key_file is None:
        return None
    try:
        with naming("--pseudonyms: the file"):
            return key_in(wish.key_file)
    except BadKey as error:
        raise nonsense(f"--pseudonyms: {error}") from None


def _names(wish: Wish, known: bytes | None) -> Names:
    if wish.references:
        return References()
    if wish.key_file is None or known is not None:
        return Pseudonyms(known)
    with naming("--pseudonyms: the file"):
        return Pseudonyms(new_key_in(wish.key_file))


@contextmanager
def naming(what: str) -> Iterator[None]:
    """Say of what cannot be a file, or is one already, that it makes no sense."""
    try:
        yield
    except FileExistsError:
        raise nonsense(f"{what} is there already: nothing is written over") from None
    except OSError as error:
        if error.errno in _NO_FOLDER:
            raise nonsense(f"there is no such folder for {what}") from None
        if error.errno in _NO_FILE:
            raise nonsense(f"{what} cannot be a file of that name") from None
        raise
