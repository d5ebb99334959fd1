"""A real browser without a network: every other host name fails at once, and what went wrong is noted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

from tests.conftest import program

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PROBES = ("/_stcore/health", "/_stcore/host-config")
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Starts a Chromium, with more flags where a test asks for them; without one the journeys are skipped, but not in CI."""
    path = program("chromium", "chromium-browser", "google-chrome", why="a Chromium lets the browser journeys run")
    with sync_playwright() as playwright:

        def start(*more: str) -> Browser:
            return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])

        yield start


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    started = launch()
    yield started
    started.close()


@dataclass
class Reader:
    """A reader at a page of the dashboard, and what must not happen while he reads."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}/{path}")
        self.settled()

    def settled(self) -> None:
        """Waits until the footer stands with its words and Streamlit has stopped running."""
        expect(self.page.locator(".st-key-footer p")).to_be_visible()
        self._at_rest()

    def _at_rest(self) -> None:
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0)
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0)

    def first_card(self) -> Locator:
        """The button of the first tile. Buttons are drawn as their part of the frontend arrives, in any order, so that the
        first button there is may be that of another tile."""
        return self.page.locator(".st-key-headlines [class*='st-key-tile-']").first.get_by_role("button")

    def type_into(self, goal: Locator, text: str) -> None:
        """Types into a field and presses Enter; where the field has a list, once the list holds what was typed."""
        expect(goal).to_be_enabled()
        self.settled()
        goal.focus()
        self.page.keyboard.type(text)
        if goal.get_attribute("role") == "combobox":
            expect(self.page.get_by_role("option").first).to_contain_text(text)
        self.page.keyboard.press("Enter")

    def presents(self, number: int, count: int) -> None:
        """Waits until this place of a presentation stands, and its keys have a meaning: they do once their buttons stand."""
        # For the blink of an eye the place before may still stand above the new one.
        expect(self.page.locator(".stage-position").last).to_have_text(f"{number} of {count}")
        expect(self.page.locator(".st-key-stage-foot")).to_be_visible()
        expect(self.page.locator(".st-key-stage-leave button")).to_be_enabled()
        self._at_rest()

    def wait_until(self, holds: str, seconds: float = 20) -> None:
        """Waits until a condition of the page, a JavaScript expression, holds.

        Not Playwright's own waiting, which evaluates text in the page: the policy of content forbids that.
        """
        self.page.evaluate(
            f"""async () => {{
              const end = performance.now() + {seconds * 1000};
              while (!({holds})) {{
                if (performance.now() > end) throw new Error('it never held');
                await new Promise(next => setTimeout(next, 20));
              }}
            }}"""
        )

    def saw_no_trouble(self) -> None:
        assert self.outside == []
        assert self.errors == []
        assert self.page.get_by_test_id("stException").count() == 0

    def note_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws", 1), "data:", "blob:")):
            self.outside.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(PROBES):
            self.errors.append(message.text)


def reader_at(browser: Browser, server: str, width: int = 1280, height: int = 900) -> Reader:
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    reader = Reader(context.new_page(), server)
    reader.page.on("request", reader.note_request)
    reader.page.on("console", reader.note_console)
    reader.page.on("pageerror", lambda error: reader.errors.append(str(error)))
    return reader


def keep_a_view(reader: Reader) -> None:
    """A reader with a choice in the address and a step in the session."""
    reader.open("mission-timeline?lane=talks")
    reader.page.locator(".st-key-timeline-panel-take button").click()
    reader.page.get_by_role("button", name="Keep in the path").click()
    expect(reader.page.get_by_test_id("stToast")).to_contain_text("Kept as step 1")
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[Reader]:
    reader = reader_at(browser, server)
    yield reader
    reader.page.context.close()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
