"""What a reader copies from the dialog shows the panel on another page, with words for those who do not see it."""

from html.parser import HTMLParser

from components.panels.catalogue import panel_of
from components.panels.download_dialog import as_frame, as_picture
from data.files.extract import Extract
from data.query.address import read_page
from data.query.views import LIST

BASE = "https://dashboard.example.org"


class Tags(HTMLParser):
    """The tags of a piece of HTML, each with what it says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_html_for_another_site_names_the_view_and_describes_it() -> None:
    for view in LIST:
        tables, selection = read_page(view.page, [])
        panel = panel_of(view.key, tables, selection)
        extract = Extract(view, tables, selection, BASE)
        [(image, picture)] = Tags(as_picture(panel, extract)).found
        assert image == "img" and picture["alt"] == panel.alt
        assert str(picture["src"]).startswith(f"{BASE}/data/v1/{view.table}.png?panel={view.key}")
        [(frame, page)] = Tags(as_frame(panel, extract)).found
        assert frame == "iframe" and page["title"] == panel.title
        assert str(page["src"]).startswith(f"{BASE}/data/v1/{view.table}.html?panel={view.key}")
