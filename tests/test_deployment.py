"""The deployment in containers, as far as it can be tried without an engine to run them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

import up.temporal
from keys import KeyKind
from settings import Settings
from tests.deploy.compose import (
    COMPOSE,
    OURS,
    ROOT,
    SERVICES,
    TEXT,
    VARIABLE,
    environment_of,
    filled_in,
)
from worker import GRACE

GUIDE = (ROOT / "docs" / "operators-guide.md").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()

SECRET = re.compile(r"PASSWORD|PWD|^RJ_KEY_")
STORES = {"notary": ("log", "access")}
"""What a part is told of that needs less than all stores."""
SECONDS = {"s": 1, "m": 60}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_waits_only_for_what_can_come_about(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        if how["condition"] == "service_healthy":
            own = {"test": "of the image"} if other in OURS else {}
            assert "test" in SERVICES[other].get("healthcheck", own)
        else:
            assert how["condition"] == "service_completed_successfully"
            assert SERVICES[other]["restart"].startswith("on-failure")


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_of_one_release(name: str) -> None:
    image = filled_in(SERVICES[name]["image"], {})
    assert re.fullmatch(r"[\w./-]+:\d+(\.\d+)+", image)


@pytest.mark.parametrize("name", SERVICES)
def test_only_loopback_can_be_reached_from_outside(name: str) -> None:
    ports = SERVICES[name].get("ports", [])
    assert all(str(port).startswith("127.0.0.1:") for port in ports)
    assert "inside" in SERVICES[name]["networks"]
    assert SERVICES[name]["networks"] == ["inside"] or ports


def test_the_inner_network_leads_nowhere() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_mounts_is_there(name: str) -> None:
    for volume in SERVICES[name].get("volumes", []):
        source, target, *_ = volume.split(":")
        if not source.startswith("."):
            assert source in COMPOSE["volumes"]
            continue
        assert (ROOT / source).is_dir()
        values = SERVICES[name]["environment"].values()
        named = [str(w) for w in [*SERVICES[name].get("command", []), *values]]
        files = [word.removeprefix(target) for word in named if word.startswith(target)]
        assert files
        assert all((ROOT / source / file.lstrip("/")).is_file() for file in files)


def test_every_secret_is_demanded_and_none_is_written_down() -> None:
    for service in SERVICES.values():
        for key, value in service.get("environment", {}).items():
            if SECRET.search(key):
                assert re.fullmatch(r"\$\{\w+(:\?[^}]+)?\}", value)
    secrets = [m for m in VARIABLE.finditer(TEXT) if SECRET.search(m["name"])]
    demanded = {m["name"] for m in secrets if m["how"] == ":?"}
    assert demanded == {m["name"] for m in secrets}
    assert [m["name"] for m in secrets if m["how"] == ":-"] == []


def test_the_guide_explains_every_variable() -> None:
    used = {m["name"] for m in VARIABLE.finditer(TEXT)}
    assert {name for name in used if f"`{name}`" not in GUIDE} == set()


@pytest.mark.parametrize("name", OURS)
def test_the_service_is_told_only_what_it_reads(name: str) -> None:
    fields = {f"RJ_{field.upper()}" for field in Settings.model_fields}
    keys = {f"RJ_KEY_{kind.upper()}" for kind in KeyKind} | {"RJ_KEY_SEAL_PUBLIC"}
    assert set(environment_of(name)) <= fields | keys


@pytest.mark.parametrize("name", OURS)
def test_its_settings_are_valid_and_everything_is_kept_in_postgresql(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in environment_of(name).items():
        monkeypatch.setenv(key, value)
    settings = Settings()
    for database in STORES.get(name, ("log", "vault", "vault_keys", "access", "views")):
        assert settings.database(database).startswith("postgresql://rj_")
    assert not settings.allow_unverified


@pytest.mark.parametrize("name", OURS)
def test_nothing_of_the_service_leaves_a_core_file(name: str) -> None:
    assert SERVICES[name]["ulimits"] == {"core": 0}


def test_only_the_notary_has_its_key_and_it_can_check_seals_and_make_none() -> None:
    keys = {n: {v for v in environment_of(n) if v.startswith("RJ_KEY_")} for n in OURS}
    assert [name for name in OURS if "RJ_KEY_NOTARY" in keys[name]] == ["notary"]
    assert keys["notary"] == {"RJ_KEY_NOTARY", "RJ_KEY_SEAL_PUBLIC"}
    assert "rj_notary" in environment_of("notary")["RJ_LOG_URL"]


def test_only_the_notary_may_write_where_checkpoints_are_kept() -> None:
    where = environment_of("notary")["RJ_CHECKPOINTS"]
    mounted = {n: v for n in SERVICES for v in SERVICES[n].get("volumes", []) if where in v}
    assert mounted == {"notary": f"checkpoints:{where}", "door": f"checkpoints:{where}:ro"}
    assert f"{where}\n" in DOCKERFILE


def test_only_the_migration_logs_in_as_the_owner() -> None:
    owners = [n for n in OURS if any("rj_migrator" in v for v in environment_of(n).values())]
    assert owners == ["migrate"]


def test_workers_and_the_door_share_the_spool_of_the_access_log() -> None:
    where = str(Path(environment_of("worker")["RJ_ACCESS_SPOOL"]).parent)
    mounted = {n: v for n in SERVICES for v in SERVICES[n].get("volumes", []) if where in v}
    assert mounted == {"worker": f"spool:{where}", "door": f"spool:{where}"}
    assert environment_of("door")["RJ_ACCESS_SPOOL"] == environment_of("worker")["RJ_ACCESS_SPOOL"]
    assert where in DOCKERFILE


def test_the_keys_of_the_vault_are_on_a_server_of_their_own() -> None:
    worker = environment_of("worker")
    assert worker["RJ_VAULT_URL"].split("@")[1] == "postgres/rj_vault"
    assert worker["RJ_VAULT_KEYS_URL"].split("@")[1] == "postgres-keys/rj_keys"
    assert SERVICES["postgres"]["volumes"] != SERVICES["postgres-keys"]["volumes"]


def test_the_door_and_the_worker_agree_and_only_the_worker_logs() -> None:
    worker = environment_of("worker").items()
    assert worker - environment_of("door").items() == {
        ("RJ_LOG_FORMAT", "json"),
        ("RJ_LOG_LEVEL", "info"),
    }
    assert environment_of("door").items() < worker


def test_a_worker_may_finish_what_it_is_doing() -> None:
    grace = SERVICES["worker"]["stop_grace_period"]
    assert timedelta(seconds=int(grace[:-1]) * SECONDS[grace[-1]]) > GRACE + timedelta(seconds=5)


def test_temporal_is_the_release_that_the_tests_run() -> None:
    said = re.search(r"version 1\.9, server (\d+\.\d+)", up.temporal.__doc__ or "")
    assert said
    for name in ("temporal", "temporal-schema", "temporal-namespace"):
        assert SERVICES[name]["image"].split(":")[1].startswith(f"{said[1]}.")


def test_temporal_is_configured_as_on_one_machine() -> None:
    configured = yaml.safe_load((ROOT / "deploy" / "temporal" / "dynamic.yaml").read_text())
    flat = {
        f"{key}={str(item['value']).lower()}" for key, items in configured.items() for item in items
    }
    assert flat == set(up.temporal.DYNAMIC)


def test_every_name_in_the_configuration_is_known_to_the_server() -> None:
    configured = yaml.safe_load((ROOT / "deploy" / "temporal" / "dynamic.yaml").read_text())
    server = up.temporal.binary().read_bytes()
    assert [key for key in configured if key.encode() not in server] == []
    assert b"frontend.enableServerVersionChekc" not in server


def test_the_image_runs_as_nobody_special_and_says_how_it_is() -> None:
    final = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER (?!root|0)\w+$", final, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", final, re.MULTILINE)
    assert final.rindex("USER ") < final.rindex("CMD ")


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_that_the_image_has(name: str) -> None:
    command = SERVICES[name]["command"]
    if command[0] != "rj":
        assert command[:3] == ["python", "-P", "-m"]
        assert (ROOT / f"{command[3]}.py").is_file()
    for module in re.findall(r'"-m", "(\w+)"', DOCKERFILE):
        assert (ROOT / f"{module}.py").is_file()


def test_the_image_says_where_the_worker_gives_its_sign_of_life() -> None:
    (file,) = re.findall(r"RJ_HEARTBEAT=(\S+)", DOCKERFILE)
    assert str(Path(file).parent) in SERVICES["worker"]["tmpfs"]
    given = set(re.findall(r"RJ_(\w+)=", DOCKERFILE))
    assert given <= {name.upper() for name in Settings.model_fields}


def test_no_key_would_be_inside_the_data_folder_of_the_image() -> None:
    data, keys = (Path(p) for p in re.findall(r"RJ_(?:DATA|KEYS)=(\S+)", DOCKERFILE))
    assert not keys.is_relative_to(data)


def test_nothing_is_installed_in_the_image_but_by_hash_or_from_the_source() -> None:
    installs = re.findall(r"pip (?:install|wheel)[^&\n]*(?:\\\n[^&\n]*)*", DOCKERFILE)
    assert len(installs) == 4
    assert all("--require-hashes" in i or "--no-index" in i for i in installs)
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["python:3.13-slim-bookworm"] * 2
