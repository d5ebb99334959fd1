"""Can everything be done with the keys alone, and does the reader always see where he is?"""

import contextlib
import re
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, expect

from data.record.load import Library
from data.record.wording import figure_in_words
from tests.browser.conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.flat]
MOST_STOPS = 320  # each event of the Timeline is one
# Where the focus is: what it is, whether a ring can be seen around it or what holds it, and whether anything hides it. A link
# that goes on in a second line is looked at in its first.
STOP = """goal => {
  const focus = document.activeElement, at = focus.closest('canvas') || focus, box = at.getClientRects()[0] || at.getBoundingClientRect();
  const ringed = one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  let ring = false;
  for (let one = at, step = 0; one && step < 14; one = one.parentElement, step += 1) ring ||= ringed(one);
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height, innerHeight) / 2;
  const top = document.elementFromPoint(x, y);
  const seen = at.matches('input[type=range], canvas, main, [role=dialog]') || Boolean(top) && (at.contains(top) || top.contains(at));
  return { what: `${focus.tagName} ${focus.getAttribute('aria-label') || focus.textContent.trim().slice(0, 40)}`, ring, seen, body: focus === document.body, reached: focus === goal };
}"""


def stop(reader: Reader, goal: Locator) -> Any:
    """Where the focus is, and whether that is the goal, once a ring that is still growing or a page that is still
    scrolling has come to rest."""
    at = goal.evaluate(STOP)
    if at["body"] or (at["ring"] and at["seen"]):
        return at
    with contextlib.suppress(Error):
        reader.wait_until(f"(() => {{ const at = ({STOP})(); return at.ring && at.seen; }})()", seconds=2)
    return goal.evaluate(STOP)


def tab_to(reader: Reader, goal: Locator, key: str = "Tab") -> None:
    """Presses Tab until the focus is at the goal; on the way every stop is in sight and has its ring."""
    for _ in range(MOST_STOPS):
        reader.page.keyboard.press(key)
        at = stop(reader, goal)
        assert at["body"] or (at["ring"] and at["seen"]), at
        if at["reached"]:
            return
    raise AssertionError(f"{goal} cannot be reached with {key}")


def press(reader: Reader, *keys: str) -> None:
    for key in keys:
        reader.page.keyboard.press(key)


def field(reader: Reader, key: str) -> Locator:
    return reader.page.locator(f".st-key-{key} input").first


def go_and_press(reader: Reader, goal: Locator) -> None:
    tab_to(reader, goal)
    press(reader, "Enter")


def enter(reader: Reader, key: str, text: str) -> None:
    """Goes to a field by the keys, types, and presses Enter."""
    goal = field(reader, key)
    tab_to(reader, goal)
    reader.type_into(goal, text)


def test_from_page_to_page(reader: Reader) -> None:
    reader.open("")
    go_and_press(reader, reader.page.get_by_role("link", name="Timeline", exact=True))
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("What happened, and when?")
    expect(reader.page).to_have_title("Timeline – Korean War accounting")
    reader.saw_no_trouble()


def test_past_the_navigation_in_one_step(reader: Reader) -> None:
    reader.open("")
    press(reader, "Tab", "Enter", "Tab")
    inside = "document.querySelector('[data-testid=stMain]').contains(document.activeElement)"
    assert reader.page.evaluate(inside)


def test_filter_by_words_and_hear_what_is_left(reader: Reader) -> None:
    reader.open("mission-timeline")
    reader.wait_until("document.querySelector('.visually-hidden')?.dataset.lines > 1")
    enter(reader, "q", "Glory")
    expect(reader.page).to_have_url(re.compile(r"q=Glory"))
    heard = re.compile(r'^Showing \d+ of \d+ events: "Glory"\.$')
    expect(reader.page.locator(".visually-hidden")).to_contain_text(heard)
    reader.saw_no_trouble()


