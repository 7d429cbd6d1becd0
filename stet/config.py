"""All settings in force, from option, variable, stet.toml and default, in this order, each with where it came from."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import PrivateAttr
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from archive.errors import ConfigError
from crawler.outlets import Metrics, Notify, Outlets, Ping
from crawler.rules import Limits, Network, Polite, Read, Rules, Storage
from stet.keys import KEYS
from stet.layers import Layer, environment_layer, file_layer, find_file, option_layer
from stet.show import json_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """What a news source of [[sources]] keeps when it does not say: "relevant" or "all"."""

    default: str = "relevant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Nothing deletes WARCs."""

    warc: str = "forever"


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The scheduled run: seconds it may take, seconds it may wait before it starts, nights of silence before an alarm."""

    window: float = 5 * 3600.0
    start_jitter: float = 20 * 60.0
    quiet_nights: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """The published index: DuckDB file format, and the list of ids that are left out of it."""

    storage_version: str = "v1.2.0"
    withdrawn: Path = Path("withdrawn.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it stands: dotted key, value, and origin ("option", "STET_DATA", "stet.toml, line 12", "default")."""

    key: str
    value: object
    origin: str


class Config(BaseSettings):
    """Every setting of the house. Made by `load`; never changed."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    data: Path = Path("data")
    contact: str = ""
    allow_networks: tuple[str, ...] = ()
    polite: Polite = Polite()
    limits: Limits = Limits()
    network: Network = Network()
    read: Read = Read()
    storage: Storage = Storage()
    keep: Keep = Keep()
    retention: Retention = Retention()
    night: Night = Night()
    notify: Notify = Notify()
    ping: Ping = Ping()
    metrics: Metrics = Metrics()
    publish: Publish = Publish()
    sources: tuple[Mapping[str, Any], ...] = ()
    _origins: Mapping[str, str] = PrivateAttr(default_factory=dict)
    _source_places: tuple[str, ...] = PrivateAttr(default=())
    _file: Path | None = PrivateAttr(default=None)

    @property
    def file(self) -> Path | None:
        """The stet.toml that was read, if any."""
        return self._file

    @property
    def switched_off(self) -> frozenset[str]:
        """Names of the sources that stet.toml says not to visit."""
        return frozenset(str(fields["name"]) for fields in self.sources if fields.get("enabled") is False)

    def place(self, number: int) -> str:
        """Where a [[sources]] table stands: `stet.toml, line 12`."""
        return self._source_places[number]

    def settings(self) -> list[Setting]:
        """Every key with its value and origin, in the order of the documentation."""
        return [Setting(key=key, value=_value(self, key), origin=self._origins.get(key, "default")) for key in KEYS]

    @property
    def outlets(self) -> Outlets:
        """Who hears of a night."""
        return Outlets(ping=self.ping, notify=self.notify, metrics=self.metrics)

    def rules(self) -> Rules:
        """What a crawl obeys. Raises ConfigError where a list of withdrawn pages is named and not there: they would come back."""
        if (
            self._origins.get("publish.withdrawn")
            and self.publish.withdrawn.name != "withdrawn.toml"
            and not self.publish.withdrawn.is_file()
        ):
            mend = "name the list that exists; nothing is published without it"
            raise ConfigError(f"{self._origins['publish.withdrawn']}: {self.publish.withdrawn} is not there", mend=mend)
        allow = tuple(dict.fromkeys((*self.network.allow, *self.allow_networks)))
        return Rules(
            data=self.data,
            contact=self.contact,
            withdrawn=self.publish.withdrawn,
            quiet_nights=self.night.quiet_nights,
            storage_version=self.publish.storage_version,
            polite=self.polite,
            limits=self.limits,
            network=replace(self.network, allow=allow),
            read=self.read,
            storage=self.storage,
        )

    def digest(self) -> str:
        """sha256 of every setting in force, so that two nights can be told to have run under the same rules."""
        said = {setting.key: setting.value for setting in self.settings()} | {"sources": list(self.sources)}
        return "sha256:" + hashlib.sha256(json_line(said).encode()).hexdigest()


def load(
    named: Path | None = None,
    *,
    data: Path | None = None,
    options: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Config:
    """Read every layer. `named` is --config, `data` is --data, `options` other keys set on the command line. Raises ConfigError."""
    environ = os.environ if environ is None else environ
    path = find_file(named, environ)
    layers = (option_layer({"data": data, **(options or {})}), environment_layer(environ), file_layer(path))

    class Layered(Config):
        """The settings of this call: pydantic-settings lays the layers over each other, the first one on top."""

        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], *given: PydanticBaseSettingsSource, **named: PydanticBaseSettingsSource
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return tuple(InitSettingsSource(settings_cls, init_kwargs=_nested(layer)) for layer in layers)

    config = Layered()
    config._origins = {key: place for layer in reversed(layers) for key, place in layer.places.items()}
    config._source_places = layers[-1].source_places
    config._file = path
    return config


def _nested(layer: Layer) -> dict[str, Any]:
    made: dict[str, Any] = {"sources": layer.sources} if layer.sources else {}
    for key, value in layer.values.items():
        section, _, name = key.rpartition(".")
        (made.setdefault(section, {}) if section else made)[name] = value
    return made


def _value(config: Config, key: str) -> object:
    found: object = config
    for part in key.split("."):
        found = getattr(found, part)
    return found
