"""The path below which a proxy shows the dashboard is a path of its own, and headers are believed of known proxies alone."""

from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import config
from uvicorn import Config, Server

from components.server.behind_proxy import SETTING, BehindProxy, TrustedProxies, read_prefix, trusted_proxies
from components.server.hosts import SettingBroken, base_url
from tests.asked import asked
from tests.conftest import in_a_loop
from tests.served import Answer, spoken


def where(request: Request) -> Response:
    return PlainTextResponse(f"{base_url(request)} {request.url.path}")


def away(request: Request) -> Response:
    return RedirectResponse(request.query_params["to"])


APP = Starlette(routes=[Route("/here/{rest:path}", where), Route("/away", away)])


def proxied(
    path: str, prefix: str = "/kw", client: str = "::1", headers: dict[str, str] | None = None, **environment: str
) -> Answer:
    """The answer below a prefix to a request from this client."""
    app = TrustedProxies(BehindProxy(APP, prefix), trusted_proxies(environment))  # type: ignore[arg-type]
    return in_a_loop(asked(app, path, headers, "example.org", client))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("prefix", "path", "seen"),
    [
        ("/kw", "/kw/here/", "/kw /here/"),
        ("/kw", "/here/", "/kw /here/"),
        ("/kw", "/here/kw/", "/kw /here/kw/"),
        ("/tools/kw", "/tools/kw/here/a", "/tools/kw /here/a"),
        ("/%EC%A0%84", "/%EC%A0%84/here/%EC%A0%84", "/%EC%A0%84 /here/전"),
        ("", "/here/", " /here/"),
    ],
)
def test_the_path_is_taken_off_once_and_known_as_the_place_where_the_dashboard_begins(
    prefix: str, path: str, seen: str
) -> None:
    assert proxied(path, prefix).text == f"http://example.org{seen}"


@pytest.mark.parametrize(
    ("to", "goes"),
    [
        ("/print?a=1", "/kw/print?a=1"),
        ("http://example.org/x", "http://example.org/kw/x"),
        ("x", "x"),
        ("//evil.example/x", "//evil.example/x"),
    ],
)
def test_a_redirect_goes_below_the_path(to: str, goes: str) -> None:
    assert proxied(f"/kw/away?{urlencode({'to': to})}").headers["location"] == goes


def test_the_path_alone_leads_to_the_page_below_it() -> None:
    answer = proxied("/kw?asof=2012")
    assert (answer.status, answer.headers["location"]) == (308, "/kw/?asof=2012")


@pytest.mark.parametrize(
    ("client", "setting", "scheme"),
    [
        ("127.0.0.1", "", "https"),
        ("::1", "", "https"),
        ("::ffff:127.0.0.1", "", "https"),
        ("10.1.2.3", "", "http"),
        ("10.1.2.3", "10.1.0.0/16", "https"),
        ("::ffff:10.1.2.3", "10.1.0.0/16", "https"),
        ("10.2.2.3", "10.1.0.0/16", "http"),
        ("127.0.0.1", "10.1.0.0/16", "http"),
    ],
)
def test_that_a_proxy_speaks_tls_is_believed_of_the_proxies_that_are_named(
    client: str, setting: str, scheme: str
) -> None:
    environment = {"FORWARDED_ALLOW_IPS": setting} if setting else {}
    answer = proxied("/kw/here/", client=client, headers={"x-forwarded-proto": "https"}, **environment)
    assert answer.text.startswith(f"{scheme}://example.org/kw")


@pytest.mark.parametrize(
    ("written", "scheme"),
    [("https", "https"), ("HTTPS", "https"), ("https, http", "https"), ("http,https", "http"), ("gopher", "http")],
)
def test_of_several_proxies_that_one_is_believed_which_the_browser_asked(written: str, scheme: str) -> None:
    for client, believed in (("127.0.0.1", scheme), ("10.1.2.3", "http")):
        answer = proxied("/kw/here/", client=client, headers={"x-forwarded-proto": written})
        assert answer.text.startswith(f"{believed}://example.org/kw")


def test_a_proxy_that_names_its_reader_is_still_known_as_the_proxy(server: str) -> None:
    """uvicorn's own middleware would put the address of the reader in the place of the proxy's before the dashboard is asked."""
    forwarded = {"X-Forwarded-Proto": "HTTPS, http", "X-Forwarded-For": "203.0.113.9"}
    assert "Sitemap: https://" in spoken(server, "GET", "/robots.txt", forwarded).text


def test_proxies_that_are_named_to_uvicorn_are_believed_and_its_own_middleware_is_left_out() -> None:
    running = Server(Config(APP, forwarded_allow_ips="10.1.2.3", log_level="critical"))
    assert trusted_proxies({}, running) == ["10.1.2.3", "::ffff:10.1.2.3/128"]
    running.config.load()
    assert running.config.loaded_app is APP


@pytest.mark.parametrize(("setting", "prefix"), [("kw", "/kw"), ("/tools/kw/", "/tools/kw"), ("", ""), ("/", "")])
def test_the_setting_is_read_however_its_slashes_are(setting: str, prefix: str) -> None:
    config.set_option(SETTING, setting)
    assert read_prefix() == prefix and config.get_option(SETTING) in ("", "/")


@pytest.mark.parametrize("setting", ["path", "data/kw", "_stcore", "a b", "kw?x"])
def test_a_path_that_is_one_of_our_own_addresses_is_refused_with_what_would_be_right(setting: str) -> None:
    config.set_option(SETTING, setting)
    try:
        with pytest.raises(SettingBroken, match="Right would be kw"):
            read_prefix()
    finally:
        config.set_option(SETTING, "")
