"""Settings of the service: from the environment (`HYBROOSTER_PORT`), or a file (TOML) that `HYBROOSTER_SETTINGS` names.

All are read once, at the start; an unknown or impossible one ends the start with its name. Secrets are never printed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

FILE = "HYBROOSTER_SETTINGS"

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Issuer(_Part):
    """Somebody who says who a person is (OpenID Connect): SURFconext, a company, a broker for Entree Federatie.

    Attributes:
        name: what stands on the button.
        url: its address; `/.well-known/openid-configuration` below it is read.
        claims: which claims it gives: `surfconext`, `entree` or `company`.
        domains: mail domains whose people it may name; an account is only matched by mail within these.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    name: str
    url: AnyHttpUrl
    client_id: str
    client_secret: SecretStr
    claims: Literal["surfconext", "entree", "company"] = "company"
    domains: tuple[str, ...] = ()


class Mail(_Part):
    """How mail is sent (SMTP)."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    sender: str
    user: str = ""
    password: SecretStr = SecretStr("")
    encryption: Literal["starttls", "tls", "none"] = "starttls"


class JobLimits(_Part):
    """What one job may use, and how many run at once on one machine.

    Attributes:
        seconds: most wall time that may be asked for.
        megabytes: most memory of all its processes together (Linux).
        cores: how many cores it may use; None for all there are.
        at_once: jobs at the same time on one machine.
        attempts: how often a job whose machine died is taken up again.
    """

    seconds: Annotated[float, Field(gt=0)] = 3600
    megabytes: Annotated[int, Field(ge=300)] = 8000
    cores: Annotated[int | None, Field(ge=1)] = None
    at_once: Annotated[int, Field(ge=1)] = 1
    attempts: Annotated[int, Field(ge=1)] = 3
    keep_days: Annotated[int, Field(ge=1)] = 90
    """How long after its end the history of a job is kept; its answer stays."""


class RateLimits(_Part):
    """How often somebody may ask, in requests a minute."""

    requests: Annotated[int, Field(ge=1)] = 1200
    logins: Annotated[int, Field(ge=1)] = 20
    uploads: Annotated[int, Field(ge=1)] = 60


class ServiceSettings(BaseSettings):
    """All settings.

    Attributes:
        data: folder of the database (unless `database` is set), the jobs' own database and the key.
        database: address of a PostgreSQL database, for several machines; None for SQLite in the data folder.
        public_url: the address people reach it at; http://127.0.0.1:PORT when left out.
        key: signs cookies; made and kept in the data folder when left out. Several machines need the same one.
        host: where it listens. Beyond loopback it wants a `public_url` with https, or `behind_proxy`.
    """

    model_config = SettingsConfigDict(
        env_prefix="HYBROOSTER_", env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    data: Path = Path("hybrooster-data")
    database: SecretStr | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    public_url: AnyHttpUrl | None = None
    behind_proxy: bool = False
    key: SecretStr | None = None
    language: Literal["nl", "en"] = "nl"
    session_hours: Annotated[int, Field(ge=1, le=24 * 30)] = 12
    link_minutes: Annotated[int, Field(ge=5, le=24 * 60)] = 30
    invitation_days: Annotated[int, Field(ge=1, le=60)] = 14
    upload_megabytes: Annotated[int, Field(ge=1, le=500)] = 20
    webhooks_to_private_networks: bool = False
    jobs: JobLimits = JobLimits()
    rates: RateLimits = RateLimits()
    mail: Mail | None = None
    issuers: tuple[Issuer, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the base class's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was said on the command line, then the environment, then the file."""
        named = os.environ.get(FILE)
        file = (TomlConfigSettingsSource(settings_cls, Path(named)),) if named else ()
        return (init_settings, env_settings, *file)

    @model_validator(mode="after")
    def _is_safe(self) -> ServiceSettings:
        https = self.public_url is not None and self.public_url.scheme == "https"
        if self.host not in LOOPBACK and not https:
            raise ValueError("host beyond this machine: set public_url to the https address people reach it at")
        if len({each.id for each in self.issuers}) < len(self.issuers):
            raise ValueError("issuers: two with the same id")
        return self

    @property
    def address(self) -> str:
        """The address people reach it at, without a slash at its end."""
        return str(self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def local(self) -> bool:
        """Whether it listens on this machine only."""
        return self.host in LOOPBACK

    @property
    def secure(self) -> bool:
        """Whether people reach it over https."""
        return self.address.startswith("https://")

    @property
    def database_url(self) -> str:
        """Where everything is kept."""
        if self.database is not None:
            return self.database.get_secret_value()
        return f"sqlite:///{self.data / 'hybrooster.sqlite'}"
