"""Pages of other sites may read the data, and what is refused of them; of all else here they may read nothing."""

import pytest

from tests.served import spoken

ORIGIN = {"Origin": "https://elsewhere.example"}
ASKED = [
    ("GET", "/data/v1/figures.csv?panel=claims", 200),
    ("GET", "/data/v1/", 200),
    ("GET", "/data/v1", 307),
    ("GET", "/data/v1/none.csv", 404),
    ("GET", "/data/v1/figures/none.json", 404),
    ("GET", "/data/v1/a/b/c", 404),
    ("GET", "/data/v1/figures.csv?asof=never", 400),
    ("GET", "/data/v1/path.pptx?path=x", 400),
    ("GET", "/data/v1/%00.csv", 400),
    ("DELETE", "/data/v1/figures.csv", 405),
    ("POST", "/data/v1", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
def test_every_answer_at_an_address_of_the_data_may_be_read_from_any_page(
    server: str, method: str, path: str, status: int
) -> None:
    answer = spoken(server, method, path, ORIGIN)
    assert answer.status == status and answer.headers["access-control-allow-origin"] == "*"
    shown = answer.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Content-Disposition", "Content-Range"} <= set(shown)
    assert "access-control-allow-credentials" not in answer.headers


def test_what_has_not_changed_may_be_read_too(server: str) -> None:
    tag = spoken(server, "GET", "/data/v1/figures.csv").headers["etag"]
    answer = spoken(server, "GET", "/data/v1/figures.csv", ORIGIN | {"If-None-Match": tag})
    assert answer.status == 304 and answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/data/v1", "/data/v1/", "/data/v1/figures.csv", "/data/v1/figures/BRF-002.json"])
def test_a_browser_that_asks_first_is_told_what_it_may_send(server: str, path: str) -> None:
    asks = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match, range"}
    answer = spoken(server, "OPTIONS", path, ORIGIN | asks)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    assert answer.headers["access-control-allow-headers"] == "*"
    assert int(answer.headers["access-control-max-age"]) > 0


def test_a_foreign_host_is_told_nothing_of_what_may_be_sent(server: str) -> None:
    assert spoken(server, "OPTIONS", "/data/v1/figures.csv", ORIGIN, host="evil.example").status == 421


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/print/overview", "/_stcore/host-config", "/data/v10"])
def test_nothing_but_the_data_may_be_read_from_other_sites(server: str, path: str) -> None:
    assert "access-control-allow-origin" not in spoken(server, "GET", path, ORIGIN).headers
