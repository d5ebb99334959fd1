"""What stands around every page? Page list, navigation, notice of what this is, footer. The script that the server runs."""

from typing import NamedTuple

import streamlit as st

from components import theme
from data.load import library


class PageOf(NamedTuple):
    """A page: its file, its place in the address, its name in the navigation and the question it answers."""

    file: str
    path: str
    name: str
    question: str


PAGES = (
    PageOf("overview", "", "Overview", "Where do things stand?"),
    PageOf("counts_over_time", "counts-over-time", "Counts over time", "How has the number unaccounted for changed?"),
    PageOf(
        "remains_and_identifications",
        "remains-and-identifications",
        "Remains",
        "What came back, from where, and how much of it has a name?",
    ),
    PageOf(
        "prisoners_of_war",
        "prisoners-of-war",
        "Prisoners of war",
        "Who was held, returned, never returned, and who says so?",
    ),
    PageOf("recovery_map", "recovery-map", "Map", "Where did it happen?"),
    PageOf("mission_timeline", "mission-timeline", "Timeline", "When, and in what order?"),
    PageOf("sources_and_data", "sources-and-data", "Sources and data", "Who says so, and where are the data?"),
)


def main() -> None:
    """Run the page that the address asks for, inside the frame."""
    st.set_page_config(page_title="Korean War accounting", layout="wide", initial_sidebar_state="collapsed")
    pages = [
        st.Page(f"../pages/{page.file}.py", title=page.name, url_path=page.path or None, default=not page.path)
        for page in PAGES
    ]
    chosen = st.navigation(pages, position="top")
    st.html(f"<style>{theme.css()}</style>")
    chosen.run()
    footer()


def footer() -> None:
    """What the data are, of which version, and whose."""
    package = library().dictionary
    with st.container(key="footer"):
        st.caption(
            f"{package['title']}. Data version {package['version']}, {package['created'][:10]}. The compilation is under CC BY 4.0; the facts are their sources'. Borders: Natural Earth, public domain. Coordinates: GeoNames, CC BY 4.0."
        )


if __name__ == "__main__":
    main()
