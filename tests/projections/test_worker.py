"""The worker follows the log beside its other work."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import worker
from domain.waits import Limits
from keys import KeyKind, Keyring
from projections import behind, open_views
from settings import Settings
from store import open_log
from tests.projections.recording import Told
from tests.projections.test_background import comes

if TYPE_CHECKING:
    from pathlib import Path


def test_a_worker_keeps_the_read_models_of_its_settings_up_to_date(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", keys=tmp_path / "keys", limits=Limits(task=2))
    ring = Keyring(settings.key_folder, environment={})
    ring.create_missing()
    seals = ring.verifier(KeyKind.SEAL)
    with (
        closing(open_log(settings.database("log"), ring.signer(KeyKind.SEAL), seals)) as log,
        closing(open_views(settings.database("views"), settings.limits)) as views,
    ):
        Told(log)
        stop = worker.follow(log, settings)
        assert comes(lambda: views.place().position == log.last() > 0)
        stop()
        assert views.place().form == views.form
        assert behind(log, views) == 0
