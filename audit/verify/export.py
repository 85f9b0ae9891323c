"""Reading an export: JSON Lines, from a line that says what it is to one that says its end.

Nothing in it is believed: not how many entries it says there are, nor the root that it names. What
has not the form of an export is `CouldNotVerify`, with the line where that shows.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from audit.merkle import Edge
from audit.verify.cores import reckoned
from audit.verify.entry import Beginning
from audit.verify.findings import CouldNotVerify
from audit.verify.judging import Reckoned, reckon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from io import BufferedReader
    from pathlib import Path

    from audit.verify.entry import Recorded
    from audit.verify.judging import Stretch

FORM = 1
WHOLE_LOG, LOOKS = "log", "access"
"""What an export is of, that is not of one case: the log, or the access log."""
LONGEST_LINE = 4 * 1024 * 1024
"""Bytes. A command has 64 KiB at most, so no entry comes near it."""
_BLOB = 4 * 1024 * 1024
_BEGINNING = 64
"""Bytes by which it is told what a file is."""
_BEFORE = 2
"""The number of the line that the first entry stands in."""
_HASH = re.compile(r"[0-9a-f]{64}")
_FIRST, _LAST = b'{"rj_export":', b'{"end":'
_ESCAPES = "surrogateescape"
"""Bytes that are no UTF-8 are carried as JSON's lone surrogates, and come back as they were."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the first line of an export says of it."""

    of: str
    """`log`, or the reference of a case."""
    origin: str
    """The name of the log, as its checkpoints have it."""
    entries: int
    """How many are in it."""
    begins: Beginning | None = None
    """After what it begins, where older entries went after their time."""


@dataclass(frozen=True, slots=True)
class End:
    """What the last line of an export says of it."""

    entries: int
    root: bytes
    closing: object = None
    """What it says of the end of a case, as JSON has it; None where it says nothing."""


def line_of(row: Recorded) -> bytes:
    """Return the line that an entry is exported as."""
    stream, version, name, state, _ = row
    entry = {
        "stream": stream.decode(errors=_ESCAPES),
        "version": version,
        "name": name.decode(errors=_ESCAPES),
        "recorded": state.decode(errors=_ESCAPES),
    }
    return json.dumps(entry, separators=(",", ":")).encode() + b"\n"


def first_line(manifest: Manifest) -> bytes:
    """Return the line that an export begins with."""
    said: dict[str, Any] = {"rj_export": FORM, "of": manifest.of, "origin": manifest.origin}
    said["entries"] = manifest.entries
    if begins := manifest.begins:
        said["begins_after"] = {
            "stream": begins.stream.decode(errors=_ESCAPES),
            "version": begins.version,
            "hash": begins.hash.decode(errors=_ESCAPES),
            "edge": [base64.b64encode(node).decode() for node in begins.edge],
        }
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def last_line(end: End) -> bytes:
    """Return the line that an export ends with."""
    said: dict[str, Any] = {"end": True, "entries": end.entries}
    said["root"] = base64.b64encode(end.root).decode()
    if end.closing is not None:
        said["closing"] = end.closing
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Lines:
    """Some consecutive lines of entries, as they stand, and where: entry from 0, line from 1."""

    begin: int
    text: bytes

    def rows(self) -> list[Recorded]:
        """Return the entries. Raises `CouldNotVerify`."""
        first = self.begin + _BEFORE
        return [_entry(one, first + at) for at, one in enumerate(self.text.split(b"\n")[:-1])]

    def reckoned(self) -> Reckoned:
        """Return what they come to on their own."""
        return reckon(self.rows())

    def parted(self, size: int) -> list[Lines]:
        """Return them in two parts if the export's first so many entries end within them."""
        if not self.begin < size < self.begin + self.text.count(b"\n"):
            return [self]
        at = -1
        for _ in range(size - self.begin):
            at = self.text.index(b"\n", at + 1)
        return [Lines(self.begin, self.text[: at + 1]), Lines(size, self.text[at + 1 :])]


