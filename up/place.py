"""What all children share: the data folder, the locks, and where the server listens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from up.ports import LOOPBACK, Ports, choose

if TYPE_CHECKING:
    from pathlib import Path

    from settings import Settings

LOGS = "logs"


@dataclass(slots=True)
class Place:
    """What a child needs to know to be started."""

    settings: Settings
    folder: Path
    """The data folder, absolute."""
    locks: tuple[int, ...]
    """Handles of the locks on data and key folder, for the children to inherit."""
    ports: Ports
    settled: bool = False
    """Whether the server was ready on these ports once: from then on they stay the same, since
    others know them."""

    @property
    def address(self) -> str:
        """Temporal's front end, host:port."""
        return f"{LOOPBACK}:{self.ports.temporal}"

    @property
    def ui(self) -> str:
        """Temporal's own screens."""
        return f"http://{LOOPBACK}:{self.ports.ui}"

    @property
    def logs(self) -> Path:
        """The folder of the children's logs."""
        return self.folder / LOGS

    def choose_ports_again(self) -> None:
        """Before anybody knows them: somebody else may have taken one meanwhile."""
        if not self.settled:
            self.ports = choose(self.settings.up_port, self.settings.up_ui_port)
