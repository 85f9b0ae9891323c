"""Nobody's name, and nothing that leads to the vault, is in the database of read models."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from domain.waits import Limits
from projections import open_views
from tests.paths import PATHS
from tests.playing import play

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projections.conftest import Service

INVENTED = ("Vera", "Otto", "Example", "Sample", "invented", "burglary", "1984-02-29")
REFERENCE = re.compile(rb"T-[0-9A-HJKMNP-TV-Z]{16}")


def test_the_file_holds_codes_and_references_only(service: Service, tmp_path: Path) -> None:
    for name in PATHS:
        service.told.path(name)
    # On whichever database the log is, the read models are a file here.
    with closing(open_views(f"sqlite:///{tmp_path / 'scanned.db'}", Limits())) as views:
        service.views.close()
        service.views = views
        service.catch_up()
    held = b"".join(path.read_bytes() for path in tmp_path.glob("scanned.db*"))
    assert service.someone("lead").encode() in held
    assert b"THEIR_PACE" in held
    assert [word for word in INVENTED if word.encode() in held] == []
    assert REFERENCE.findall(held) == []


def test_the_words_searched_for_are_in_the_stories_and_references_are_in_the_log(
    service: Service,
) -> None:
    assert all(any(word in str(path) for path in PATHS.values()) for word in INVENTED)
    case = service.told.add(play(PATHS["three_victims"]).history)
    state = " ".join(e.event.model_dump_json() for e in service.log.load(case))
    assert REFERENCE.findall(state.encode())
