"""Which page is at an address, and what is answered where there is none?

Streamlit answers every path that it does not know with its index page, as if a page were there; its frontend then shows
the overview. Here such an address is not found, and the answer leads back to the pages.
"""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from components.exports.one_page import document
from components.exports.print_view import HOME_NAME
from components.navigation import BY_PATH, PAGES, SITE_NAME, Page
from components.server.hosts import prefix_of
from data.query.ready import READY_PATHS

LONGEST_PATH = 80
PRINT, PATH = "print", "path"
# Other addresses of the overview: its name on paper, and that of the file that it comes in.
HOMES = (f"/{HOME_NAME}", "/index.html")


def page_at(path: str) -> Page | None:
    """The page at a path, with or without a slash at its end; None where there is none."""
    return BY_PATH.get(path.removeprefix("/").removesuffix("/"))


def not_found_page(path: str, prefix: str) -> bytes:
    """The page for an address that is not found: the name of the dashboard, a sentence, and all pages as links."""
    links = [
        f'<li><a href="{prefix}/{page.path}">{escape(page.name)}</a>: {escape(page.question)}</li>' for page in PAGES
    ]
    body = [
        f'<p class="key"><a href="{prefix}/">{escape(SITE_NAME)}</a></p><h1>Page not found</h1>',
        f"<p>There is no page at “{escape(path[:LONGEST_PATH])}”. Choose one of these pages.</p>",
        f'<nav aria-label="Pages"><ul>{"".join(links)}</ul></nav>',
    ]
    return document(f"Page not found – {SITE_NAME}", body)


def no_copy_page(name: str, status: int, prefix: str) -> bytes:
    """The page where nothing can be printed: there is no such page (404), its presentation cannot be read (400), or an
    address without a presentation names none."""
    why = {
        404: f"There is no page “{escape(name[:LONGEST_PATH])}” to print.",
        400: "This presentation cannot be read from its address. Part of the address may be missing.",
    }.get(status, "This address names no presentation.")
    ready = [(f"{prefix}/{PRINT}/{PATH}?path={key}", path.title, path.about) for key, path in READY_PATHS.items()]
    pages = [
        (f"{prefix}/{PRINT}/{page.path or HOME_NAME}", page.name, page.question) for page in PAGES if page.path != PATH
    ]
    body = [
        f'<p class="key"><a href="{prefix}/">{escape(SITE_NAME)}</a></p><h1>Nothing to print here</h1>',
        f'<p>{why} Choose one of these, or <a href="{prefix}/{PATH}">put together your own presentation</a>.</p>',
        *(
            f'<h2>{head}</h2><nav aria-label="{head}"><ul>{"".join(map(_item, links))}</ul></nav>'
            for head, links in (("Presentations", ready), ("Pages", pages))
        ),
    ]
    return document(f"Nothing to print – {SITE_NAME}", body)


def _item(link: tuple[str, str, str]) -> str:
    address, name, about = map(escape, link)
    return f'<li><a href="{address}">{name}</a>: {about}</li>'


def without_page(request: Request) -> Response:
    """The answer where no page is: the address of the overview for its other addresses, else that there is none."""
    path, query = request.scope["path"], request.url.query
    if path in HOMES:
        return RedirectResponse(f"/?{query}" if query else "/", status_code=308)
    return HTMLResponse(not_found_page(path, prefix_of(request.scope)), 404, {"Cache-Control": "no-cache"})
