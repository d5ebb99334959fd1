"""A real browser without a network: every other host name fails at once, and what went wrong is noted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

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
    # Maps draw by WebGL in software; all else is painted without it, which takes a third less of the processor.
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    # A page that stands for seconds gains nothing from scripts that are compiled twice more: a fifth less of the processor.
    "--js-flags=--no-maglev --no-turbofan",
    "--num-raster-threads=1",
    # Pages of one reader share a process, which reads the scripts of the frontend once.
    "--renderer-process-limit=1",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
WITHOUT_WEBGL = "--disable-3d-apis"
# What the map then notes, with the browser's own reason.
SWITCHED_OFF = "Failed to create WebGL context: disabled by enterprise policy or commandline switch"
# The shell draws the same pages without a browser's own windows, which cost as much again.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
LISTEN = """
document.addEventListener('securitypolicyviolation', event =>
  window.noteViolation(`${event.effectiveDirective} refused ${event.blockedURI} ${event.sample} on ${event.documentURI}`));
"""
# A reader who moves the pointer as soon as there is something to see: the live page begins at once. Where a test is not about
# the first view, the browser need not paint it.
STIR = "addEventListener('DOMContentLoaded', () => dispatchEvent(new PointerEvent('pointermove')));"
UNPAINTED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync('#first-view { display: none !important; }');
document.adoptedStyleSheets = [sheet];
"""
# Resolves once an element has stood in one place for ten frames.
STANDS_STILL = """async element => {
  for (let place, frames = 0; frames < 10;) {
    await new Promise(requestAnimationFrame);
    const now = element.getBoundingClientRect().top;
    frames = now === place ? frames + 1 : 0;
    place = now;
  }
}"""
# Whether a chart by Plotly hands a choice of its marks on: its marks are drawn before it does.
HEARS_CHOICES = "chart => (chart._ev?._events?.plotly_selected || []).length !== 0"
# Seconds after which nothing will come any more, on a machine that is busy with other tests too.
LONGEST_WAIT = 45
expect.set_options(timeout=LONGEST_WAIT * 1_000)


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Starts a Chromium, with more flags where a test asks for them; without one the journeys are skipped, but not in CI."""
    path = program(*CHROMIUMS, why="a Chromium lets the browser journeys run")
    with sync_playwright() as playwright:

        def start(*more: str) -> Browser:
            return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])

        yield start


@pytest.fixture(scope="session")
def browsers(launch: Callable[..., Browser]) -> Iterator[Callable[..., Browser]]:
    """A Chromium by its flags, started once."""
    started: dict[tuple[str, ...], Browser] = {}

    def browser_with(*more: str) -> Browser:
        return started.setdefault(more, started.get(more) or launch(*more))

    yield browser_with
    for one in started.values():
        one.close()


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest, browsers: Callable[..., Browser]) -> Browser:
    """A Chromium; where a module of tests is not about the map that moves, one that draws the flat one sooner."""
    return browsers(*([WITHOUT_WEBGL] if request.node.get_closest_marker("flat") else []))


# Whether a drawing is seen, or out of sight for the width of the screen alone: what is folded or in another tab waits.
IS_UNFOLDED = "one => one.checkVisibility() || !one.closest('details:not([open]), [role=tabpanel]')"

# Whether each map that is seen has the room that the style sheet gives it.
MAPS_HAVE_ROOM = """[...document.querySelectorAll('[data-testid=stDeckGlJsonChart]')]
  .every(one => !one.checkVisibility() || one.getBoundingClientRect().height > 150)"""


@dataclass
class Reader:
    """A reader at a page of the dashboard, and what must not happen while he reads."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}/{path}")
        self.settled()

    def settled(self) -> None:
        """Waits until the first view has left, the footer stands with its words and Streamlit has stopped running."""
        expect(self.page.locator("#first-view")).to_have_count(0)
        expect(self.page.locator(".st-key-footer p")).to_be_visible()
        self._at_rest()

    def _at_rest(self) -> None:
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0)
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0)

    def unfold_filters(self) -> None:
        """Shows the filters that are seldom used."""
        self.page.locator(".filter-toggle summary").click()

    def first_card(self) -> Locator:
        """The first headline figure: a link to the card of its row."""
        return self.page.locator(".st-key-headlines a.tile").first

    def record_of_address(self) -> Locator:
        """The record that the address names, at the head of the page of data: where the link of a card leads."""
        return self.page.locator(".st-key-figure-card")

    def open_a_card(self, words: str = "5,500") -> Locator:
        """Opens the card of a row on the first page, by a list of its rows; the dialog."""
        self.page.locator(".st-key-believed-to-lie-fold").get_by_role("button", name="Data").press("Enter")
        self.type_into(self.page.locator(".st-key-believed-to-lie-card input"), words)
        return self.page.get_by_role("dialog")

    def type_into(self, goal: Locator, text: str) -> None:
        """Types into a field and presses Enter; where the field has a list, once the list holds what was typed."""
        expect(goal).to_be_enabled()
        self.settled()
        goal.focus()
        goal.evaluate(STANDS_STILL)  # a list that has opened closes when the page scrolls
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

    def wait_until(self, holds: str, seconds: float = LONGEST_WAIT, otherwise: str = "'it never held'") -> None:
        """Waits until a condition of the page, a JavaScript expression, holds; `otherwise` is an expression that tells why not.

        Not Playwright's own waiting, which evaluates text in the page: the policy of content forbids that.
        """
        self.page.evaluate(
            f"""async () => {{
              const end = performance.now() + {seconds * 1000};
              while (!({holds})) {{
                if (performance.now() > end) throw new Error({otherwise});
                await new Promise(next => setTimeout(next, 20));
              }}
            }}"""
        )

    def chart_that_hears(self, selector: str) -> Locator:
        """A chart once the page has drawn all it shows and a choice of its marks is heard, in the middle of the screen."""
        self.draws_whole()
        chart = self.page.locator(selector)
        expect(chart.locator(".scatterlayer .point").first).to_be_attached()
        self.wait_until(
            f"({HEARS_CHOICES})(document.querySelector({selector!r}))", otherwise="'the chart hears no choice'"
        )
        chart.evaluate("chart => chart.scrollIntoView({block: 'center'})")
        chart.evaluate(STANDS_STILL)
        return chart

    def note_violations(self) -> None:
        """Notes from now on what the policy of content refuses on any page, as the page and the console tell it."""
        self.page.expose_function("noteViolation", lambda said: self.violations.append(said))
        self.page.add_init_script(LISTEN)
        self.page.on(
            "console",
            lambda said: self.violations.append(said.text) if "Content Security Policy" in said.text else None,
        )

    def draws_whole(self) -> None:
        """Waits for the drawings: charts by Plotly, the grid, the map. Some stand out of sight for screens of another width."""
        self.settled()
        for kind, inside in (
            ("stPlotlyChart", ".main-svg"),
            ("stDataFrame", "canvas"),
            ("stDeckGlJsonChart", "canvas"),
        ):
            for drawing in self.page.get_by_test_id(kind).all():
                if drawing.evaluate(IS_UNFOLDED):
                    expect(drawing.locator(inside).first).to_be_attached()
        self.wait_until(MAPS_HAVE_ROOM)

    def saw_no_trouble(self) -> None:
        assert self.outside == []
        assert self.errors == []
        assert self.page.get_by_test_id("stException").count() == 0

    def note_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws", 1), "data:", "blob:")):
            self.outside.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.note_error(message.text)

    def note_error(self, text: object) -> None:
        if SWITCHED_OFF not in str(text):
            self.errors.append(str(text))


