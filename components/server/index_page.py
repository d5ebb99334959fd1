"""How do our colors, paddings and typefaces reach a page before its first element? Streamlit's own index page, with our style sheet in it.

Sent by the script of a page, the sheet would come after the page has been laid out, and everything on it would jump.
"""

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.navigation import BY_PATH
from components.server.compression import CACHE_FOREVER
from components.server.gate import READ_METHODS

FONT = re.compile(r"url\(\.\./(fonts/[\w.-]+\.woff2)\)")
# Streamlit's frontend appends its own rules to the head: a sheet in the body comes after them, as rules must that replace them.
ROOT_ELEMENT = '<div id="root"></div>'
END_OF_HEAD = "</head>"
TITLE = "<title>Streamlit</title>"
# The scripts of the frontend, and those that are asked for beforehand; what it says where no script runs.
MODULE = re.compile(r'<(?:script type="module"[^>]*></script>|link rel="modulepreload"[^>]*>)')
NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
# What we rely on of Streamlit's index page: each of these is in it once.
MARKS = (ROOT_ELEMENT, END_OF_HEAD, TITLE)


class StyleSheet:
    """A style sheet as a file, whose name changes with its content."""

    def __init__(self, name: str, text: str) -> None:
        self.content = text.encode()
        self.fonts = FONT.findall(text)
        self.path = f"/assets/{name}-{sha256(self.content).hexdigest()[:16]}.css"

    def read(self) -> bytes:
        return self.content

    def answer(self, request: Request) -> Response:
        """The file for a client that takes nothing compressed."""
        return Response(self.content, media_type="text/css", headers={"Cache-Control": CACHE_FOREVER})


class IndexDocument:
    """Streamlit's index page with our style sheets, and its typefaces asked for at once.

    Where a first view is in it, its scripts are in a template, out of which the script of the first view brings them in.
    ValueError where the index page is not as we know it.
    """

    def __init__(self, index: str, page: StyleSheet, first_view: StyleSheet, script: str) -> None:
        if any(index.count(mark) != 1 for mark in MARKS):
            raise ValueError("Streamlit's index page has changed: there is no one place for what we put into it.")
        fonts = "".join(
            f'<link rel="preload" href="./{font}" as="font" type="font/woff2" crossorigin>' for font in page.fonts
        )
        scripts = "".join(MODULE.findall(index))
        self.index = MODULE.sub("", NO_SCRIPT.sub("", index)).replace(END_OF_HEAD, fonts + END_OF_HEAD)
        self.page_link, self.first_link = (
            f'<link rel="stylesheet" href=".{sheet.path}">' for sheet in (page, first_view)
        )
        self.scripts, self.script = scripts, f"<script>{script}</script>"

    def html(self, view: str = "", head: str = TITLE) -> str:
        """The document with a first view, and with `head` in the place of Streamlit's title."""
        before = f"{self.page_link}{self.first_link if view else ''}{view}"
        after = f'<template id="live-page">{self.scripts}</template>{self.script}' if view else self.scripts
        # behind a first view the live page is neither read aloud nor reached by keys
        root = ROOT_ELEMENT.replace("></div>", " inert></div>") if view else ROOT_ELEMENT
        return self.index.replace(ROOT_ELEMENT, before + root + after).replace(TITLE, head)


class IndexPage:
    """Middleware that answers with a page's own answer wherever Streamlit would answer with its index page; all else passes."""

    def __init__(self, app: ASGIApp, streamlits: Path, answers: Callable[[Request], Awaitable[Response]]) -> None:
        self.app, self.answers = app, answers
        # How an answer tells that it is Streamlit's index page, with its content or without.
        self.tag = FileResponse(streamlits, stat_result=streamlits.stat()).headers["etag"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].removeprefix("/") in BY_PATH and scope["method"] in READ_METHODS:
            # a page: what Streamlit would answer need not be made to be thrown away
            await self._answer(scope, receive, send)
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
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.answers(Request(scope))
        await response(scope, receive, send)
