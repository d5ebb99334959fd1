"""Which pages are there, and which question does each answer? The one list of pages: frame, prints, overview and tests read it."""

from typing import NamedTuple

SITE_NAME = "Korean War accounting"


class Page(NamedTuple):
    """A page: its place in the address, its name in the navigation and the question it answers."""

    path: str
    name: str
    question: str

    @property
    def file(self) -> str:
        """Name of the file in `pages/`, without its ending."""
        return self.path.replace("-", "_") or "overview"

    @property
    def title(self) -> str:
        """Its title in a browser's tab."""
        return f"{self.name} – {SITE_NAME}"


PAGES = (
    Page("", "Overview", "Where do things stand?"),
    Page("counts-over-time", "Counts", "How has the number unaccounted for changed?"),
    Page("remains-and-identifications", "Remains", "What came back, from where, and how much has been identified?"),
    Page("prisoners-of-war", "Prisoners", "Who was held, who returned, and who did not?"),
    Page("recovery-map", "Map", "Where did it happen?"),
    Page("mission-timeline", "Timeline", "What happened, and when?"),
    Page("disagreements", "Disagreements", "Where do sources disagree?"),
    Page("explore", "Explore", "How do these numbers compare?"),
    Page("sources-and-data", "Data", "What are the sources, and where is the data?"),
    Page("path", "Presentation", "What do I show, and in what order?"),
)
BY_PATH = {page.path: page for page in PAGES}
