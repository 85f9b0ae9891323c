"""Many at once: processes and threads that put, read and erase at the same time lose nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.texts import TextRef
from tests.vault.conftest import AT, CASE, Place
from vault import Erased, open_vault

if TYPE_CHECKING:
    from keys import Keyring
    from vault import Vault

ROOT = Path(__file__).parents[2]
PROCESSES, TEXTS = 4, 20
OWNERS = ["V1", "O1", "case"]


def at_once(place: Place, folder: Path, code: str) -> list[Any]:
    """Run the code in several processes that begin together; return what each answered."""
    beginning = """
        import json, pathlib, sys
        from datetime import UTC, datetime
        from keys import Keyring
        from vault import Erased, open_vault

        url, keys_url, folder, number = sys.argv[1:]
        CASE, AT = "RJ-7K3M9QXZ-D", datetime(2026, 3, 2, tzinfo=UTC)
        OWNERS, TEXTS = ["V1", "O1", "case"], 20
        ring = Keyring(pathlib.Path(folder) / "keys", {})
        sys.stdin.read()
        vault = open_vault(url, keys_url, ring)
        answer = []
    """
    code = textwrap.dedent(beginning) + textwrap.dedent(code) + "\nprint(json.dumps(answer))"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, place.url, place.keys_url, str(folder), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for number in range(PROCESSES)
    ]
    for process in running:
        assert process.stdin
        process.stdin.close()
        process.stdin = None
    said = [process.communicate(timeout=120) for process in running]
    assert [error for _, error in said] == [""] * PROCESSES
    return [json.loads(answer) for answer, _ in said]


def test_processes_that_begin_at_once_share_one_key_for_each_person_and_lose_no_text(
    place: Place, keyring: Keyring, tmp_path: Path
) -> None:
    answers = at_once(
        place,
        tmp_path,
        """
        for n in range(TEXTS):
            owner = OWNERS[n % 3]
            ref = vault.put(CASE, owner, f"text {n} of {number}", kind="note", at=AT)
            vault.keep(CASE, [ref])
            answer.append([ref.id, ref.digest, f"text {n} of {number}"])
        """,
    )
    put = [(TextRef(id=i, digest=d), words) for answer in answers for i, d, words in answer]
    assert len(put) == PROCESSES * TEXTS
    vault = open_vault(place.url, place.keys_url, keyring, create=False)
    opened = vault.words_many(CASE, [ref for ref, _ in put])
    vault.close()
    assert opened == {ref.id: words for ref, words in put}
    keys = place.keys("SELECT owner FROM vault_keys ORDER BY owner")
    assert [row.owner for row in keys] == sorted(OWNERS)


def test_what_is_put_while_its_owner_is_erased_is_either_refused_erased_or_there(
    place: Place, keyring: Keyring, tmp_path: Path
) -> None:
    answers = at_once(
        place,
        tmp_path,
        """
        for n in range(TEXTS):
            if number == "0":
                vault.erase_person(CASE, "V1")
                continue
            try:
                ref = vault.put(CASE, "V1", f"text {n} of {number}", kind="note", at=AT)
            except Erased:
                answer.append(None)
            else:
                answer.append([ref.id, ref.digest, f"text {n} of {number}"])
        """,
    )
    put = [(TextRef(id=p[0], digest=p[1]), p[2]) for answer in answers for p in answer if p]
    vault = open_vault(place.url, place.keys_url, keyring, create=False)
    opened = vault.words_many(CASE, [ref for ref, _ in put])
    assert [opened[ref.id] for ref, words in put if opened[ref.id] != words] == [
        problem for problem in opened.values() if isinstance(problem, Erased)
    ]
    vault.erase_person(CASE, "V1")
    vault.close()
    assert place.texts("SELECT * FROM vault_texts") == []
    erased = {row.id for row in place.texts("SELECT id FROM vault_erased")}
    assert {ref.id for ref, _ in put} <= erased


def test_threads_share_one_vault(vault: Vault) -> None:
    def write_and_read(number: int) -> bool:
        words = f"text {number}"
        return (
            vault.words(CASE, vault.put(CASE, f"V{number % 4 + 1}", words, kind="note", at=AT))
            == words
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(write_and_read, range(80)))


def test_a_folder_may_have_any_name(tmp_path: Path, keyring: Keyring) -> None:
    folder = tmp_path / "Fälle #1 50%?x=1&y"
    vault = open_vault(f"sqlite:///{folder}/vault.db", f"sqlite:///{folder}/keys.db", keyring)
    vault.close()
    assert {path.name for path in folder.iterdir()} >= {"vault.db", "keys.db"}