def reader_at(browser: Browser, server: str, width: int = 1280, height: int = 900) -> Reader:
    """A reader with a browser of his own: nothing is remembered of others."""
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    return reader_in(context, server)


def reader_in(context: BrowserContext, server: str) -> Reader:
    """A reader with a page of his own in a browser that remembers files of the frontend from earlier pages."""
    reader = Reader(context.new_page(), server)
    reader.page.add_init_script(STIR + UNPAINTED)
    reader.page.on("request", reader.note_request)
    reader.page.on("console", reader.note_console)
    reader.page.on("pageerror", reader.note_error)
    return reader


def keep_a_view(reader: Reader) -> None:
    """A reader with a choice in the address and a step in the session."""
    reader.open("mission-timeline?lane=talks")
    reader.page.locator(".st-key-timeline-panel-take button").click()
    reader.page.get_by_role("button", name="Add to my presentation").click()
    expect(reader.page.get_by_test_id("stToast")).to_contain_text("Added as step 1")
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture(scope="module")
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A browser for the tests of a module, one after the other; a page that says little keeps its process from ending."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.new_page().goto(f"{server}/data/v1/")
    yield context
    context.close()


@pytest.fixture
def reader(context: BrowserContext, server: str) -> Iterator[Reader]:
    reader = reader_in(context, server)
    yield reader
    reader.page.close()


@pytest.fixture
def violations(reader: Reader) -> list[str]:
    """What the policy of content refused on any page that the reader opens."""
    reader.note_violations()
    return reader.violations


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
