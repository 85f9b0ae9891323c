"""`rj audit`: checkpoints, verification, proofs and exports, as they are typed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cli.auditing import auditor, case, kept, keys, verifier
from tests.store.attack import Attacker
from tests.terminal import typed
from tests.waiting import until_now

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal, Typist

__all__ = ["auditor", "case", "kept", "keys"]


@pytest.fixture
def copied(here: Terminal, tmp_path: Path) -> Terminal:
    """Return a terminal on a copy of the log, for what nobody may do to the shared one."""
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(here.data / "installation.json", copy)
    with (
        closing(sqlite3.connect(here.data / "log.db")) as log,
        closing(sqlite3.connect(copy / "log.db")) as other,
    ):
        log.backup(other)
    shutil.copytree(here.keys, tmp_path / "keys")
    return replace(here, data=copy, keys=tmp_path / "keys")


def altered(place: Terminal) -> tuple[str, int]:
    """Alter an entry of a case; return the case and the version."""
    attacker = Attacker(f"sqlite:///{place.data / 'log.db'}")
    attacker.unguard()
    found = attacker.sql(
        "SELECT originator_id, originator_version FROM stored_events "
        "WHERE originator_id LIKE 'RJ-%' AND topic = 'party_added' ORDER BY rowid"
    )
    stream, version = found[0]
    attacker.sql(
        "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '\"V1\"', '\"V9\"') AS "
        "BLOB) WHERE originator_id = ? AND originator_version = ?",
        stream,
        version,
    )
    return str(stream), int(version)


def test_a_running_installation_has_a_notary_and_is_verified(
    typist: Typist, here: Terminal
) -> None:
    until_now(lambda: bool([*(here.keys / "checkpoints").rglob("*.checkpoint")]), seconds=60)
    said = typed(typist, "audit", "verify")
    assert said["outcome"] == "verified"
    assert 0 < said["under_checkpoint"] <= said["entries"]
    assert typed(typist, "audit", "verify", "--cores", "2")["outcome"] == "verified"
    read = typed(typist, "audit", "verify", "--meaning")
    assert (read["outcome"], read["entries"] >= said["entries"]) == ("verified", True)
    assert typist.rj("audit", "verify", "--meaning", "--case", "RJ-00000000-0").code == 2


def test_one_case_is_verified_by_itself(typist: Typist, case: str) -> None:
    said = typist.rj("audit", "verify", "--case", case)
    assert said.code == 0
    assert "of 1 streams" in said.out
    assert "not order, nor ends" in said.err
    unknown = typist.rj("audit", "verify", "--case", "RJ-00000000-0")
    assert (unknown.code, "there is no such case, or none" in unknown.err) == (1, True)
    assert typist.rj("audit", "verify", "--case", "nonsense").code == 2


def test_an_auditor_exports_the_log_and_an_outsider_verifies_it(
    typist: Typist, auditor: str, kept: list[Path], keys: Path, tmp_path: Path
) -> None:
    file = tmp_path / "log.jsonl"
    said = typed(typist, "audit", "export", str(file), actor=auditor)
    assert file.stat().st_mode & 0o777 == 0o600
    told = verifier(file, "--key", keys, "--checkpoint", kept[0], "--checkpoint", kept[1])
    assert (told.returncode, told.stderr) == (0, "")
    assert f"VERIFIED: {said['entries']} entries" in told.stdout
    again = typist.rj("audit", "export", str(file), actor=auditor)
    assert (again.code, "nothing is written over" in again.err) == (2, True)
    nowhere = typist.rj("audit", "export", str(tmp_path / "no" / "log"), actor=auditor)
    assert (nowhere.code, "there is no such folder" in nowhere.err) == (2, True)


def test_the_end_of_one_case_is_shown_by_its_export_and_seen_if_it_was_cut_off(
    typist: Typist, auditor: str, case: str, kept: list[Path], keys: Path, tmp_path: Path
) -> None:
    file = tmp_path / "case.jsonl"
    said = typist.rj("audit", "export", str(file), "--case", case, actor=auditor)
    assert (said.code, said.err) == (0, "")
    given = ("--key", keys, "--checkpoint", kept[0])
    told = verifier(file, *given)
    assert (told.returncode, "after the checkpoint of" in told.stdout) == (0, True), told
    first, *entries, last = file.read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join([first, *entries[:-1], last]))
    told = verifier(cut, *given)
    assert (told.returncode, "its end was cut off" in told.stdout) == (1, True)
    unsaid = {**json.loads(last), "closing": None}
    cut.write_bytes(b"".join([first, *entries, json.dumps(unsaid).replace(" ", "").encode()]))
    assert verifier(cut, *given).returncode == 2


def test_a_case_cut_off_in_the_log_is_exported_with_a_word_that_its_end_is_not_shown(
    copied: Terminal, auditor: str, kept: list[Path], keys: Path, tmp_path: Path
) -> None:
    attacker = Attacker(f"sqlite:///{copied.data / 'log.db'}")
    attacker.unguard()
    begins = (
        "SELECT originator_id, max(originator_version) FROM stored_events WHERE originator_id "
        "LIKE 'RJ-%' AND CAST(state AS TEXT) LIKE '%\"part\":1,%' GROUP BY originator_id"
    )
    case, last = max(attacker.sql(begins), key=lambda row: int(str(row[1])))
    assert int(str(last)) > 1
    whole = "originator_id = ? AND originator_version >= ?"
    attacker.sql(f"DELETE FROM stored_events WHERE {whole}", case, last)  # noqa: S608
    file, acting = tmp_path / "case.jsonl", replace(copied, actor=auditor)
    said = acting.rj("audit", "export", str(file), "--case", str(case))
    assert (said.code, "does not show that the end of the case is there" in said.err) == (0, True)
    told = verifier(file, "--key", keys, "--checkpoint", kept[1])
    assert (told.returncode, "nothing in this export says where" in told.stdout) == (2, True)


def test_whoever_is_no_auditor_exports_nothing(typist: Typist, tmp_path: Path) -> None:
    said = typist.rj("audit", "export", str(tmp_path / "log.jsonl"))
    assert said.code == 1
    assert [*tmp_path.iterdir()] == []


def test_on_a_full_disk_an_export_leaves_nothing_and_says_so(
    here: Terminal, auditor: str, tmp_path: Path
) -> None:
    said = replace(here, actor=auditor).shell(
        f"ulimit -f 8; trap '' XFSZ; $RJ audit export {tmp_path / 'log.jsonl'}"
    )
    assert said.code == 3, said.err
    assert "there is no room left on the disk" in said.err
    assert [*tmp_path.iterdir()] == []


def test_one_entry_is_proved_and_an_outsider_checks_the_proof(
    typist: Typist, auditor: str, case: str, kept: list[Path], keys: Path, tmp_path: Path
) -> None:
    said = typist.rj("audit", "prove", f"{case}/2", actor=auditor)
    assert said.code == 0, said.err
    proof = tmp_path / "entry.json"
    proof.write_text(said.out)
    found = json.loads(said.out)
    assert found["entry"]["stream"] == case
    assert found["proof"].startswith("c2sp.org/tlog-proof@v1\nindex ")
    given = ("--key", keys, "--checkpoint", kept[1])
    assert verifier(proof, *given).returncode == 0
    found["entry"]["recorded"] = found["entry"]["recorded"].replace("rj1", "rj2")
    proof.write_text(json.dumps(found))
    told = verifier(proof, *given)
    assert (told.returncode, "does not show that this is entry" in told.stdout) == (1, True)
    for spoilt in (found | {"proof": "x"}, found | {"entry": {}}, found | {"entry": 1}):
        proof.write_text(json.dumps(spoilt))
        told = verifier(proof, *given)
        assert (told.returncode, "this is not a proof" in told.stderr) == (2, True)


def test_what_cannot_be_proved_is_told(typist: Typist, auditor: str, case: str) -> None:
    for event, code, why in (
        (f"{case}/9999", 1, "there is no such entry"),
        (case, 2, "EVENT is a case and the number"),
        (f"{case}/0", 2, "EVENT is a case and the number"),
        ("RJ-00000000-0/1", 1, "there is no such case"),
    ):
        said = typist.rj("audit", "prove", event, actor=auditor)
        assert (said.code, why in said.err) == (code, True), said.err


def test_one_checkpoint_is_shown_to_have_grown_into_another(
    typist: Typist, kept: list[Path], keys: Path, tmp_path: Path
) -> None:
    old, new = map(str, kept)
    said = typed(typist, "audit", "consistency", old, new)
    file = tmp_path / "growth.json"
    file.write_text(typist.rj("audit", "consistency", old, new, "--json").out)
    notary = keys.read_text().splitlines()[0]
    for point in (old, new):
        told = verifier(file, "--key", notary, "--checkpoint", point)
        assert (told.returncode, "VERIFIED: growth of" in told.stdout) == (0, True), told
    file.write_text(json.dumps({**json.loads(file.read_text()), "proof": said["proof"][1:]}))
    assert verifier(file, "--key", notary, "--checkpoint", old).returncode == 1
    assert said["outcome"] == "grew"
    assert said["old"] < said["new"]
    assert len(said["proof"]) >= 1
    assert typist.rj("audit", "consistency", new, old).code == 2
    assert typist.rj("audit", "consistency", old, f"{new}.none").code == 2


def test_one_checkpoint_of_the_access_log_grew_into_another_and_is_none_of_the_log(
    typist: Typist, here: Terminal, kept: list[Path]
) -> None:
    folder = here.keys / "checkpoints" / "access"
    typed(typist, "cases")
    typed(typist, "audit", "checkpoint")
    every = sorted(folder.glob("*/*.checkpoint"), key=lambda path: path.name)
    old, new = str(every[0]), str(every[-1])
    said = typed(typist, "audit", "consistency", old, new)
    assert (said["outcome"], said["old"] < said["new"]) == ("grew", True)
    mixed = typist.rj("audit", "consistency", str(kept[0]), new)
    assert (mixed.code, "two logs" in mixed.err) == (2, True)
    foreign = typist.rj("audit", "verify", "--checkpoint", new)
    assert (foreign.code, "is of the access log" in foreign.err) == (2, True)


def test_an_altered_log_is_found_named_and_not_signed_and_the_doctor_says_so(
    copied: Terminal, kept: list[Path], auditor: str
) -> None:
    assert copied.rj("audit", "verify").code == 0
    stream, version = altered(copied)
    said = copied.rj("audit", "verify", "--json")
    assert (said.code, said.json["outcome"]) == (1, "altered")
    first = said.json["findings"][0]
    assert (first["stream"], first["version"]) == (stream, version)
    assert {one["kind"] for one in said.json["findings"]} >= {"other_root"}
    alone = replace(copied, actor=auditor).rj("audit", "verify", "--case", stream, "--json")
    assert (alone.code, alone.json["outcome"]) == (1, "altered")
    nobody = replace(copied, actor="PR-00000000-0")
    barred = nobody.rj("audit", "verify", "--case", stream, "--json")
    assert (barred.code, barred.json["outcome"]) == (1, "denied")
    signing = copied.rj("audit", "checkpoint")
    assert (signing.code, "does not sign" in signing.err) == (1, True)
    assert (copied.keys / "checkpoints" / "ALARM").exists()
    checks = {one["check"]: one for one in copied.rj("doctor", "--json").json["checks"]}
    assert not checks["checkpoints"]["well"]
    assert checks["checkpoints"]["sentence"].startswith("ALARM in ")
    assert copied.rj("audit", "consistency", *map(str, kept)).code == 1


def test_a_log_that_lost_its_end_is_found_by_a_checkpoint_that_somebody_kept(
    copied: Terminal, kept: list[Path], tmp_path: Path
) -> None:
    aside = shutil.copy(kept[1], tmp_path / "mine.checkpoint")
    shutil.rmtree(copied.keys / "checkpoints")
    attacker = Attacker(f"sqlite:///{copied.data / 'log.db'}")
    attacker.unguard()
    stream = attacker.sql("SELECT originator_id FROM stored_events ORDER BY rowid DESC LIMIT 1")
    attacker.sql("DELETE FROM stored_events WHERE originator_id = ?", stream[0][0])
    assert copied.rj("audit", "verify").code == 0
    said = copied.rj("audit", "verify", "--checkpoint", str(aside))
    assert said.code == 1
    assert "when a checkpoint was signed" in said.err or "those that the checkpoint" in said.err


def test_a_checkpoint_that_is_none_or_false_is_told(copied: Terminal, kept: list[Path]) -> None:
    text = kept[1].read_text()
    for given, code, why in (
        ("nothing", 2, "not a signed note"),
        (text.replace("restorative", "Restorative", 1), 1, "is not to be trusted"),
    ):
        file = copied.data / "given.checkpoint"
        file.write_text(given)
        said = copied.rj("audit", "verify", "--checkpoint", str(file))
        assert (said.code, why in said.err) == (code, True), said.err


def test_the_doctor_says_how_far_the_checkpoints_reach(typist: Typist, kept: list[Path]) -> None:
    checks = {one["check"]: one for one in typist.rj("doctor", "--json").json["checks"]}
    assert checks["checkpoints"]["well"]
    assert "the newest is of" in checks["checkpoints"]["sentence"]


def test_the_keys_are_public_ones_and_the_same_each_time(typist: Typist, here: Terminal) -> None:
    said = typed(typist, "audit", "keys")
    assert said["notary"][0].startswith("restorative-justice/log+")
    assert said["seals"][0].startswith("seal+")
    private = [path.read_text().strip() for path in here.keys.glob("*.key")]
    assert all(key not in json.dumps(said) for key in private)


def test_an_outsider_checks_who_looked_by_the_folders_and_keys_of_both_logs(
    typist: Typist, here: Terminal, auditor: str, kept: list[Path], keys: Path, tmp_path: Path
) -> None:
    service = ("--organisation", "derbyshire_rj", "--at", "2020-01-01")
    entry = ("register", "service-staff", "--roles=data-protection-officer", *service)
    officer = str(typed(typist, "practitioners", *entry)["stream"])
    signed = typed(typist, "audit", "checkpoint")
    assert signed["access"]["size"] > 0
    looks, log = tmp_path / "looks.jsonl", tmp_path / "log.jsonl"
    assert typist.rj("audit", "export-looks", str(looks), actor=auditor).code == 1
    assert not looks.exists()
    count = typed(typist, "audit", "export-looks", str(looks), actor=officer)["entries"]
    assert count > signed["access"]["size"]
    assert typist.rj("audit", "export-looks", str(looks), actor=officer).code == 2
    typed(typist, "audit", "export", str(log), actor=auditor)
    for file in (looks, log):
        told = verifier(file, "--key", keys, "--checkpoint", here.keys / "checkpoints")
        assert told.returncode == 0, told.stdout + told.stderr
    assert kept[0].exists()
