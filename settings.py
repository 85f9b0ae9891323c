"""Every setting of the service, typed; entry points read it, nothing else does.

Each is an environment variable with the prefix `RJ_`: `data` is `RJ_DATA`. The operator's guide
lists them all.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from domain.handling import CODE, Handling, Handlings
from domain.matrix import Matrix
from domain.record import Regime
from domain.waits import Limits
from domain.words import InterventionType

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNTIME_FILE = "up.json"
"""Written by `rj up` into the data folder: where the Temporal server listens, and its own id."""


class Settings(BaseSettings):
    """Where everything is and how it behaves. Times are in seconds unless they say otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="RJ_",
        env_nested_delimiter="__",
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    data: Path = Field(
        default=Path("~/.local/share/rj"), description="folder of the embedded default's databases"
    )
    keys: Path | None = Field(
        default=None, description="folder of the key files; outside the data folder if left out"
    )
    log_url: str = Field(default="", description="event log: postgresql://…; a file if left out")
    vault_url: str = Field(default="", description="vault: postgresql://…; a file if left out")
    vault_keys_url: str = Field(default="", description="the vault's data keys, apart from it")
    keys_backup_days: int = Field(
        default=30,
        ge=1,
        le=366,
        description="how long backups of the data keys are kept: an erasure is final when the last "
        "one with its key is gone",
    )
    keys_backups: Path | None = Field(
        default=None,
        description="folder of the backups of the data keys, which `rj erased` looks through",
    )
    access_url: str = Field(default="", description="access log and refusals")
    access_spool: Path | None = Field(
        default=None, description="file that takes looks while the access log cannot be written"
    )
    access_days: int = Field(
        default=731,
        ge=183,
        le=3660,
        description="how long who looked at what is kept: half a year at least, so that a misuse "
        "that comes out late can still be followed",
    )
    access_review_days: int = Field(
        default=91, ge=7, le=366, description="how often the access log is reviewed, at the latest"
    )
    access_many: int = Field(
        default=20,
        ge=2,
        le=1000,
        description="cases that one person opens within an hour, from which it is told",
    )
    views_url: str = Field(default="", description="read models and outbox")

    temporal_address: str = Field(
        default="", description="host:port; what `rj up` started on this folder if left out"
    )
    up_port: int | None = Field(
        default=None, ge=1, le=65535, description="port of the Temporal server that `rj up` starts"
    )
    up_ui_port: int | None = Field(
        default=None, ge=1, le=65535, description="port of its web UI; free ones if left out"
    )
    temporal_namespace: str = "rj"
    task_queue: str = "rj"

    heartbeat: Path | None = Field(
        default=None, description="file that a worker touches while it is well"
    )
    log_format: Literal["pretty", "json"] = "pretty"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    notary: bool = Field(
        default=True,
        description="whether the worker signs checkpoints of the log; not where a notary of its "
        "own does",
    )
    notary_name: str = Field(
        default="restorative-justice/log",
        pattern=r"^[^\s+]{1,100}$",
        description="how its checkpoints name the log: a URL without its scheme, yours alone",
    )
    notary_keys: str = Field(
        default="", description="public keys of the notary, where its own key is not"
    )
    checkpoints: Path | None = Field(
        default=None, description="folder of the checkpoints; in the key folder if left out"
    )
    checkpoints_copy: Path | None = Field(
        default=None, description="a second folder of them, on another disk or machine"
    )
    checkpoints_to_output: bool = Field(
        default=False, description="whether each is written to standard output too"
    )
    checkpoint_every: float = Field(
        default=30.0, ge=1, le=86_400, description="at most so often when the log has grown"
    )
    checkpoint_daily_at: int = Field(
        default=3,
        ge=0,
        le=23,
        description="hour, Europe/London, after which all is reckoned anew and signed each day",
    )

    notices: bool = Field(default=True, description="whether staff are told what is theirs to do")
    notices_folder: Path | None = Field(
        default=None,
        description="where notices are written to if no mail server is set; in the data folder if "
        "left out",
    )
    smtp_host: str = Field(
        default="", pattern=r"^[A-Za-z0-9.:_-]{0,253}$", description="mail server for notices"
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="its port")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection is kept from being read"
    )
    smtp_user: str = Field(default="", description="as whom to sign in there; not at all if empty")
    smtp_password: str = Field(default="", repr=False, description="the password for that")
    smtp_timeout: float = Field(
        default=20.0, ge=1, le=60, description="how long each of its answers may take"
    )
    smtp_from: str = Field(
        default="",
        pattern=r"^([A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,250})?$",
        description="the address that notices come from",
        validate_default=True,
    )
    staff_addresses: Path | None = Field(
        default=None,
        description="file of work addresses: a practitioner's reference and an address a line",
        validate_default=True,
    )

    actor: str = Field(default="", description="who acts, where --as is not given")
    allow_unverified: bool = Field(
        default=True, description="whether --as may name who acts or looks; marked unverified"
    )
    controller: str = Field(default="DERBYSHIRE_RJ", pattern=r"^[A-Z0-9_]{1,60}$")
    regime: Regime = Regime.UK_GDPR
    organisations: dict[Annotated[str, Field(pattern=CODE)], Handling] = Field(
        default={}, description="controller and regime of what comes from these organisations"
    )
    contact_point: str = "Remedi Restorative Justice Services, 0300 122 7553"

    limits: Limits = Field(
        default=Limits(), description="the service's own clocks; RJ_LIMITS__ACKNOWLEDGE=2"
    )
    competence: Matrix = Field(
        default=Matrix(),
        description="which training each act asks for, and what keeps it in date; "
        "RJ_COMPETENCE__IN_DATE__SUPERVISION_WEEKS=8",
    )
    forms: frozenset[InterventionType] = Field(
        default=frozenset(),
        description="forms of intervention that this area offers besides those that every area "
        "does; RJ_FORMS='[\"CIRCLE\"]'",
    )
    answer_within: float = Field(
        default=15.0,
        ge=0.5,
        le=300,
        description="how long the door waits for an answer: a healthy one takes a tenth of a "
        "second, and after five minutes nobody waits any more",
    )
    draft_days: int = Field(
        default=30,
        ge=1,
        le=366,
        description="unused drafts in the vault are kept this long: a day at least, so that a "
        "command that waits finds its words, and a year at most, since they serve no purpose",
    )
    continue_after_events: int = Field(
        default=1000,
        ge=20,
        le=10_000,
        description="history events after which a run is continued as new: Temporal warns from "
        "10,240 on, and ends a run that has 51,200",
    )

    @field_validator("smtp_from", "staff_addresses")
    @classmethod
    def _where_a_server_is_set(cls, value: object, info: ValidationInfo) -> object:
        if info.data.get("smtp_host") and not value:
            raise ValueError("is needed where RJ_SMTP_HOST is set")
        return value

    @property
    def handlings(self) -> Handlings:
        """Whose data are handled under which law, by the organisation that they came from."""
        default = Handling(controller=self.controller, regime=self.regime)
        return Handlings(default, self.organisations)

    @property
    def folder(self) -> Path:
        """The data folder, absolute."""
        return self.data.expanduser().resolve()

    @property
    def key_folder(self) -> Path:
        """The folder of the key files: outside the data folder unless a setting says otherwise."""
        if self.keys is not None:
            return self.keys.expanduser().resolve()
        return Path("~/.config/rj/keys").expanduser() / deployment_id(self.folder)

    @property
    def checkpoint_folders(self) -> tuple[Path, ...]:
        """The folders that checkpoints are kept in: never with the data that they vouch for."""
        first = self.checkpoints or self.key_folder / "checkpoints"
        given = [first] if self.checkpoints_copy is None else [first, self.checkpoints_copy]
        return tuple(folder.expanduser().resolve() for folder in given)

    @property
    def notice_folder(self) -> Path:
        """The folder that notices are written to where no mail server is set."""
        if self.notices_folder is not None:
            return self.notices_folder.expanduser().resolve()
        return self.folder / "notices"

    @property
    def spool(self) -> Path:
        """The file that takes looks while the access log cannot be written."""
        if self.access_spool is not None:
            return self.access_spool.expanduser().resolve()
        return self.folder / "access-spool.jsonl"

    def database(self, name: Literal["log", "vault", "vault_keys", "access", "views"]) -> str:
        """Return the URL of one of the databases: as set, or an SQLite file in the data folder."""
        given: str = getattr(self, f"{name}_url")
        if given:
            return given
        if name == "vault_keys":
            return f"sqlite:///{self.key_folder / 'vault_keys.db'}"
        return f"sqlite:///{self.folder / f'{name}.db'}"

    @property
    def has_looks(self) -> bool:
        """Whether it is known where the access log is: not where only the log is."""
        return bool(self.access_url) or not self.log_url


