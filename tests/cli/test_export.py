"""`rj audit export` for other tools, as it is typed: whose, what for, and what goes wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from exports import FORMATS
from tests.cli.auditing import auditor, case, kept, keys, verifier
from tests.terminal import typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal, Typist

__all__ = ["auditor", "case", "kept", "keys"]


def exported(typist: Typist, file: Path, *words: str, actor: str | None = None) -> Any:
    return typed(typist, "audit", "export", str(file), *words, actor=actor)


def looks(typist: Typist) -> list[dict[str, Any]]:
    """Return the looks of the access log that are exports for other tools, oldest first."""
    officer = typed(typist, "practitioners", "register", "service-staff", *OFFICER)["stream"]
    found = typed(typist, "audit", "access", actor=officer)["looks"]
    return [one for one in found if one["medium"] == "EXPORT" and "names" in one["asked"]]


OFFICER = ("--roles=data-protection-officer", "--organisation", "derbyshire_rj")


@pytest.mark.parametrize("form", FORMATS)
def test_an_auditor_exports_the_whole_log_in_every_format_and_only_they_may_read_it(
    form: str, typist: Typist, auditor: str, case: str, tmp_path: Path
) -> None:
    file = tmp_path / "log"
    said = exported(typist, file, "--format", form, "--for", "research", actor=auditor)
    assert said["cases"] > 3
    assert said["events"] > said["cases"]
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_text()
    assert case not in content
    assert "PR-" not in content


def test_the_purpose_is_in_the_access_log_though_nothing_could_be_written(
    typist: Typist, here: Terminal, auditor: str, tmp_path: Path
) -> None:
    before = len(looks(typist))
    said = replace(here, actor=auditor).shell(
        "ulimit -f 8; trap '' XFSZ; "
        f"$RJ audit export {tmp_path / 'log'} --format xes --for evaluation"
    )
    assert (said.code, "there is no room left on the disk" in said.err) == (3, True), said.err
    assert [*tmp_path.iterdir()] == []
    new = looks(typist)[before:]
    assert [one["purpose"] for one in new] == ["evaluation"]
    assert new[0]["asked"] == {"format": "xes", "names": "pseudonyms"}
    assert (new[0]["about"], new[0]["outcome"]) == ([], "GIVEN")


def test_whoever_works_on_a_case_exports_that_one_and_nobody_else_s(
    typist: Typist, case: str, tmp_path: Path
) -> None:
    said = exported(typist, tmp_path / "own", "--format", "csv", "--for", "audit", "--case", case)
    assert said["cases"] == 1
    assert looks(typist)[-1]["about"] == [case]
    line = ("audit", "export", str(tmp_path / "all"), "--format", "csv", "--for", "audit")
    assert typist.rj(*line).code == 1
    nobody = typist.rj(*line, "--case", "RJ-00000000-0")
    assert (nobody.code, "there is no such case" in nobody.err) == (1, True)
    assert not (tmp_path / "all").exists()


def test_who_is_given_an_export_stands_in_the_access_log_as_a_disclosure(
    typist: Typist, auditor: str, case: str, tmp_path: Path
) -> None:
    form = ("--format", "csv", "--for", "research")
    given = ("--recipient", "university-of-sampleford")
    exported(typist, tmp_path / "all", *form, *given, actor=auditor)
    exported(typist, tmp_path / "one", *form, *given, "--case", case)
    exported(typist, tmp_path / "mine", *form, actor=auditor)
    told = [(one["operation"], one["recipients"]) for one in looks(typist)[-3:]]
    disclosed = ("DISCLOSURE", ["UNIVERSITY_OF_SAMPLEFORD"])
    assert told == [disclosed, disclosed, ("CONSULTATION", [])]
    for nobody in ("", "Prof. Vera Example", "../x", "x" * 70):
        line = ("audit", "export", str(tmp_path / "none"), *form, f"--recipient={nobody}")
        said = typist.rj(*line, actor=auditor)
        assert (said.code, "--recipient: a body by its code" in said.err) == (2, True), said
        assert "Vera" not in said.err
    assert not (tmp_path / "none").exists()


def test_exports_are_joined_by_a_key_file_and_by_nothing_else(
    typist: Typist, auditor: str, tmp_path: Path
) -> None:
    def cases(name: str, *more: str) -> set[str]:
        file = tmp_path / name
        words = ("--format", "cloudevents", "--for", "audit", *more)
        exported(typist, file, *words, actor=auditor)
        return {json.loads(line)["subject"] for line in file.read_text().splitlines()}

    assert cases("1") & cases("2") == set()
    key = ("--pseudonyms", str(tmp_path / "key"))
    assert cases("3", *key) & cases("4", *key) != set()
    assert all(one.startswith("RJ-") for one in cases("5", "--references"))


def test_staff_are_in_it_where_it_is_for_staffing(
    typist: Typist, auditor: str, tmp_path: Path
) -> None:
    exported(typist, tmp_path / "x", "--format", "csv", "--for", "staffing", actor=auditor)
    assert "practitioner-" in (tmp_path / "x").read_text()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--format", "xes"), "say with --for what it is for"),
        (("--format", "xes", "--for", "curiosity"), "an export may be for"),
        (("--format", "word"), "--format: one of verifier, cloudevents"),
        (("--days",), "has everything as it was recorded"),
        (("--format", "csv", "--for", "audit", "--case", "nonsense"), "reference"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_written(
    words: tuple[str, ...], why: str, typist: Typist, auditor: str, tmp_path: Path
) -> None:
    said = typist.rj("audit", "export", str(tmp_path / "x"), *words, actor=auditor)
    assert (said.code, why in said.err) == (2, True), said.err
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_cannot_be_made_or_is_no_key_is_told(
    typist: Typist, auditor: str, tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt"
    spoilt.write_text("no key")
    asked = ("--format", "csv", "--for", "audit")
    key = ("--pseudonyms", str(spoilt))
    for file, more, why in (
        (spoilt, (), "FILE is there already"),
        (tmp_path, (), "FILE is there already"),
        (tmp_path / "no" / "x", (), "there is no such folder for FILE"),
        (spoilt / "x", (), "there is no such folder for FILE"),
        (tmp_path / ("x" * 300), (), "FILE cannot be a file of that name"),
        (tmp_path / "x", key, "it holds no key for pseudonyms"),
        (tmp_path / "x", (*key, "--references"), "it is one or the other"),
    ):
        said = typist.rj("audit", "export", str(file), *asked, *more, actor=auditor)
        assert (said.code, why in said.err) == (2, True), said.err
    assert [*tmp_path.iterdir()] == [spoilt]


def test_one_case_is_exported_for_the_verifier_and_verified_with_its_end(
    typist: Typist, auditor: str, case: str, kept: list[Path], keys: Path, tmp_path: Path
) -> None:
    file = tmp_path / "case.jsonl"
    said = exported(typist, file, "--case", case, actor=auditor)
    given = ("--key", keys, "--checkpoint", kept[1])
    told = verifier(file, *given)
    assert told.returncode == 0, told.stderr
    all_ = said["entries"]
    assert f"VERIFIED: {all_} entries of 1 streams, {all_} of them" in told.stdout
    first, *rest = file.read_text().splitlines()
    other = tmp_path / "altered.jsonl"
    other.write_text(
        "\n".join([first, *(line.replace("DERBYSHIRE", "ELSEWHERE") for line in rest)]) + "\n"
    )
    assert verifier(other, *given).returncode == 1
    other.write_text("\n".join([first.replace(case, "RJ-00000000-0"), *rest]) + "\n")
    told = verifier(other, *given)
    assert (told.returncode, "has entries of others" in told.stdout) == (1, True)
