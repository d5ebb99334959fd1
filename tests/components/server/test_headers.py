"""Does every answer carry the headers, and do the settings of whoever hosts it hold?"""

import os
import re
import subprocess
import sys

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import dashboard
from components import assets
from components.frame import scripts
from components.server import headers
from components.server.gate import Gate
from components.server.hosts import Hosts, SettingBroken, base_url, read_hosts
from tests.asked import asked
from tests.conftest import in_a_loop
from tests.served import ROOT, spoken

EXPECTED = {
    "content-security-policy": re.compile(r"default-src 'self'; .*frame-ancestors 'self'$"),
    "x-content-type-options": re.compile("nosniff"),
    "referrer-policy": re.compile("same-origin"),
    "permissions-policy": re.compile(r"camera=\(\), "),
    "x-frame-options": re.compile("SAMEORIGIN"),
}
# A tag of a script that runs: a block of data for programs does not.
SCRIPT_TAG = re.compile(r"<script(?! type=.application/ld)")
FRAME = re.findall(r"\./(static/[\w./-]+)", dashboard.INDEX.read_text(encoding="utf-8"))
# Every kind of answer: the frame, pages that are not found, files of the site, Streamlit's files and its own routes, rows in every way, refusals, errors, redirects.
ANSWERS = [
    ("GET", "/", 200),
    ("HEAD", "/", 200),
    ("GET", "/counts-over-time", 200),
    ("GET", "/no-such-page", 404),
    ("HEAD", "/no-such-page", 404),
    ("GET", "/overview", 308),
    ("GET", "/counts-over-time/", 301),
    *[("GET", f"/{path}", 200) for path in ("favicon.png", "robots.txt", "sitemap.xml", ".well-known/security.txt")],
    *[("GET", f"/{path}", 200) for path in (FRAME[0], FRAME[1], FRAME[-1])],
    ("GET", "/static/js/none.js", 404),
    ("POST", "/", 405),
    ("GET", "/_stcore/health", 200),
    ("OPTIONS", "/_stcore/health", 204),
    ("GET", "/_stcore/host-config", 200),
    ("GET", "/_stcore/metrics", 200),
    ("GET", "/_stcore/none", 404),
    ("GET", "/_stcore/stream", 404),
    ("GET", "/_stcore/agent/openapi.json", 200),
    ("POST", "/_stcore/agent/interact", 403),
    ("POST", "/_stcore/agent/mcp", 400),
    ("PUT", "/_stcore/upload_file/a/b", 403),
    ("GET", "/media/none.png", 404),
    ("GET", "/component/none/index.html", 404),
    ("GET", "/assets/plotly.min.js", 200),
    ("GET", "/geo/countries.geojson", 200),
    ("GET", "/geo/none", 404),
    ("GET", "/print/counts-over-time", 200),
    ("GET", "/print/none", 404),
    ("GET", "/data/v1", 307),
    ("GET", "/data/v1/", 200),
    ("HEAD", "/data/v1/figures.csv", 200),
    *[
        ("GET", f"/data/v1/figures.{kind}?panel=unaccounted-for", 200)
        for kind in ("csv", "xlsx", "json", "zip", "html", "pptx", "svg", "png")
    ],
    ("GET", "/data/v1/datapackage.json", 200),
    ("GET", "/data/v1/figures/BRF-002.json", 200),
    ("GET", "/data/v1/none.csv", 404),
    ("GET", "/data/v1/figures.none", 404),
    ("GET", "/data/v1/figures.csv?asof=never", 400),
    ("GET", "/data/v1/path.pptx?path=none", 400),
    ("POST", "/data/v1/figures.csv", 405),
    ("OPTIONS", "/data/v1/figures.csv", 204),
    ("BREW", "/data/v1/", 405),
    ("GET", "/data/v1/%00.csv", 400),
    ("GET", "/../etc/passwd", 400),
    ("GET", "//host/share", 400),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS, ids=lambda part: str(part))
def test_every_kind_of_answer_carries_the_headers(server: str, method: str, path: str, status: int) -> None:
    answer = spoken(server, method, path)
    assert answer.status == status, answer.text
    for name, right in EXPECTED.items():
        assert right.search(answer.headers.get(name, "")), (name, answer.headers)


def test_an_answer_that_is_not_modified_carries_the_headers(server: str) -> None:
    tag = spoken(server, "GET", "/data/v1/figures.csv").headers["etag"]
    answer = spoken(server, "GET", "/data/v1/figures.csv", {"If-None-Match": tag})
    assert answer.status == 304
    assert EXPECTED.keys() <= answer.headers.keys()


def test_a_refused_websocket_carries_the_headers(server: str) -> None:
    answer = spoken(server, "GET", "/_stcore/stream", asking_for_a_websocket("http://elsewhere.example"))
    assert answer.status == 403
    assert EXPECTED.keys() <= answer.headers.keys()


