"""Does the example of hosting hold? nginx with the file that is shipped, two processes, and one of them killed."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.behind_nginx import behind_nginx
from tests.browser.conftest import Reader, reader_at
from tests.served import Served, a_session, put_file, running, spoken, token_of

pytestmark = [pytest.mark.browser, pytest.mark.flat]


class Hosted(NamedTuple):
    """The proxy's address, and the processes behind it."""

    address: str
    processes: list[Served]


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    folder = tmp_path_factory.mktemp("hosted")
    with ExitStack() as stack:
        processes = [stack.enter_context(running(folder / "outside.log")) for _ in range(2)]
        yield Hosted(stack.enter_context(behind_nginx(folder, [served.address for served in processes])), processes)


def cookie_to(served: Served, proxy: str) -> str:
    """A cookie whose reader the proxy leads to this process."""
    for number in range(64):
        answer = spoken(proxy, "GET", "/_stcore/health", {"Cookie": f"reader={number}"})
        if answer.headers["x-process"] == f"127.0.0.1:{urlsplit(served.address).port}":
            return str(number)
    raise AssertionError("none of 64 readers came to this process")


@pytest.fixture
def readers(browser: Browser, hosted: Hosted) -> Iterator[list[Reader]]:
    """One reader at each process, through the proxy."""
    found = [reader_at(browser, hosted.address) for _ in hosted.processes]
    for reader, served in zip(found, hosted.processes, strict=True):
        cookie = {"name": "reader", "value": cookie_to(served, hosted.address), "url": hosted.address}
        reader.page.context.add_cookies([cookie])  # type: ignore[list-item]
    yield found
    for reader in found:
        reader.page.context.close()


def rows_shown(reader: Reader) -> str:
    """The figures on the page: each tile with its number, its hedge and its day."""
    reader.settled()
    reader.wait_until("document.querySelectorAll('.st-key-headlines .tile').length > 2")
    return reader.page.locator(".st-key-headlines").inner_text()


# Notes every state that the page says it is in, of its line to the server and of its script.
STATES = """() => {
  window.states = [];
  new MutationObserver(() => {
    const { testConnectionState, testScriptState } = document.querySelector('[data-testid=stApp]').dataset;
    window.states.push(`${testConnectionState} ${testScriptState}`);
  }).observe(document.body, { attributes: true, subtree: true,
    attributeFilter: ['data-test-connection-state', 'data-test-script-state'] });
}"""


def opens_a_card(reader: Reader) -> None:
    expect(reader.open_a_card()).to_contain_text("Source")
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)


def test_a_reader_stays_with_one_process_which_takes_his_file_with_a_token_of_the_other(hosted: Hosted) -> None:
    for served, another in (hosted.processes, hosted.processes[::-1]):
        cookie = cookie_to(served, hosted.address)
        for _ in range(4):
            with a_session(hosted.address, f"reader={cookie}") as session:
                answer = put_file(served.address, session, b"a", token_of(another.address))
                assert answer.status == 204, answer.text


def test_each_new_reader_gets_a_cookie_of_his_own_and_one_who_has_one_keeps_it(hosted: Hosted) -> None:
    first, second = (spoken(hosted.address, "GET", "/").headers["set-cookie"] for _ in range(2))
    assert first.startswith("reader=") and first.endswith("; Path=/; HttpOnly; SameSite=Lax")
    assert first != second
    assert "set-cookie" not in spoken(hosted.address, "GET", "/", {"Cookie": first.split(";")[0]}).headers


def test_answers_through_the_proxy_and_those_of_its_own_carry_the_headers(hosted: Hosted) -> None:
    too_large = spoken(hosted.address, "PUT", "/_stcore/upload_file/a/b", body=b"x" * (7 << 20))
    refused, below = (spoken(hosted.address, "GET", f"{path}/_stcore/metrics") for path in ("", "/kw"))
    passed = spoken(hosted.address, "GET", "/data/v1/catalog.jsonld")
    assert [answer.status for answer in (too_large, refused, below, passed)] == [413, 404, 404, 200]
    for answer in (too_large, refused, below, passed):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        ends = "frame-ancestors 'self'" if answer is passed else "frame-ancestors 'none'"
        assert answer.headers["content-security-policy"].endswith(ends)


def test_the_dashboard_knows_through_the_proxy_at_what_address_it_is_asked(hosted: Hosted) -> None:
    assert f"{hosted.address}/data/v1/" in spoken(hosted.address, "GET", "/data/v1/catalog.jsonld").text
    assert spoken(hosted.address, "GET", "/", host="evil.example").status == 421


def test_a_reader_whose_process_is_killed_carries_on_at_the_other_with_his_view(
    hosted: Hosted, readers: list[Reader]
) -> None:
    struck, other = readers
    struck.open("?asof=2012-07-03")
    other.open("?asof=2015-12-31")
    before, address = [rows_shown(reader) for reader in readers], struck.page.url
    assert before[0] != before[1]
    struck.page.evaluate(STATES)
    with struck.page.expect_websocket(timeout=60_000):
        hosted.processes[0].process.kill()
    # The other process knows the page once it has run it: a press before that moment would be lost.
    struck.wait_until("states.includes('CONNECTED running') && states.at(-1) === 'CONNECTED notRunning'", seconds=60)
    opens_a_card(struck)
    opens_a_card(other)
    assert (struck.page.url, [rows_shown(reader) for reader in readers]) == (address, before)
    for reader in readers:
        assert reader.outside == []
        assert reader.page.get_by_test_id("stException").count() == 0
