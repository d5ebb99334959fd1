"""Which names may the dashboard be asked at, and which may show it in a frame? Two settings of whoever hosts it."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import Scope

# Under this name the middleware of the prefix leaves it in the scope of a request.
PREFIX = "path_prefix"
ALLOWED, EMBED = "ALLOWED_HOSTS", "EMBED_HOSTS"
NAME = r"(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*"
FORMATS = {
    ALLOWED: (re.compile(rf"\*|{NAME}"), "dashboard.example.org, *.example.org, or * for any"),
    EMBED: (
        re.compile(rf"(https?://)?{NAME}(:\d+)?"),
        "https://www.example.org, *.example.org or localhost:8080",
    ),
}


def base_url(request: Request) -> str:
    """Where the dashboard begins for who asks: scheme, host and the prefix of a proxy, as http://localhost:8501 or https://example.org/kw."""
    return f"{request.url.scheme}://{request.url.netloc}{prefix_of(request.scope)}"


def prefix_of(scope: Scope) -> str:
    """The path below which a proxy shows the dashboard, as /kw; empty where it has a host of its own."""
    return str(scope.get(PREFIX, ""))


class SettingBroken(Exception):
    """A setting that holds no host name; the message says what would be right."""


class Hosts(NamedTuple):
    """Names that the dashboard answers to beside localhost and IP addresses, and hosts whose pages may frame it."""

    allowed: tuple[str, ...] = ()
    embed: tuple[str, ...] = ()

    def is_allowed(self, host: str) -> bool:
        """True where a Host header names this server.

        IP addresses and localhost always do: no outsider can make a name of his own lead to a page that a browser takes for
        one of theirs. Any other name could be made to lead here (DNS rebinding), so that it must be a setting.
        """
        name = _host_name(host)
        return name != "" and (
            name == "localhost" or _is_ip_address(name) or any(_matches(name, pattern) for pattern in self.allowed)
        )


def read_hosts(environment: Mapping[str, str]) -> Hosts:
    """The two settings, written with commas or spaces between names. SettingBroken names the part that is wrong."""
    return Hosts(_read_setting(environment, ALLOWED), _read_setting(environment, EMBED))


def _read_setting(environment: Mapping[str, str], setting: str) -> tuple[str, ...]:
    pattern, example = FORMATS[setting]
    names = tuple(re.split(r"[\s,]+", environment.get(setting, "").strip().lower()))
    wrong = [name for name in names if name and not pattern.fullmatch(name)]
    if wrong:
        raise SettingBroken(f"{setting} holds “{wrong[0][:80]}”, which is no host. Right would be {example}.")
    return tuple(name for name in names if name)


def _host_name(host: str) -> str:
    """The name in a Host header without its port; empty where the header is malformed."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return ""
    is_bare = parts.netloc == host and not parts.username and not parts.password
    return (parts.hostname or "").rstrip(".") if is_bare else ""


def _is_ip_address(name: str) -> bool:
    """True for a number; false with a zone of this machine in it, which no browser sends."""
    if "%" in name:
        return False
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _matches(name: str, pattern: str) -> bool:
    return pattern == "*" or name == pattern or (pattern.startswith("*.") and name.endswith(pattern[1:]))