def test_filter_by_a_list_and_hear_what_is_left(reader: Reader) -> None:
    reader.open("mission-timeline")
    reader.wait_until("document.querySelector('.visually-hidden')?.dataset.lines > 1")
    go_and_press(reader, reader.page.locator(".filter-toggle summary"))
    enter(reader, "lane", "talks")
    expect(reader.page).to_have_url(re.compile(r"lane=talks"))
    heard = re.compile(r"^Showing \d+ of \d+ events: talks\.$")
    expect(reader.page.locator(".visually-hidden")).to_contain_text(heard)
    expect(field(reader, "lane")).to_be_visible()
    reader.saw_no_trouble()


def test_past_the_list_of_events_in_one_step_and_back(reader: Reader) -> None:
    reader.open("mission-timeline")
    past, back = (reader.page.locator(f"#events-{end}") for end in ("begin", "end"))
    go_and_press(reader, past)
    expect(back).to_be_focused()
    tab_to(reader, reader.page.locator(".st-key-timeline-panel-take button"))
    tab_to(reader, back, "Shift+Tab")
    press(reader, "Enter")
    expect(past).to_be_focused()
    reader.saw_no_trouble()


def test_narrow_the_years_with_the_arrows(reader: Reader, library: Library) -> None:
    reader.open("mission-timeline")
    tab_to(reader, reader.page.get_by_role("slider", name="Years — start"))
    press(reader, *["ArrowRight"] * 3)
    expect(reader.page.locator(".st-key-timeline-panel")).to_contain_text(f"1953 to {library.years[1]}")
    expect(reader.page).to_have_url(re.compile(f"years=1953&years={library.years[1]}"))
    reader.saw_no_trouble()


def test_see_a_day_of_the_past_and_come_back(reader: Reader) -> None:
    reader.open("")
    go_and_press(reader, reader.page.locator(".view-toggle summary"))
    go_and_press(reader, reader.page.locator(".st-key-brief-view button"))
    expect(reader.page.get_by_test_id("stMain")).to_contain_text("What was known on 3 July 2012")
    expect(reader.page).to_have_url(re.compile("asof=2012-07-03"))
    expect(reader.page.locator(".view-toggle summary")).to_be_focused()
    press(reader, "Enter")
    go_and_press(reader, reader.page.locator(".st-key-reset-view button"))
    expect(reader.page.get_by_test_id("stMain")).not_to_contain_text("What was known on 3 July 2012")
    reader.saw_no_trouble()


def test_read_the_points_of_a_chart_one_by_one(reader: Reader) -> None:
    reader.open("prisoners-of-war")
    go_and_press(reader, reader.page.locator(".st-key-claims-fold button").first)
    expect(reader.page.locator(".st-key-claims [role=region], .st-key-claims canvas").first).to_be_visible()
    tab_to(reader, field(reader, "claims-card"))
    press(reader, "ArrowDown")
    options = reader.page.get_by_role("option")
    expect(options).to_have_count(4)
    expect(options.nth(1)).to_contain_text("more than 900")
    press(reader, "Escape")
    reader.saw_no_trouble()


def test_choose_a_place_of_the_map_by_its_list(reader: Reader) -> None:
    reader.open("recovery-map")
    enter(reader, "place", "Bangkok")
    expect(reader.page.locator(".st-key-place-card")).to_contain_text("Bangkok")
    expect(reader.page).to_have_url(re.compile("place=THA_BANGKOK"))
    reader.saw_no_trouble()


def test_open_a_card_read_it_and_be_back_where_it_was_opened(reader: Reader, newest_count: dict[str, Any]) -> None:
    reader.open("")
    button = reader.first_card()
    go_and_press(reader, button)
    record = reader.record_of_address()
    expect(record).to_contain_text(figure_in_words(newest_count))
    tab_to(reader, record.get_by_role("link", name="Open the source"))
    reader.page.go_back()
    expect(button).to_be_visible()
    reader.saw_no_trouble()


