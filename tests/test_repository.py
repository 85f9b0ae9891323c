"""What the repository may not hold, and that its README and guide tell the truth about it."""

from __future__ import annotations

import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import BaseModel

from settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
GUIDE = (ROOT / "docs" / "operators-guide.md").read_text()
INVENTED = ("pass-phrase", "a-password")
"""What tests use as passwords; they open nothing."""
HISTORIES = "histories"
"""Saved workflow histories: long runs of base64 in which any pattern may turn up by chance."""

# Written in two halves, so that this file does not find itself.
REGISTRY = re.compile(
    "|".join(
        (
            *("pypi" + r"\.org", "python" + r"hosted\.org", "npmjs" + r"\.(org|com)"),
            *("index" + "-url", "find" + "-links", "trusted" + "-host", "/simple" + r"/[\"' ]"),
        )
    )
)
MACHINE = re.compile(r"(?:^|[\s\"'`=(:])/(?:work|root|home|Users|tmp|mnt)/[A-Za-z0-9_.-]")
SECRETS = {
    "a private key": re.compile("-----BEGIN " + r"[A-Z ]*PRIVATE KEY-----"),
    "an access key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a token": re.compile(r"\b(?:gh[pousr]_\w{36}|xox[abp]-[\w-]{20,}|glpat-[\w-]{20})"),
    "a key of ours": re.compile(r"RJ_KEY_[A-Z]+\s*[:=]\s*[\"']?[A-Za-z0-9+/]{43}="),
    "a key file": re.compile(r"^[A-Za-z0-9+/]{43}=$", re.MULTILINE),
    "a password in an address": re.compile(r"\w+://[\w.-]+:(?!\$|…|<)[^\s@/{]+@"),
    "a password": re.compile(
        r"(?:password|passwd|secret|token)[\"']?\s*(?:=|:\s)\s*[\"'][^\s\"'${]{10,}[\"']",
        re.IGNORECASE,
    ),
}


def ignored(name: str) -> bool:
    patterns = [line.strip("/") for line in (ROOT / ".gitignore").read_text().split()]
    return name == ".git" or any(fnmatch(name, pattern) for pattern in patterns)


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Yield every file that is not ignored."""
    for path in sorted(folder.iterdir()):
        if ignored(path.name):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def texts() -> Iterator[tuple[str, str]]:
    """Yield (name, text) of every file; bytes that are no text are kept as escapes."""
    for path in files():
        yield path.relative_to(ROOT).as_posix(), path.read_text(errors="backslashreplace")


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0)}"
        for name, text in texts()
        for match in pattern.finditer(text)
    ]


def test_no_file_names_a_package_registry() -> None:
    assert found(REGISTRY) == []


def test_pins_are_names_versions_and_hashes_only() -> None:
    for path in sorted(ROOT.glob("requirements*.txt")):
        text = path.read_text()
        assert "://" not in text
        assert not re.search(r"^\s*-(?!-hash=sha256:)", text, re.MULTILINE)
        pins = re.split(r"\n(?=\S)", text.strip())
        unpinned = [p.split()[0] for p in pins if not re.match(r"\S+==\S+ .*--hash=", p, re.DOTALL)]
        assert unpinned == []


def pinned(name: str) -> dict[str, str]:
    """Return the version of each package that a requirements file pins."""
    lines = (ROOT / name).read_text().split("\n")
    pins = (line.split()[0].split("==") for line in lines if "==" in line)
    return {canonicalize_name(package): version for package, version in pins}


def test_the_pins_are_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-build.txt": groups["build"] + project["build-system"]["requires"],
        "requirements-dev.txt": [*project["project"]["dependencies"], *groups["dev"]],
    }
    for name, requirements in asked.items():
        for requirement in (Requirement(text) for text in requirements if isinstance(text, str)):
            version = pinned(name)[canonicalize_name(requirement.name)]
            assert version in requirement.specifier, requirement
        assert pinned(name).items() <= pinned("requirements-dev.txt").items()


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    assert found(MACHINE) == []


@pytest.mark.parametrize("kind", SECRETS)
def test_no_file_holds_a_secret(kind: str) -> None:
    harmless = (HISTORIES, *INVENTED)
    assert [f for f in found(SECRETS[kind]) if not any(h in f for h in harmless)] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRY, "--extra-index" + "-url x"),
        (MACHINE, "see /ho" + "me/ann/notes"),
        (SECRETS["a private key"], "-----BEGIN " + "EC PRIVATE KEY-----"),
        (SECRETS["a key of ours"], "RJ_KEY_" + "SEAL=" + "A" * 43 + "="),
        (SECRETS["a password in an address"], "postgresql" + "://rj:hunter2" + "@db/rj"),
        (SECRETS["a password"], "password" + ' = "correct-horse"'),
    ],
)
def test_each_search_finds_what_it_is_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def mapped() -> set[str]:
    """Return the names at the left of the README's map."""
    section = README.split("## Map", 1)[1].split("```")[1]
    return {line.split()[0].rstrip("/") for line in section.strip().split("\n")}


def test_the_readme_maps_every_folder_and_module_and_no_others() -> None:
    there = {path.relative_to(ROOT).parts[0] for path in files()}
    folders_and_modules = {
        name for name in there if (ROOT / name).is_dir() or name.endswith(".py")
    } - {".ci"}
    assert folders_and_modules - mapped() == set()
    assert mapped() - there == set()


def test_every_link_in_the_documents_leads_somewhere() -> None:
    documents = [path for path in files() if path.suffix == ".md"]
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in documents
        for target in re.findall(r"\]\((?!\w+:)([^)#]+)[^)]*\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert broken == []


def rows() -> dict[str, list[str]]:
    """Return the cells of each row of the guide's table of settings, by variable."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GUIDE.split("\n")
        if line.startswith("| `RJ_")
    ]
    return {row[0].strip("`"): row for row in cells if "RJ_KEY_" not in row[0]}


def fields(model: type[BaseModel], prefix: str = "RJ_") -> Iterator[tuple[str, object]]:
    """Yield (variable, default) of every setting, those inside settings too."""
    for name, field in model.model_fields.items():
        if isinstance(field.default, BaseModel):
            yield from fields(type(field.default), f"{prefix}{name.upper()}__")
        else:
            yield prefix + name.upper(), field.default


def _row(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude_defaults=True)


def shown(default: object) -> str:
    """Return a setting's default as the guide shows it."""
    if default in (None, ""):
        return "—"
    if isinstance(default, frozenset):
        default = sorted(default)
    if isinstance(default, bool | tuple | list | dict):
        return f"`{json.dumps(default, default=_row)}`"
    return f"`{default}`"


def test_the_operators_guide_lists_every_setting_with_its_default() -> None:
    said = {name: row[1] for name, row in rows().items()}
    assert said == {name: shown(default) for name, default in fields(Settings)}


def test_every_setting_is_explained() -> None:
    assert [name for name, row in rows().items() if len(row) < 3 or len(row[2]) < 10] == []


def test_the_readme_opens_with_the_two_commands_that_the_makefile_has() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert README.index("make up") < README.index("make test") < README.index("## Map")


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    records = sorted((ROOT / "docs" / "decisions").iterdir())
    numbers = [record.name[:4] for record in records]
    assert numbers == [f"{n:04}" for n in range(1, len(records) + 1)]
    assert [r.name for r in records if not r.read_text().startswith(f"# {r.name[:4]} ")] == []