def beginning(path: Path) -> bytes:
    """Return how a file begins, by which exports and proofs are told apart. Raises
    `CouldNotVerify`."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise CouldNotVerify("the export is read more than once: save it in a file first")
    try:
        with path.open("rb") as file:
            return file.read(_BEGINNING)
    except OSError as error:
        raise CouldNotVerify(f"the export cannot be read: {error.strerror}") from None


class Export:
    """An export in a file, as a source of entries. Every method raises `CouldNotVerify`."""

    def __init__(self, path: Path, cores: int = 1) -> None:
        self._path = path
        self._cores = cores
        with self._opened() as file:
            self.manifest = _manifest(_line(file))
        self.begins = self.manifest.begins
        self.parting = 0
        """After how many entries a stretch ends whatever its length: a checkpoint is of these."""
        self.end: End | None = None
        """Known once the stretches were read to their end."""

    def stretches(self) -> Iterator[Stretch]:
        """Yield the entries in order, some thousand at a time."""
        if self._cores > 1:
            return reckoned(self._lines(), Lines.reckoned, self._cores)
        return (lines.rows() for lines in self._lines())

    def of(self, streams: Collection[bytes]) -> dict[bytes, list[Recorded]]:
        """Return the entries of these streams, in the order of the export."""
        wanted = frozenset(streams)
        found: dict[bytes, list[Recorded]] = {}
        for lines in self._lines():
            for row in lines.rows():
                if row[0] in wanted:
                    found.setdefault(row[0], []).append(row)
        return found

    def _opened(self) -> BufferedReader:
        try:
            return self._path.open("rb")
        except OSError as error:
            raise CouldNotVerify(f"the export cannot be read: {error.strerror}") from None

    def _lines(self) -> Iterator[Lines]:
        begin = 0
        end: bytes | None = None
        with self._opened() as file:
            _line(file)
            for blob in _blobs(file):
                if end is not None:
                    raise CouldNotVerify("something comes after the end of the export")
                entries, end = _until_end(blob, begin + _BEFORE)
                lines = Lines(begin, entries)
                begin += entries.count(b"\n")
                yield from lines.parted(self.parting)
        if end is None:
            raise CouldNotVerify(
                f"the export breaks off after {begin} entries: it was interrupted, or cut off"
            )
        self.end = _end(end)


def _blobs(file: BufferedReader) -> Iterator[bytes]:
    """Yield what is left of the file, a few megabytes of whole lines at a time."""
    held = b""
    while piece := file.read(_BLOB):
        whole, newline, rest = piece.rpartition(b"\n")
        if newline:
            blob = held + whole + newline
            held = rest
            yield blob
        else:
            held += piece
        if len(held) > LONGEST_LINE:
            raise CouldNotVerify("a line is longer than any entry can be")
    if held:
        raise CouldNotVerify(
            "the export breaks off in the middle of a line: it was interrupted, or cut off"
        )


def _until_end(blob: bytes, number: int) -> tuple[bytes, bytes | None]:
    """Return the lines of entries, and the line that ends the export if it is there."""
    again = 0 if blob.startswith(_FIRST) else blob.find(b"\n" + _FIRST) + 1
    if again or blob.startswith(_FIRST):
        line = number + blob.count(b"\n", 0, again)
        raise CouldNotVerify(f"another export begins in line {line}: two are mixed in one file")
    at = 0 if blob.startswith(_LAST) else blob.find(b"\n" + _LAST) + 1
    if not at and not blob.startswith(_LAST):
        return blob, None
    end, _, more = blob[at:].partition(b"\n")
    if more:
        raise CouldNotVerify("something comes after the end of the export")
    return blob[:at], end


def _line(file: BufferedReader) -> bytes:
    line = file.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise CouldNotVerify("line 1 is longer than any line of an export")
    return line


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object with these names; another reader would take the other of two."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


_JSON = json.JSONDecoder(object_pairs_hook=_once)


def parsed(line: bytes) -> dict[str, Any]:
    """Return the JSON object in a line; empty for anything else, however it is nested, and for one
    that says something twice."""
    try:
        found = _JSON.decode(line.decode())
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def entry_of(found: dict[str, Any], number: int = 0) -> Recorded | None:
    """Return the entry that is written like this; None for anything else."""
    try:
        stream, version = found["stream"], found["version"]
        name, recorded = found["name"], found["recorded"]
        if type(version) is int and len(found) == 4:  # noqa: PLR2004 - those four
            return (
                stream.encode(errors=_ESCAPES),
                version,
                name.encode(errors=_ESCAPES),
                recorded.encode(errors=_ESCAPES),
                number,
            )
    except (KeyError, AttributeError, ValueError):
        return None
    return None


def _entry(line: bytes, number: int) -> Recorded:
    row = entry_of(parsed(line), number)
    if row is None:
        raise CouldNotVerify(f"line {number} is not an entry of an export")
    return row


def _manifest(line: bytes) -> Manifest:
    found = parsed(line)
    of, origin, entries = (found.get(name) for name in ("of", "origin", "entries"))
    if "rj_export" not in found:
        raise CouldNotVerify("this is not an export of this service")
    if found["rj_export"] != FORM:
        raise CouldNotVerify("this export has a form that this verifier does not know")
    if not (_is_name(of) and _is_name(origin) and type(entries) is int):
        raise CouldNotVerify("the first line of the export does not say what it is of")
    return Manifest(of, origin, entries, _begins(found.get("begins_after")))


def _is_name(said: object) -> TypeGuard[str]:
    try:
        return isinstance(said, str) and bool(said.encode(errors=_ESCAPES))
    except ValueError:
        return False


def _begins(found: object) -> Beginning | None:
    if found is None:
        return None
    try:
        stream, version = found["stream"].encode(errors=_ESCAPES), found["version"]  # type: ignore[index]
        edge = [base64.b64decode(node, validate=True) for node in found["edge"]]  # type: ignore[index]
        before: str = found["hash"]  # type: ignore[index]
        if type(version) is int and version > 0 and _HASH.fullmatch(before):
            Edge.at(version, edge)
            return Beginning(stream, version, before.encode(), tuple(edge))
    except (KeyError, TypeError, AttributeError, ValueError):
        pass
    raise CouldNotVerify("the first line of the export does not say after what it begins")


def _end(line: bytes) -> End:
    found = parsed(line)
    entries, root = found.get("entries"), found.get("root")
    try:
        if type(entries) is int and isinstance(root, str):
            return End(entries, base64.b64decode(root, validate=True), found.get("closing"))
    except ValueError:
        pass
    raise CouldNotVerify("the last line does not end the export as it should")
