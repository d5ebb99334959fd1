"""Does axe, which knows what can be told of accessibility by a program, find anything on any page in any state?"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from data.query.path import READY, encode_path
from data.record.wording import figure_in_words
from tests.browser.conftest import Reader
from tests.browser.test_reach import WIDER, ZOOMED
from tests.conftest import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.flat]
SIZES = ((1280, 720), (320, 640))
# For each page choices that leave rows, most with a value that the page refuses, and words that say so.
CHOSEN = {
    "": ("asof=2012-07-03", "What was known on 3 July 2012"),
    "counts-over-time": ("years=1990&years=2020&overlay=talks&mark=nonsense", "“nonsense”, which is not a choice here"),
    "remains-and-identifications": ("asof=2012-07-03&pace=nonsense", "“nonsense”, which is not a choice here"),
    "prisoners-of-war": ("source=brief+only&asof=nonsense", "“nonsense”, which is not a choice here"),
    "recovery-map": ("country=China&place=THA_BANGKOK&layer=nonsense", "“nonsense”, which is not a choice here"),
    "mission-timeline": ("lane=talks&status=nonsense", "“nonsense”, which is not a choice here"),
    "disagreements": ("disagreement=nonsense", "This disagreement does not exist"),
    "explore": (
        "series=pow_transfer_claims&series=budget_usd&dates=nonsense",
        "“nonsense”, which is not a choice here",
    ),
    "sources-and-data": ("table=events&q=Glory&figure=FIG-109", "The record that this address names"),
    "path": ("path=nonsense", "cannot be read"),
}
# Those of axe's rules that stand for WCAG 2.2 A and AA, and its best practices.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Of what passed one element a rule is enough: a list of all of them takes five times as long as the looking.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def found_by_axe(reader: Reader) -> list[str]:
    """What axe finds serious or critical, as its rule and the element."""
    told: Any = Axe().run(reader.page, options=OPTIONS).response
    assert len(told["passes"]) > 5, "axe has looked at nothing"
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in told["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def axe_at_both_sizes(reader: Reader) -> list[str]:
    found = []
    for width, height in SIZES:
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.wait_until("document.getAnimations().every(motion => motion.playState !== 'running')")
        found += [f"{width}: {line}" for line in found_by_axe(reader)]
    return found


@pytest.mark.parametrize("path", [path for path in PAGES if path in CHOSEN])
def test_axe_finds_nothing_where_choices_are_set_and_one_was_refused(reader: Reader, path: str) -> None:
    choices, said = CHOSEN[path]
    reader.open(f"{path}?{choices}")
    expect(reader.page.get_by_test_id("stMain")).to_contain_text(said)
    assert axe_at_both_sizes(reader) == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_the_presenter_view_which_enlarged_four_times_needs_no_scrolling_to_the_side(
    reader: Reader, path: str
) -> None:
    kept = f"&path={encode_path(READY)}" if path == "path" else ""
    reader.page.goto(f"{reader.address}/{path}?present=1{kept}")
    expect(reader.page.locator(".st-key-stage-foot")).to_be_visible()
    expect(reader.page.locator('[data-stale="true"]')).to_have_count(0)
    assert axe_at_both_sizes(reader) == []
    width, height = ZOOMED
    reader.page.set_viewport_size({"width": width, "height": height})
    reader.wait_until(f"({WIDER})().length === 0")
    reader.page.locator(".st-key-stage-next button").scroll_into_view_if_needed()
    expect(reader.page.locator(".st-key-stage-next button")).to_be_in_viewport()
    reader.saw_no_trouble()


def test_axe_finds_nothing_where_no_row_is_left(reader: Reader) -> None:
    reader.open("mission-timeline?q=zzzz")
    expect(reader.page.locator(".st-key-timeline-panel")).to_contain_text("No rows match these choices")
    assert axe_at_both_sizes(reader) == []


def test_axe_finds_nothing_in_a_record_a_card_and_the_dialog_of_ways_out(
    reader: Reader, newest_count: dict[str, Any]
) -> None:
    reader.open("")
    reader.first_card().click()
    expect(reader.record_of_address()).to_contain_text(figure_in_words(newest_count))
    assert axe_at_both_sizes(reader) == []
    reader.open("")
    expect(reader.open_a_card()).to_contain_text("approximately 5,500 people")
    assert axe_at_both_sizes(reader) == []
    reader.open("")
    reader.page.locator(".st-key-believed-to-lie-take button").click()
    expect(reader.page.locator(".st-key-take")).to_contain_text("How to cite this")
    assert axe_at_both_sizes(reader) == []


@pytest.mark.parametrize("address", ["data/v1/", "data/v1/figures.html?panel=believed-to-lie"])
def test_axe_finds_nothing_on_pages_outside_the_frame(reader: Reader, address: str) -> None:
    answer = reader.page.request.get(f"{reader.address}/{address}")
    reader.page.set_content(answer.text())
    assert axe_at_both_sizes(reader) == []
