"""Which pages are there, and which question does each answer?"""

from typing import NamedTuple


class Page(NamedTuple):
    """A page: its file, its place in the address, its name in the navigation and the question it answers."""

    file: str
    path: str
    name: str
    question: str


PAGES = (
    Page("overview", "", "Overview", "Where do things stand?"),
    Page("counts_over_time", "counts-over-time", "Counts over time", "How has the number unaccounted for changed?"),
    Page(
        "remains_and_identifications",
        "remains-and-identifications",
        "Remains",
        "What came back, from where, and how much of it has a name?",
    ),
    Page(
        "prisoners_of_war",
        "prisoners-of-war",
        "Prisoners of war",
        "Who was held, returned, never returned, and who says so?",
    ),
    Page("recovery_map", "recovery-map", "Map", "Where did it happen?"),
    Page("mission_timeline", "mission-timeline", "Timeline", "When, and in what order?"),
    Page("disagreements", "disagreements", "Disagreements", "Where do sources disagree?"),
    Page("sources_and_data", "sources-and-data", "Sources and data", "Who says so, and where are the data?"),
    Page("path", "path", "Path", "What do I show, and in what order?"),
)
