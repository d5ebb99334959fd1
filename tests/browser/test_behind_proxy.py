"""Below a path of another host, and behind TLS: does every address lead there? nginx strips the path at one port and leaves it
at the other, which speaks TLS."""

import re
import ssl
import subprocess
import urllib.request
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Reader, reader_in
from tests.conftest import PAGES, program
from tests.served import free_port, running, wait_until_healthy

pytestmark = [pytest.mark.browser, pytest.mark.flat]
PREFIX = "/kw"
CONFIG = """events {{}} pid nginx.pid; http {{ access_log off; {folders}
  map $http_upgrade $connection_for {{ "" ""; default upgrade; }}
  proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_for;
  server {{ listen {strips}; location /kw/ {{ proxy_pass {server}/; }} location = /kw {{ proxy_pass {server}; }} }}
  server {{ listen {leaves} ssl; ssl_certificate own.pem; ssl_certificate_key own.key; location /kw {{ proxy_pass {server}; }} }}
}}"""
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# Where an answer names another address: in HTML, in a style sheet, in XML and in JSON.
NAMED = re.compile(
    r"""(?:href|src|content|poster)=["']([^"'#][^"']*)["']|url\(([^)'"]+)\)|<loc>([^<]+)</loc>|"(https?://localhost[^"\\\\]*)\""""
)
PLAIN_TEXT = ("text/html", "text/css", "application/json", "application/xml", "application/ld+json", "text/plain")
# What is followed of addresses that differ by their choices alone: the first of each path.
MOST_OF_PATH = 1
UNVERIFIED = ssl._create_unverified_context()


class Answer(NamedTuple):
    address: str
    status: int
    kind: str
    text: str
    cookies: list[str]


class Proxies(NamedTuple):
    """Where the dashboard is found: below a path that nginx strips, and below one that it leaves, over TLS."""

    strips: str
    leaves: str


@pytest.fixture(scope="module")
def proxies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxies]:
    folder = tmp_path_factory.mktemp("proxied")
    nginx = program("nginx", why="it shows the dashboard below a path (Debian's nginx-light)")
    openssl = program("openssl", why="it makes the certificate of a test")
    subject = ["-subj", "/CN=localhost", "-keyout", "own.key", "-out", "own.pem"]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    with running(folder / "outside.log", STREAMLIT_SERVER_BASE_URL_PATH=PREFIX.strip("/")) as served:
        ports = {"strips": free_port(), "leaves": free_port()}
        folders = "".join(f"{name}_temp_path {folder}/{name};" for name in FOLDERS)
        (folder / "nginx.conf").write_text(CONFIG.format(server=served.address, folders=folders, **ports), "utf-8")
        process = subprocess.Popen([nginx, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;"])
        try:
            wait_until_healthy(f"http://localhost:{ports['strips']}{PREFIX}", process)
            yield Proxies(f"http://localhost:{ports['strips']}", f"https://localhost:{ports['leaves']}")
        finally:
            process.terminate()
            process.wait(timeout=10)
        assert "Traceback" not in served.said()


def asked(address: str) -> Answer:
    try:
        with urllib.request.urlopen(address, timeout=60, context=UNVERIFIED) as answer:
            kind = answer.headers.get_content_type()
            text = answer.read().decode("utf-8", "replace") if kind in PLAIN_TEXT else ""
            return Answer(answer.url, answer.status, kind, text, answer.headers.get_all("Set-Cookie") or [])
    except HTTPError as error:
        return Answer(address, error.code, error.headers.get_content_type(), "", [])


def named_in(text: str, at: str) -> Iterator[str]:
    """Addresses that an answer names, whole; of other hosts none, and none of an answer's own examples with a placeholder."""
    for found in NAMED.finditer(text):
        name = unescape(next(group for group in found.groups() if group)).strip()
        address = urldefrag(urljoin(at, name)).url
        is_address = found[0].startswith(("href", "src", "poster", "url", "<loc", '"http')) or name.startswith(
            ("http", "/")
        )
        if is_address and urlsplit(address).hostname == "localhost" and "{" not in address:
            yield address


def crawled(start: list[str]) -> dict[str, Answer]:
    """All addresses that can be reached from these, each with its answer; of one path and its choices the first."""
    waiting, found, of_path = list(start), {}, dict.fromkeys(start, 0)
    while waiting:
        address = waiting.pop()
        found[address] = asked(address)
        if found[address].kind not in PLAIN_TEXT:
            continue
        for other in named_in(found[address].text, found[address].address):
            path = re.sub(r"/data/v1/\w+/[^/]+\.json", "/row", other.split("?")[0])
            if other not in found and other not in waiting and of_path.setdefault(path, 0) < MOST_OF_PATH:
                of_path[path] += 1
                waiting.append(other)
    return found


@pytest.mark.parametrize("way", Proxies._fields)
def test_every_address_that_pages_and_files_name_is_below_the_path_and_answers(proxies: Proxies, way: str) -> None:
    host = getattr(proxies, way)
    start = [
        f"{host}{PREFIX}/{path}" for path in (*PAGES, "data/v1/", "sitemap.xml", "robots.txt", "print/counts-over-time")
    ]
    files = [
        f"{host}{PREFIX}/data/v1/{name}" for name in ("figures.json?panel=headlines", "openapi.json", "events.html")
    ]
    found = crawled([*start, *files, f"{host}{PREFIX}"])
    assert [address for address in found if not address.startswith(f"{host}{PREFIX}")] == []
    assert {address: answer.status for address, answer in found.items() if answer.status != 200} == {}
    kinds = {urlsplit(address).path.rpartition(".")[2]: answer.kind for address, answer in found.items()}
    assert (kinds["css"], kinds["woff2"], kinds["csv"]) == ("text/css", "font/woff2", "text/csv")
    assert kinds["js"].endswith("javascript")
    assert len(found) > 150


def test_cookies_that_came_over_tls_go_over_tls_alone(proxies: Proxies) -> None:
    plain, over_tls = (asked(f"{host}{PREFIX}/_stcore/health").cookies for host in proxies)
    assert over_tls and all("Secure" in cookie for cookie in over_tls)
    assert plain and not any("Secure" in cookie for cookie in plain)


@pytest.mark.parametrize("way", Proxies._fields)
def test_a_reader_filters_shares_and_downloads_below_the_path(browser: Browser, proxies: Proxies, way: str) -> None:
    base = f"{getattr(proxies, way)}{PREFIX}"
    with browser.new_context(ignore_https_errors=True, accept_downloads=True) as context:
        reader: Reader = reader_in(context, base)
        reader.open("recovery-map?asof=2020-01-01")
        reader.draws_whole()
        reader.page.get_by_role("link", name="Timeline", exact=True).first.click()
        expect(reader.page).to_have_url(f"{base}/mission-timeline?asof=2020-01-01")
        reader.settled()
        reader.page.locator(".st-key-preset").get_by_role("radio", name="prisoners").click()
        expect(reader.page).to_have_url(re.compile("preset=prisoners"))
        reader.page.get_by_role("button", name="Share", exact=True).click()
        expect(reader.page.locator(".st-key-share code").first).to_contain_text(f"{base}/mission-timeline?")
        reader.page.keyboard.press("Escape")
        reader.page.locator(".st-key-timeline-panel-take button").click()
        expect(reader.page.get_by_role("dialog").locator("code").first).to_contain_text(f"{base}/data/v1/events.csv?")
        with reader.page.expect_download() as download:
            reader.page.get_by_role("dialog").get_by_role("link", name="CSV", exact=True).click()
        assert download.value.suggested_filename.endswith(".csv")
        reader.saw_no_trouble()
