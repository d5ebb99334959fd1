"""What do many readers wait for who choose at the same instant, and does each get his own answer?

Each reader is a session of its own: a websocket for Streamlit, a connection kept open for Dash. All send their change, and
each waits until all of the answer is there and has been read.
"""

import asyncio
import json
import statistics
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Protocol
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.bench.servers import App

PATH, WIDGET = "counts-over-time", "Wording in the source"
# What is chosen in turn; how many rows each leaves is asked of the app's own data before.
HEDGES = ("exact", "approximately", "more than")

# What each answer holds beside its number: a page that fails below its first line has not answered.
DRAWING = b'"data":[{'


@dataclass
class Burst:
    """Many readers at once: milliseconds of each answer, wrong answers, errors, processor seconds of the server an answer."""

    ms: list[float] = field(default_factory=list)
    wrong: int = 0
    errors: int = 0
    cpu_ms: float = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.ms)

    @property
    def p95(self) -> float:
        return percentile(self.ms, 95)


def percentile(values: list[float], which: int) -> float:
    """The value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(which / 100 * (len(ordered) - 1)))]


def burst(app: App, readers: int, expected: dict[str, int], rounds: int = 6) -> Burst:
    """So many readers, each with a hedge chosen anew in every round; `expected` is the number of rows each hedge leaves."""
    return (
        asyncio.run(_streamlit(app, readers, expected, rounds))
        if app.is_streamlit
        else _dash(app, readers, expected, rounds)
    )


class Opened(Protocol):
    """What a reader can open: a server, or a proxy before several."""

    @property
    def address(self) -> str: ...
    @property
    def name(self) -> str: ...


class Session:
    """A reader of a Streamlit app without a browser."""

    def __init__(self, line: ClientConnection, app: Opened, path: str) -> None:
        self.line = line
        self.path = "" if app.name == "straightforward" else path
        self.query = f"section={path}" if app.name == "straightforward" else ""
        # which process answers, where a proxy says it
        self.process = line.response.headers.get("X-Process", "") if line.response else ""
        self.page, self.widget, self.fragment, self.received = "", "", "", b""

    async def run(self, choice: tuple[str, ...] = ()) -> bytes:
        """Runs the page, or its part, with a choice; all that the server said until it had finished."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        if self.page:
            asked.rerun_script.page_script_hash = self.page
        else:
            asked.rerun_script.page_name = self.path
        asked.rerun_script.fragment_id = self.fragment
        if self.widget:
            state = asked.rerun_script.widget_states.widgets.add(id=self.widget)
            state.string_array_value.data.extend(choice)
        await self.line.send(asked.SerializeToString())
        return await self._until_finished()

    async def _until_finished(self) -> bytes:
        said = []
        async for message in self.line:
            told = ForwardMsg.FromString(message)
            said.append(message)
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self.page = told.new_session.page_script_hash
            elif kind == "delta":
                self._note(told.delta)
            elif kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return b"".join(said)
        raise ConnectionError("the server closed the line")

    def _note(self, told: Delta) -> None:
        """Notes the widget that is to be changed and the part of the page that it runs, where this is it."""
        for widget in (told.new_element.button_group, told.new_element.multiselect):
            if widget.label == WIDGET:
                self.widget, self.fragment = widget.id, told.fragment_id


async def open_session(app: Opened, path: str = PATH, headers: Mapping[str, str] | None = None) -> Session:
    """A new reader whose page stands."""
    address = app.address.replace("http", "ws", 1) + "/_stcore/stream"
    line = await connect(
        address,
        origin=app.address,
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=120,
        ping_interval=None,  # as a browser does: a server that needs half a minute is measured, not left
        additional_headers=headers,
    )
    session = Session(line, app, path)
    await session.run()
    return session


def page_ms(app: App, path: str = PATH, times: int = 5) -> float:
    """Milliseconds, in the middle of several, from opening a page to its last word, without a browser."""

    async def opened() -> float:
        begun = time.perf_counter()
        session = await open_session(app, path)
        took = (time.perf_counter() - begun) * 1e3
        await session.line.close()
        return took

    async def all_of_them() -> list[float]:
        return [await opened() for _ in range(times)]

    return statistics.median(asyncio.run(all_of_them()))


async def _streamlit(app: App, readers: int, expected: dict[str, int], rounds: int) -> Burst:
    sessions = [await open_session(app) for _ in range(readers)]
    result, before = Burst(), app.cpu()

    async def change(session: Session, hedge: str) -> None:
        begun = time.perf_counter()
        try:
            said = await session.run((hedge,))
        except (OSError, ConnectionClosed):
            result.errors += 1
            return
        result.ms.append((time.perf_counter() - begun) * 1e3)
        result.wrong += f"Showing {expected[hedge]:,} of".encode() not in said or DRAWING not in said

    for turn in range(rounds):
        await asyncio.gather(*(change(session, hedge_of(turn, nth)) for nth, session in enumerate(sessions)))
    result.cpu_ms = (app.cpu() - before) * 1e3 / (rounds * readers)
    await asyncio.gather(*(session.line.close() for session in sessions))
    return result


def hedge_of(turn: int, reader: int) -> str:
    return HEDGES[(turn + reader) % len(HEDGES)]


def _dash(app: App, readers: int, expected: dict[str, int], rounds: int) -> Burst:
    result, before = Burst(), app.cpu()
    for turn in range(rounds):
        together = threading.Barrier(readers)
        threads = [
            threading.Thread(target=_ask_dash, args=(app, together, hedge_of(turn, nth), expected, result))
            for nth in range(readers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    result.cpu_ms = (app.cpu() - before) * 1e3 / (rounds * readers)
    return result


def _ask_dash(app: App, together: threading.Barrier, hedge: str, expected: dict[str, int], result: Burst) -> None:
    outputs = [("showing", "children"), ("chart", "figure"), ("rows", "data")]
    body = json.dumps(
        {
            "output": ".." + "...".join(f"{name}.{what}" for name, what in outputs) + "..",
            "outputs": [{"id": name, "property": what} for name, what in outputs],
            "inputs": [
                {"id": "hedge", "property": "value", "value": [hedge]},
                {"id": "years", "property": "value", "value": [1950, 2026]},
            ],
            "changedPropIds": ["hedge.value"],
        }
    )
    line = HTTPConnection(urlsplit(app.address).netloc, timeout=60)
    line.connect()
    together.wait()
    begun = time.perf_counter()
    try:
        line.request("POST", "/_dash-update-component", body, {"Content-Type": "application/json"})
        answer = line.getresponse()
        said = answer.read()
        json.loads(said)
    except OSError:
        result.errors += 1
        return
    result.ms.append((time.perf_counter() - begun) * 1e3)
    result.errors += answer.status != 200
    result.wrong += f"Showing {expected[hedge]:,} of".encode() not in said
