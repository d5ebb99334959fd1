"""Which names may the dashboard be asked at, and which may show it in a frame? Two settings of whoever hosts it."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

ALLOWED, EMBED = "ALLOWED_HOSTS", "EMBED_HOSTS"
NAME = r"(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*"
EXPECTED = {
    ALLOWED: (re.compile(rf"\*|{NAME}"), "dashboard.example.org, *.example.org, or * for any"),
    EMBED: (
        re.compile(rf"(https?://)?{NAME}(:\d+)?"),
        "https://www.example.org, *.example.org or localhost:8080",
    ),
}


class SettingBroken(Exception):
    """A setting that cannot be meant, with what would be right."""


class Hosts(NamedTuple):
    """Names that the dashboard answers to beside localhost and numbers, and hosts whose pages may frame it."""

    allowed: tuple[str, ...] = ()
    embed: tuple[str, ...] = ()

    def answer_to(self, host: str) -> bool:
        """True where a Host header names this server.

        Numbers and localhost always do: no outsider can make a name of his own lead to a page that a browser takes for
        one of theirs. Any other name could be made to lead here (DNS rebinding), so that it must be a setting.
        """
        name = _name_in(host)
        return name != "" and (name == "localhost" or _is_number(name) or any(_fits(name, one) for one in self.allowed))


def read_hosts(environment: Mapping[str, str]) -> Hosts:
    """The two settings, written with commas or spaces between names. SettingBroken names the part that is wrong."""
    return Hosts(_names(environment, ALLOWED), _names(environment, EMBED))


def _names(environment: Mapping[str, str], setting: str) -> tuple[str, ...]:
    right, example = EXPECTED[setting]
    names = tuple(re.split(r"[\s,]+", environment.get(setting, "").strip().lower()))
    wrong = [name for name in names if name and not right.fullmatch(name)]
    if wrong:
        raise SettingBroken(f"{setting} holds “{wrong[0][:80]}”, which is no host. Right would be {example}.")
    return tuple(name for name in names if name)


def _name_in(host: str) -> str:
    """The name in a Host header without its port; empty where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return ""
    alone = parts.netloc == host and not parts.username and not parts.password
    return (parts.hostname or "").rstrip(".") if alone else ""


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _fits(name: str, allowed: str) -> bool:
    return allowed == "*" or name == allowed or (allowed.startswith("*.") and name.endswith(allowed[1:]))
