"""How do our colors, paddings and typefaces reach a page before its first element? Streamlit's own index page, with our style sheet in it.

Sent by the script of a page, the sheet would come after the page has been laid out, and everything on it would jump.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.server.compression import CACHE_FOREVER, accepted_encoding, compress

FONT = re.compile(r"url\(/(fonts/[\w.-]+\.woff2)\)")
# Streamlit's frontend appends its own rules to the head: a sheet in the body comes after them, as rules must that replace them.
ROOT_ELEMENT = '<div id="root"></div>'
END_OF_HEAD = "</head>"


class StyleSheet:
    """The style sheet of every live page as a file, whose name changes with its content."""

    def __init__(self, text: str) -> None:
        self.content = text.encode()
        self.fonts = FONT.findall(text)
        self.path = f"/assets/page-{sha256(self.content).hexdigest()[:16]}.css"

    def read(self) -> bytes:
        return self.content

    def answer(self, request: Request) -> Response:
        """The file for a client that takes nothing compressed."""
        return Response(self.content, media_type="text/css", headers={"Cache-Control": CACHE_FOREVER})

    @property
    def readers(self) -> dict[str, Callable[[], bytes]]:
        """The file as the compressed files take it."""
        return {self.path: self.read}


def with_sheet(index: str, sheet: StyleSheet) -> str:
    """Streamlit's index page with the sheet in front of the page's root, and its typefaces asked for at once.

    ValueError where the index page is not as we know it.
    """
    if index.count(ROOT_ELEMENT) != 1 or index.count(END_OF_HEAD) != 1:
        raise ValueError("Streamlit's index page has changed: there is no one place for the style sheet.")
    fonts = "".join(
        f'<link rel="preload" href="./{font}" as="font" type="font/woff2" crossorigin>' for font in sheet.fonts
    )
    link = f'<link rel="stylesheet" href=".{sheet.path}">'
    return index.replace(END_OF_HEAD, fonts + END_OF_HEAD).replace(ROOT_ELEMENT, link + ROOT_ELEMENT)


class IndexPage:
    """Middleware that answers with our index page wherever Streamlit would answer with its own; all else passes untouched."""

    def __init__(self, app: ASGIApp, streamlits: Path, ours: str) -> None:
        self.app, self.content = app, ours.encode()
        # How an answer tells that it is Streamlit's index page, with its content or without.
        self.tag = FileResponse(streamlits, stat_result=streamlits.stat()).headers["etag"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
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
            await self.answer(scope)(scope, receive, send)

    def answer(self, scope: Scope) -> Response:
        """Our index page in the encoding that the client prefers; asked for anew each time, since it names the sheet."""
        encoding = accepted_encoding(Headers(scope=scope))
        content = compress(self.content, encoding) if encoding else self.content
        packed = {"Content-Encoding": encoding} if encoding else {}
        headers = packed | {"Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
        return Response(content, headers=headers, media_type="text/html")