def test_a_card_in_a_dialog_holds_the_focus_until_it_closes(reader: Reader) -> None:
    reader.open("prisoners-of-war")
    go_and_press(reader, reader.page.locator(".st-key-claims-fold button").first)
    enter(reader, "claims-card", "900")
    dialog = reader.page.get_by_role("dialog")
    expect(dialog).to_contain_text("more than 900 people")
    tab_to(reader, dialog.get_by_role("link", name="Open the source"))
    for _ in range(40):
        press(reader, "Tab")
        assert dialog.evaluate("dialog => dialog.contains(document.activeElement)"), "the focus left the card"
    press(reader, "Escape")
    expect(dialog).to_have_count(0)
    expect(field(reader, "claims-card")).to_be_focused()
    reader.saw_no_trouble()


def test_download_the_rows_and_be_back_at_the_panel(reader: Reader) -> None:
    reader.open("prisoners-of-war")
    button = reader.page.locator(".st-key-claims-take button")
    go_and_press(reader, button)
    dialog = reader.page.get_by_role("dialog")
    expect(dialog).to_contain_text("How to cite this")
    tab_to(reader, dialog.get_by_role("link", name="CSV", exact=True))
    with reader.page.expect_download() as arriving:
        press(reader, "Enter")
    assert arriving.value.suggested_filename.startswith("figures-claims_")
    press(reader, "Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    reader.saw_no_trouble()


def test_take_a_citation_in_another_style(reader: Reader) -> None:
    reader.open("prisoners-of-war")
    reader.page.locator(".st-key-claims-take button").focus()
    press(reader, "Enter")
    dialog = reader.page.get_by_role("dialog")
    tab_to(reader, dialog.get_by_role("tab", name="APA"))
    press(reader, "ArrowRight", "ArrowRight")
    expect(dialog.get_by_role("tab", name="BibTeX")).to_have_attribute("aria-selected", "true")
    expect(dialog.get_by_role("tabpanel").filter(has_text="@")).to_be_visible()
    reader.saw_no_trouble()


def test_present_go_on_go_back_and_leave(reader: Reader) -> None:
    reader.open("prisoners-of-war?hedge=more+than")
    go_and_press(reader, reader.page.locator(".st-key-present-begin button"))
    reader.presents(1, 3)
    press(reader, "ArrowRight")
    reader.presents(2, 3)
    go_and_press(reader, reader.page.locator(".st-key-stage-back button"))
    reader.presents(1, 3)
    go_and_press(reader, reader.page.locator(".st-key-stage-leave button"))
    reader.settled()
    expect(reader.page).to_have_url(f"{reader.address}/prisoners-of-war?hedge=more+than")
    reader.saw_no_trouble()


def test_reset_every_choice(reader: Reader) -> None:
    reader.open("mission-timeline?lane=talks&status=happened")
    go_and_press(reader, reader.page.locator(".st-key-reset button"))
    expect(reader.page).to_have_url(f"{reader.address}/mission-timeline")
    reader.saw_no_trouble()


def test_search_and_keep_a_view_in_a_path(reader: Reader) -> None:
    reader.open("mission-timeline")
    enter(reader, "q", "Glory")
    expect(reader.page).to_have_url(re.compile("q=Glory"))
    go_and_press(reader, reader.page.locator(".st-key-timeline-panel-take button"))
    go_and_press(reader, reader.page.locator(".st-key-take-keep button"))
    expect(reader.page.get_by_test_id("stToast")).to_contain_text("Added as step 1")
    reader.saw_no_trouble()


def test_a_letter_alone_does_nothing(reader: Reader) -> None:
    reader.open("prisoners-of-war")
    reader.page.locator(".st-key-claims-take button").focus()
    press(reader, *"abdefghijklmnopqstuvwxyz")
    reader.settled()
    expect(reader.page).to_have_url(f"{reader.address}/prisoners-of-war")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    reader.saw_no_trouble()