class Mistyped(Exception):
    """Settings that make no sense; each sentence names a variable and repeats no value."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


def from_environment(**given: Any) -> Settings:
    """Return the settings of the environment, those that are given in the place of its own.

    Only entry points call it. Raises `Mistyped`.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise Mistyped(*(_sentence(e["loc"], e["type"], e["msg"]) for e in found)) from None
    except SettingsError as error:
        # The settings' own reader says so of what is to be a list or an object.
        raise Mistyped(_not_json(str(error))) from None


def _not_json(told: str) -> str:
    field = next((name for name in _IN_JSON if f'"{name}"' in told), "limits")
    return _IN_JSON[field]


_IN_JSON = {
    "limits": "RJ_LIMITS, RJ_LIMITS__FOLLOW_UP, RJ_LIMITS__FOLLOW_UP_DAYS or one of the rows of "
    "RJ_LIMITS__RETENTION is not JSON, such as [2, 10, 30]",
    "organisations": "RJ_ORGANISATIONS is not JSON, such as "
    '{"DERBYSHIRE_POLICE": {"controller": "DERBYSHIRE_CONSTABULARY", "regime": "LE_PART3"}}',
    "forms": 'RJ_FORMS is not JSON, such as ["CIRCLE", "FAMILY_GROUP_CONFERENCE"]',
    "competence": "RJ_COMPETENCE, one of its parts or one of its lists is not JSON, such as "
    '["SUPERVISION"]',
}
"""By setting, what to say of what cannot be read."""


def _sentence(place: Sequence[str | int], kind: str, message: str) -> str:
    names = [part for part in place if isinstance(part, str)]
    variable = f"RJ_{'__'.join(names).upper()}"
    item = "".join(f", number {part + 1}" for part in place if isinstance(part, int))
    if kind == "extra_forbidden":
        return f"{variable}: there is no such setting"
    what = message.removeprefix("Value error, ")
    return f"{variable}{item}: {what[:1].lower()}{what[1:]}"


def deployment_id(folder: Path) -> str:
    """Return the id of the installation in this data folder, made on first use (8 hex bytes).

    Of several processes that begin at once, one makes it and the others read it.
    """
    path = folder / "installation.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own = folder / f".installation-{secrets.token_hex(8)}"
        own.write_text(json.dumps({"id": secrets.token_hex(8)}) + "\n")
        with suppress(FileExistsError):
            path.hardlink_to(own)
        own.unlink()
    return str(json.loads(path.read_text())["id"])
