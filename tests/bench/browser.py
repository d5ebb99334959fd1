"""What does one reader wait for? Cold and warm loads and a filter change, in a real browser that reaches no other host."""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, sync_playwright

from tests.bench.servers import App
from tests.browser.conftest import FLAGS, STIR
from tests.conftest import program

# Kept by each page: the moment at which all that the page holds was there, and nothing was being made any more.
STREAMLIT = """
(() => {
  const app = !document.getElementById('first-view') && document.querySelector('[data-testid=stApp]');
  const all = (outer, inner) => [...document.querySelectorAll(outer)].every(one => !one.checkVisibility() || one.querySelector(inner));
  return app && app.dataset.testScriptState === 'notRunning' && document.querySelector('[data-testid=stMain] h1')
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && all('.stPlotlyChart', '.main-svg .trace') && all('.stDataFrame', 'canvas') && all('.stDeckGlJsonChart', 'canvas')
    && all('.static-chart', 'svg') && all('.stButton', 'button') && all('.stSelectbox', 'input') && all('.stMultiSelect', 'input')
    && all('.stButtonGroup', 'button');
})()"""
DASH = """
(() => {
  const page = document.querySelector('#page');
  return page && page.querySelector('h1') && page.querySelector('.main-svg .trace') && page.querySelector('table td');
})()"""
# Kept by a page of any version: when it was ready for the first time, once it has been so for a quarter of a second.
WATCH = """(() => {
  let since = 0;
  const look = () => {
    const ready = Boolean(%s);
    if (!ready) since = 0;
    else if (!since) since = performance.now();
    else if (performance.now() - since > 250) { window.readyAt = since; return; }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();"""
# Milliseconds from the next press of the pointer to the first frame in which the marks of the first chart are others.
ARM = """() => {
  const marks = () => { const chart = document.querySelector('.js-plotly-plot .overplot'); return chart ? chart.innerHTML : ''; };
  const before = marks();
  window.changed = new Promise((done, failed) => document.addEventListener('pointerdown', () => {
    const from = performance.now();
    const look = () => {
      const now = marks();  // empty while a new chart has been set up and not yet drawn
      if (now && now !== before) done(performance.now() - from);
      else if (performance.now() - from > 20e3) failed(new Error('the chart never changed'));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { once: true, capture: true }));
}"""
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}


class Load(NamedTuple):
    """A load of a page: milliseconds until all of it stood, kilobytes over the wire, requests."""

    ms: float
    kilobytes: float
    requests: int


@contextmanager
def chromium() -> Iterator[Browser]:
    path = program("chromium", "chromium-browser", "google-chrome", why="a Chromium measures what a reader waits for")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class _Wire:
    """What a page has fetched, as the browser counts it: compressed, with heads."""

    def __init__(self, page: Page, slow: bool) -> None:
        self.bytes, self.requests = 0.0, 0
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        if slow:
            self.session.send("Network.emulateNetworkConditions", SLOW)
        self.session.on("Network.loadingFinished", self._finished)
        self.session.on("Network.webSocketFrameReceived", self._received)

    def _finished(self, told: dict[str, Any]) -> None:
        self.bytes += told["encodedDataLength"]
        self.requests += 1

    def _received(self, told: dict[str, Any]) -> None:
        self.bytes += len(told["response"]["payloadData"]) * (3 / 4 if told["response"]["opcode"] == 2 else 1)


def _loaded(context: BrowserContext, app: App, path: str, slow: bool = False) -> tuple[Page, Load]:
    page = context.new_page()
    page.add_init_script(WATCH % (STREAMLIT if app.is_streamlit else DASH))
    page.add_init_script(STIR)  # a reader who wants the live page at once
    wire = _Wire(page, slow)
    page.goto(app.page(path), wait_until="commit")
    ready = _ready(page)
    return page, Load(ready, wire.bytes / 1e3, wire.requests)


def _ready(page: Page) -> float:
    return float(
        page.evaluate(
            "new Promise(done => { const look = () => window.readyAt ? done(window.readyAt) : setTimeout(look, 50); look(); })"
        )
    )


def _middle(loads: list[Load]) -> Load:
    return Load(*(statistics.median(column) for column in zip(*loads, strict=True)))


def cold(browser: Browser, app: App, path: str, times: int = 5, slow: bool = False) -> Load:
    """The middle of several loads, each by a browser that has seen nothing of the app; `slow` at 10 Mbit/s and 40 ms."""
    found = []
    for _ in range(times):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        _, load = _loaded(context, app, path, slow)
        found.append(load)
        context.close()
    return _middle(found)


def warm(browser: Browser, app: App, path: str, times: int = 5) -> Load:
    """The middle of several loads by a browser that has its copies from before."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    _loaded(context, app, path)[0].close()
    found = []
    for _ in range(times):
        page, load = _loaded(context, app, path)
        found.append(load)
        page.close()
    context.close()
    return _middle(found)


def filter_changes(browser: Browser, apps: Sequence[App], rounds: int = 15) -> dict[str, list[float]]:
    """Milliseconds from each press to a new chart, by app: a hedge is chosen and taken back, so many times.

    The apps take turns, so that each meets the same moods of the machine; the first round is practice.
    """
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in apps]
    pages = [_loaded(context, app, "counts-over-time")[0] for context, app in zip(contexts, apps, strict=True)]
    found: dict[str, list[float]] = {app.name: [] for app in apps}
    for _ in range(rounds + 1):
        for app, page in zip(apps, pages, strict=True):
            page.bring_to_front()
            found[app.name] += CHOOSE[app.name](page)
    for context in contexts:
        context.close()
    return {name: times[2:] for name, times in found.items()}


def _choose_a_button(page: Page) -> list[float]:
    button = page.locator(".st-key-hedge").get_by_role("button", name="exact", exact=True)
    if not button.is_visible():
        page.get_by_text("More filters", exact=True).click()
    return [_pressed(page, button), _pressed(page, button)]


def _choose_in_a_list(page: Page) -> list[float]:
    page.get_by_role("combobox", name="Wording in the source").click()
    chosen = _pressed(page, page.get_by_role("option", name="exact", exact=True))
    page.keyboard.press("Escape")
    return [chosen, _pressed(page, page.get_by_role("button", name="Remove exact"))]


def _choose_in_dash(page: Page) -> list[float]:
    if not page.locator("[role=option]").count():
        page.locator("#hedge").click()
    option = page.locator("[role=option]", has_text="exact").first
    return [_pressed(page, option), _pressed(page, option)]


CHOOSE = {"dashboard": _choose_a_button, "straightforward": _choose_in_a_list, "dash": _choose_in_dash}


def _pressed(page: Page, goal: Locator) -> float:
    goal.hover()
    page.evaluate(ARM)
    goal.click()
    return float(page.evaluate("window.changed"))