def asking_for_a_websocket(origin: str) -> dict[str, str]:
    return {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Origin": origin,
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": "streamlit",
    }


def test_an_error_of_the_server_carries_the_headers_and_tells_nothing_of_its_cause() -> None:
    async def fail(request: Request) -> Response:
        raise ValueError("a secret of the server")

    wanted = headers.response_headers([])
    app = Starlette(routes=[Route("/", fail)], middleware=[Middleware(headers.HeadersMiddleware, headers=wanted)])
    answer = in_a_loop(asked(app, "/"))
    assert answer.status == 500
    assert {name.lower() for name in wanted} <= answer.headers.keys()
    assert "secret" not in answer.text


def test_no_inline_script_runs_but_those_whose_hash_the_policy_holds(server: str) -> None:
    scripts = spoken(server, "GET", "/").headers["content-security-policy"].split("script-src ")[1].split(";")[0]
    assert "'unsafe-inline'" not in scripts and "'unsafe-eval'" not in scripts and "*" not in scripts
    assert scripts.count("'sha256-") == len(dashboard.SCRIPTS)


def test_every_script_file_is_in_the_policy_and_no_component_writes_another() -> None:
    """The one-file copy is left out: it is saved, and opened without this server and its headers."""
    ours = {name: text for name, text in assets.TEXTS.items() if name.endswith(".js") and name != "one_page.js"}
    assert [name for name, text in ours.items() if not any(text in script for script in dashboard.SCRIPTS)] == []
    for path in sorted((ROOT / "components").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert path.stem in ("one_page", "headers", "scripts", "index_head", "index_page") or not SCRIPT_TAG.search(
            text
        ), path
    assert set(headers.inline_scripts(scripts.MARKUP)) <= set(dashboard.SCRIPTS)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("EMBED_HOSTS", "https://example.org; script-src *"),
        ("EMBED_HOSTS", "example.org 'unsafe-inline'"),
        ("EMBED_HOSTS", "javascript:alert(1)"),
        ("EMBED_HOSTS", "https://example.org/page"),
        ("EMBED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "https://example.org"),
        ("ALLOWED_HOSTS", "example.org:8501"),
        ("ALLOWED_HOSTS", "exa mple..org"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_with_what_would_be_right(setting: str, value: str) -> None:
    with pytest.raises(SettingBroken, match=f"^{setting} holds “.+”, which is no host. Right would be "):
        read_hosts({setting: value})


@pytest.mark.slow
def test_a_broken_setting_stops_the_start_with_one_sentence() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", "0"]
    environment = os.environ | {"EMBED_HOSTS": "two;words"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "EMBED_HOSTS holds “two;words”, which is no host." in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("host", "allowed", "answers"),
    [
        ("localhost:8501", (), True),
        ("127.0.0.1", (), True),
        ("[::1]:8501", (), True),
        ("192.168.1.20:8501", (), True),
        ("evil.example", (), False),
        ("localhost.evil.example", (), False),
        ("127.0.0.1.evil.example", (), False),
        ("evil.example#localhost", (), False),
        ("localhost@evil.example", (), False),
        ("localhost:port", (), False),
        ("[::1%eth0]", (), False),
        ("", (), False),
        ("a.example.org", ("*.example.org",), True),
        ("example.org", ("*.example.org",), False),
        ("anyexample.org", ("*.example.org",), False),
        ("EXAMPLE.org.", ("example.org",), True),
        ("any.example", ("*",), True),
    ],
)
def test_a_host_is_answered_where_it_is_a_number_localhost_or_in_the_setting(
    host: str, allowed: tuple[str, ...], answers: bool
) -> None:
    assert Hosts(allowed).is_allowed(host) is answers


@pytest.mark.parametrize("host", ["localhost", "localhost:", "[::1]:", "localhost:8611"])
def test_a_port_that_is_announced_and_not_named_gives_no_other_address(host: str) -> None:
    async def where(request: Request) -> Response:
        return Response(base_url(request))

    app = Gate(Starlette(routes=[Route("/", where)]), Hosts())
    assert in_a_loop(asked(app, "/", host=host)).text == f"http://{host.removesuffix(':')}"


def test_a_request_that_is_not_refused_passes_the_gate_untouched() -> None:
    seen = []

    async def app(scope: dict[str, object], receive: object, send: object) -> None:
        seen.append(scope)

    gate = Gate(app, Hosts())  # type: ignore[arg-type]
    scopes = [
        {"type": "lifespan"},
        {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"host", b"localhost:1")]},
        {"type": "http", "path": "/data/v1/", "method": "GET", "headers": [(b"host", b"localhost:1")]},
    ]
    for scope in scopes:
        step = gate(scope, None, None)  # type: ignore[arg-type]
        with pytest.raises(StopIteration):
            step.send(None)  # type: ignore[attr-defined]
    assert [id(scope) for scope in seen] == [id(scope) for scope in scopes]
