"""What is the answer to a page's address? Streamlit's index page with the page itself in it, as it is for the choices of the address.

The script of the page is run for that, in a session of its own that no browser is connected to: what it sends is what the
live page will show. That is done once for each choice; whoever asks for the same meanwhile waits for it.
"""

import asyncio
import logging
from collections import OrderedDict
from datetime import date
from hashlib import sha256
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.runtime import RuntimeState
from streamlit.runtime.session_manager import ClientContext, SessionClient

from components.exports.drawing import PREVIEW
from components.exports.first_view.document import Pairs, first_view
from components.exports.first_view.tree import page_of
from components.exports.link_preview import head_of
from components.navigation import BY_PATH, PAGES, Page
from components.server.compression import ENCODERS, accepted_encoding, holds_tag
from components.server.hosts import base_url
from components.server.index_page import IndexDocument
from components.server.pages import page_at, without_page
from data.files.extract import Extract
from data.query.address import LOOKS_ALONE, PANEL, read_page
from data.query.params import PARAMETERS
from data.query.views import views_shown
from data.record import clock

# Names in an address that a page reads.
NAMES = frozenset({parameter.name for parameter in PARAMETERS} | {PANEL.name, *LOOKS_ALONE})
# Pages whose main drawing is that of the counts: the overview shows it first, and presentations begin with it.
SHOW_COUNTS = ("", "path")
# Answers that are cached; each has some 30 KB.
MOST_CACHED = 128
# Pause between two looks whether the server has started.
PAUSE_SECONDS = 0.05
# First views that are made at once; others wait, so that readers of live pages do not.
MOST_AT_ONCE = 4
# A run that takes longer than this is given up: the reader gets the page without its first view.
LONGEST_RUN_SECONDS = 20


class Answer(NamedTuple):
    """An answer, packed by brotli, and the tag of its content."""

    packed: bytes
    etag: str

    def unpacked(self, encoding: str) -> bytes:
        """The answer in another encoding, "" for none; few clients ask for one, and it is made for each."""
        content = brotli.decompress(self.packed)
        return ENCODERS[encoding](content) if encoding else content


class Requested(NamedTuple):
    """What an address asks for: a page, its choices, the server as its reader names it, the day on which ages are counted."""

    page: Page
    pairs: Pairs
    base: str
    today: date


class Recorder(SessionClient):
    """The other end of a session without a browser: it records what is sent, until the script has ended."""

    def __init__(self) -> None:
        self.messages: list[ForwardMsg] = []
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        self.messages.append(msg)
        if msg.HasField("script_finished") and msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.finished.set()

    @property
    def client_context(self) -> ClientContext | None:
        return None


async def messages_of(requested: Requested) -> list[ForwardMsg]:
    """What the script of a page sends for an address. TimeoutError where it does not end in time."""
    runtime, recorder = get_instance(), Recorder()
    session_id = runtime.connect_session(recorder, {})
    try:
        runtime.handle_backmsg(session_id, _run_of(requested))
        await asyncio.wait_for(recorder.finished.wait(), LONGEST_RUN_SECONDS)
    finally:
        runtime.close_session(session_id)
    return recorder.messages


def _run_of(requested: Requested) -> BackMsg:
    """The message by which a browser that has opened an address has its page run."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode(requested.pairs)
    message.rerun_script.page_name = requested.page.path
    message.rerun_script.context_info.url = f"{requested.base}/{requested.page.path}"
    return message


class FirstViews:
    """Answers to addresses of pages, made once each. `document` puts a first view into the index page."""

    def __init__(self, document: IndexDocument) -> None:
        self.document = document
        self.answers: OrderedDict[Requested, asyncio.Task[Answer]] = OrderedDict()
        self.turns = asyncio.Semaphore(MOST_AT_ONCE)

    async def answer(self, requested: Requested) -> Answer:
        """The answer to an address; the same for all who ask for it at a time."""
        task = self.answers.get(requested)
        if task is None:
            task = self.answers[requested] = asyncio.create_task(self._make(requested))
            while len(self.answers) > MOST_CACHED:
                self.answers.popitem(last=False)
        self.answers.move_to_end(requested)
        return await asyncio.shield(task)

    async def _make(self, requested: Requested) -> Answer:
        try:
            async with self.turns:
                messages = await messages_of(requested)
                return await run_in_threadpool(self._answer_of, requested, messages)
        except Exception:
            logging.getLogger(__name__).exception("the first view of %s could not be made", requested.page.path or "/")
            self.answers.pop(requested, None)
            return _encoded(self.document.html(head=f"<title>{escape(requested.page.title)}</title>"))

    def _answer_of(self, requested: Requested, messages: list[ForwardMsg]) -> Answer:
        sent = page_of(messages)
        view = first_view(sent, requested.page.path, requested.pairs)
        head = head_of(requested.page, requested.pairs, requested.base, picture_of_page(requested))
        return _encoded(self.document.html(view, head))

    async def warm(self) -> None:
        """Runs each page once, so that what all its readers share is there before the first of them asks."""
        while get_instance().state is RuntimeState.INITIAL:
            await asyncio.sleep(PAUSE_SECONDS)
        for page in PAGES:
            await self.answer(Requested(page, (), "", clock.today()))
        self.answers.clear()

    async def respond(self, request: Request) -> Response:
        """The response to a request for a page; 304 where the reader has it, 404 where there is no page."""
        page = page_at(request.url.path)
        if page is None:
            return without_page(request)
        answer = await self.answer(_requested(page, request))
        encoding = accepted_encoding(request.headers)
        etag = f'"{answer.etag}{encoding}"'
        headers = {"ETag": etag, "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
        if holds_tag(request.headers.get("if-none-match", ""), etag):
            return Response(status_code=304, headers=headers)
        headers |= {"Content-Encoding": encoding} if encoding else {}
        content = answer.packed if encoding == "br" else await run_in_threadpool(answer.unpacked, encoding)
        return Response(content, headers=headers, media_type="text/html")


def _requested(page: Page, request: Request) -> Requested:
    """What a request asks for. Names that no page reads are left out, so that they make no answers of their own."""
    pairs = tuple(pair for pair in request.query_params.multi_items() if pair[0] in NAMES)
    return Requested(page, pairs, base_url(request), clock.today())


def picture_of_page(requested: Requested) -> str:
    """The address of the picture that stands for a page where a link to it is shown: its main drawing, with its choices; empty
    where it has none."""
    page = BY_PATH["counts-over-time"] if requested.page.path in SHOW_COUNTS else requested.page
    library, selection = read_page(page.path, requested.pairs)
    views = views_shown(page.path, library, selection)
    width, height = PREVIEW
    return (
        Extract(views[0], library, selection, requested.base).short_address("png", width=width, height=height)
        if views
        else ""
    )


def _encoded(html: str) -> Answer:
    content = html.encode()
    return Answer(ENCODERS["br"](content), sha256(content).hexdigest()[:32])
