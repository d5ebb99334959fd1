"""What does the answer to a page's address hold before its scripts run? The bar, the page, and a sentence on what needs scripts."""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

from components.exports.first_view.controls import Addresses
from components.exports.first_view.layout import html_of, room_of_page
from components.exports.first_view.sheet import renamed
from components.exports.first_view.tree import SentPage
from components.presenter_state import PRESENT
from data.files.extract import Extract
from data.query.address import ROOT, read_page
from data.query.select import Selection
from data.query.views import VIEWS, View, views_shown
from data.record.load import Library

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# A choice of an address, as its name and its word.
Pairs = tuple[tuple[str, str], ...]
NEEDS_SCRIPTS = f'JavaScript is off. This page, its links and <a href=".{ROOT}/">all files</a> work without it; cards that open in place, lists of filters and presenting need it.'
NOT_CONNECTED = "This page is not connected yet. What you see can be read, and its links work; choices follow once it is. If that does not come, reload the page or try another network."
CURRENT = ' aria-current="page"'


def first_view(page: SentPage, path: str, pairs: Pairs) -> str:
    """The first view of a page with the choices of its address, as HTML for the body of the document.

    `page` is what the script of the page sent for this address, `path` its place in the address.
    """
    library, selection = read_page(path, pairs)
    addresses = Addresses(
        lambda name, words: address_with(path, pairs, name, words), _of_buttons(path, pairs, library, selection)
    )
    room = room_of_page(addresses, selection)
    styles = "".join(
        STYLE.sub(_for_first_view, node.content.body) for node in page.styles.in_order() if node.kind == "html"
    )
    content = "".join(html_of(node, room) for node in page.main.in_order())
    bar = "" if ("embed", "true") in pairs else _bar(page, path)
    main = f'<main class="first-Main" tabindex="0"><div class="first-MainBlockContainer"><div class="first-VerticalBlock">{content}</div></div></main>'
    alone = f'<p class="first-alone" id="first-alone" role="status" hidden>{NOT_CONNECTED}</p>'
    without = f'<noscript><p class="first-needs">{NEEDS_SCRIPTS}</p></noscript>'
    return f'<div id="first-view">{styles}{bar}{main}{alone}{without}</div>'


def _for_first_view(style: "re.Match[str]") -> str:
    return f"<style>{style[1]}{renamed(style[1])}</style>"


def address_with(path: str, pairs: Iterable[tuple[str, str]], name: str, words: list[str]) -> str:
    """The address of a page with other words for one of its choices, from any page."""
    others = [pair for pair in pairs if pair[0] != name]
    query = urlencode([*others, *((name, word) for word in words or [""])])
    return f"{path or './'}?{query}"


def _of_buttons(path: str, pairs: Pairs, library: Library, selection: Selection) -> dict[str, str]:
    """Where buttons lead without a script, by their keys: the rows of each panel, its file, the page presented."""
    addresses = {"present-begin": address_with(path, pairs, PRESENT, ["1"]), "reset": path or "./"}
    for view in [*(view for view in VIEWS.values() if view.page == path), *views_shown(path, library, selection)]:
        addresses |= _of_panel(view, library, selection)
    return addresses


def _of_panel(view: View, library: Library, selection: Selection) -> dict[str, str]:
    extract = Extract(view, library, selection, ".")
    rows = extract.address("html")
    return {f"{view.key}-fold/{part}": rows for part in ("Data", "Notes", "Sources")} | {
        f"{view.key}-take": extract.address("csv")
    }


def _bar(page: SentPage, path: str) -> str:
    """The navigation of the bar; its other parts are among the content."""
    links = "".join(
        f'<a href="{escape(place or "./")}"{CURRENT * (place == path)}><span data-name="{escape(name)}">{escape(name)}</span></a>'
        for place, name in page.pages
    )
    return f'<header class="first-Header"><nav class="first-TopNav" aria-label="Pages">{links}</nav></header>'
