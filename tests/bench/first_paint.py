"""When does a reader see the page? First and largest paint of each page, cold, with a reader who only looks; and Lighthouse.

Lighthouse is a program of npm (`npm install -g lighthouse@12.8`); its part of the benchmark needs it on the path.
"""

import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

from tests.bench.browser import SLOW
from tests.bench.servers import App
from tests.conftest import program

# Each largest paint so far: its moment, and what was painted.
NOTE_PAINTS = """
window.largestPaints = [];
new PerformanceObserver(entries => entries.getEntries().forEach(entry =>
  window.largestPaints.push([entry.startTime, entry.element ? entry.element.className || entry.element.tagName : ''])
)).observe({ type: 'largest-contentful-paint', buffered: true });"""
PAINTS = """() => [
  performance.getEntriesByType('paint').find(entry => entry.name === 'first-contentful-paint').startTime,
  ...(window.largestPaints.at(-1) || [0, ''])]"""
# Milliseconds in which also the live page has come and taken over.
WATCHED = 8_000
WATCHED_SLOW = 15_000
GRAPHICS = "--headless=new --no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


class Paints(NamedTuple):
    """Milliseconds until the first and the largest paint, and what the largest was."""

    first: float
    largest: float
    element: str


def paints(browser: Browser, app: App, path: str, times: int = 2, slow: bool = False) -> Paints:
    """The middle of several loads, each by a browser that has seen nothing of the app."""
    found = sorted((_paints_once(browser, app.page(path), slow) for _ in range(times)), key=lambda one: one.largest)
    return Paints(statistics.median(one.first for one in found), found[len(found) // 2].largest, found[0].element)


def _paints_once(browser: Browser, address: str, slow: bool) -> Paints:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page: Page = context.new_page()
    page.goto("about:blank")
    page.add_init_script(NOTE_PAINTS)
    if slow:
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
    page.goto(address, wait_until="commit")
    page.wait_for_timeout(WATCHED_SLOW if slow else WATCHED)
    paint = Paints(*page.evaluate(PAINTS))
    context.close()
    return paint


class Scores(NamedTuple):
    """Lighthouse's four scores of a page, from 0 to 100, and what its first is made of, in milliseconds."""

    performance: int
    accessibility: int
    best_practices: int
    seo: int
    first_paint: float
    largest_paint: float
    blocking: float
    shift: float


def lighthouse(app: App, path: str, desktop: bool) -> Scores:
    """What Lighthouse says of a page on a desktop or a phone."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            program("lighthouse", why="Lighthouse looks at the pages"),
            app.page(path),
            "--quiet",
            "--output=json",
        ]
        command += [
            f"--output-path={report}",
            f"--chrome-flags={GRAPHICS}",
            f"--only-categories={','.join(CATEGORIES)}",
        ]
        command += ["--preset=desktop"] if desktop else []
        chromium = program("chromium", "chromium-browser", "google-chrome", why="Lighthouse needs a Chromium")
        subprocess.run(
            command, check=True, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, timeout=180
        )
        return _scores(json.loads(report.read_text(encoding="utf-8")))


def _scores(report: dict[str, Any]) -> Scores:
    scores = [round(100 * report["categories"][name]["score"]) for name in CATEGORIES]
    parts = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    return Scores(*scores, *(float(report["audits"][name]["numericValue"]) for name in parts))
