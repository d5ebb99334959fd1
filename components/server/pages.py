"""Which page is at an address, and what is answered where there is none?

Streamlit answers every path that it does not know with its index page, as if a page were there; its frontend then shows
the overview. Here such an address is not found, and the answer leads back to the pages.
"""

from html import escape
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.exports.one_page import document
from components.exports.print_view import HOME_NAME
from components.navigation import BY_PATH, PAGES, SITE_NAME, Page

LONGEST_PATH = 80
# Other addresses of the overview: its name on paper, and that of the file that it comes in.
HOMES = (f"/{HOME_NAME}", "/index.html")


def page_at(path: str) -> Page | None:
    """The page at a path, with or without a slash at its end; None where there is none."""
    return BY_PATH.get(path.removeprefix("/").removesuffix("/"))


def not_found_page(path: str) -> bytes:
    """The page for an address that is not found: the name of the dashboard, a sentence, and all pages as links."""
    links = [f'<li><a href="/{page.path}">{escape(page.name)}</a>: {escape(page.question)}</li>' for page in PAGES]
    body = [
        f'<p class="key"><a href="/">{escape(SITE_NAME)}</a></p><h1>Page not found</h1>',
        f"<p>There is no page at “{escape(path[:LONGEST_PATH])}”. Choose one of these pages.</p>",
        f'<nav aria-label="Pages"><ul>{"".join(links)}</ul></nav>',
    ]
    return document(f"Page not found – {SITE_NAME}", body)


class NotFound:
    """Middleware that answers 404 where Streamlit would answer with its index page and no page is; all else passes untouched."""

    def __init__(self, app: ASGIApp, index: Path) -> None:
        self.app = app
        # How an answer tells that it is Streamlit's index page, with its content or without.
        self.tag = FileResponse(index, stat_result=index.stat()).headers["etag"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or page_at(scope["path"]):
            await self.app(scope, receive, send)
            return
        is_index = False

        async def note_index(message: Message) -> None:
            nonlocal is_index
            if message["type"] == "http.response.start":
                is_index = Headers(raw=message["headers"]).get("etag") == self.tag
            if not is_index:
                await send(message)

        await self.app(scope, receive, note_index)
        if is_index:
            await _answer(scope)(scope, receive, send)


def _answer(scope: Scope) -> Response:
    """The address of the overview for its other addresses; else that there is no page."""
    if scope["path"] in HOMES:
        query = scope["query_string"].decode("latin-1")
        return RedirectResponse(f"/?{query}" if query else "/", status_code=308)
    return HTMLResponse(not_found_page(scope["path"]), 404, {"Cache-Control": "no-cache"})
