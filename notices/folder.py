"""The folder that notices are written to where no mail server is set: one file each."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from notices.problems import Down
from wholefile import written_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

SENDER = "rj@localhost"


class Folder:
    """Writes each notice into a file that is called by its id."""

    sender = SENDER

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def open(self) -> Iterator[Callable[[EmailMessage], None]]:
        """Give what writes a message; the same one again changes nothing. Raises `Down`."""
        with _or_down():
            self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield self._write

    def address(self, who: str, addresses: dict[str, str]) -> str | None:  # noqa: ARG002 - none needed
        """Return where somebody is reached: their reference says whose the file is."""
        return f"{who}@localhost"

    def _write(self, letter: EmailMessage) -> None:
        name = str(letter["Message-ID"]).strip("<>").partition("@")[0]
        # It is there: whoever wrote it had not come to note it down.
        with (
            _or_down(),
            suppress(FileExistsError),
            written_whole(self._path / f"{name}.eml") as file,
        ):
            file.write(bytes(letter))


@contextmanager
def _or_down() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Down(type(error).__name__) from None
