"""What does each page answer? The one sentence under its question, computed from the rows in view."""

from collections.abc import Callable

from components.panels import explore, origins, places, prisoners, summaries, timeline
from data.query.comparing import series_chosen
from data.query.select import Selection
from data.record.load import Library

ABOUT_PRESENTATIONS = "Present one of these three, or put panels from any page in order, present them one after another, and download them as slides."
# By the page's place in the address.
ANSWERS: dict[str, Callable[[Library, Selection], str]] = {
    "": lambda library, selection: summaries.of_newest_count(library),
    "counts-over-time": lambda library, selection: summaries.of_newest_count(library),
    "remains-and-identifications": lambda library, selection: origins.answer_of_page(library),
    "prisoners-of-war": lambda library, selection: prisoners.answer_of_page(library),
    "recovery-map": lambda library, selection: places.answer(library),
    "mission-timeline": lambda library, selection: timeline.answer(library),
    "disagreements": lambda library, selection: summaries.of_disagreements(library),
    "explore": lambda library, selection: explore.answer(library, tuple(series_chosen(library, selection))),
    "sources-and-data": lambda library, selection: summaries.of_data(library),
    "path": lambda library, selection: ABOUT_PRESENTATIONS,
}


def answer_of(page: str, library: Library, selection: Selection) -> str:
    """The sentence that answers the question of a page, with the choices that it depends on. KeyError for no page."""
    return ANSWERS[page](library, selection)
