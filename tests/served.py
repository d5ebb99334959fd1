"""How is the dashboard served to a test, and how does a test speak to it without a client that tidies the address?"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_SH, LOCK_UN, flock
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

ROOT = Path(__file__).parent.parent


@dataclass
class Served:
    """A running server: where it answers, its process, and all that it has said."""

    address: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass
class Answer:
    """An answer as it came over the wire; names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")


@contextmanager
def running(
    outside_log: Path,
    port: int = 0,
    root: Path = ROOT,
    before: Sequence[str] = (),
    clean: bool = False,
    start: Mapping[str, Any] | None = None,
    **settings: str,
) -> Iterator[Served]:
    """The dashboard, served as the README says, in a process that refuses and notes outside connections.

    `before` stands before the command, `settings` are variables of its environment (all of it where `clean`), `start`
    goes to Popen.
    """
    port = port or free_port()
    own = {"PYTHONPATH": str(root / "tests" / "no_network"), "OUTSIDE_LOG": str(outside_log)}
    command = [*before, sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with tempfile.NamedTemporaryFile(prefix="served-", suffix=".log") as log:
        environment = ({} if clean else os.environ) | own | settings
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT, **(start or {})
        )
        served = Served(f"http://localhost:{port}", process, Path(log.name))
        try:
            try:
                wait_until_healthy(served.address, process)
            except (AssertionError, TimeoutError):
                raise AssertionError(served.said()) from None
            yield served
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def shared(folder: Path, start: Callable[[], AbstractContextManager[Served]]) -> Iterator[str]:
    """The address of one server for all processes that ask for it with this folder.

    The first that asks starts it, and stops it when all others have left: each holds a lock, which falls with its process.
    """
    with ExitStack() as stack:
        turn, users = (stack.enter_context((folder / name).open("a+", encoding="utf-8")) for name in ("turn", "users"))
        flock(turn, LOCK_EX)
        flock(users, LOCK_SH)
        noted = folder / "address"
        if noted.exists():
            flock(turn, LOCK_UN)
            yield noted.read_text(encoding="utf-8")
            return
        with start() as served:
            noted.write_text(served.address, encoding="utf-8")
            flock(turn, LOCK_UN)
            yield served.address
            flock(users, LOCK_EX)  # waits for the others
            noted.unlink()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(
    address: str, process: "subprocess.Popen[bytes]", seconds: float = 60, path: str = "/_stcore/health"
) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}{path}", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            assert process.poll() is None, process.stdout.read().decode() if process.stdout else "the server stopped"
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {address} within {seconds} s")


def spoken(
    server: str, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"", host: str = ""
) -> Answer:
    """The answer to a request written to the socket letter by letter: no client mends its path or adds a header."""
    where = urlsplit(server)
    told = {"Host": host or where.netloc, "Connection": "close"} | dict(headers or {})
    told |= {"Content-Length": str(len(body))} if body else {}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        line.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        received = b""
        while part := line.recv(65536):
            received += part
            if b"HTTP/1.1 101" in received[:12]:
                break
    return _read(received)


@contextmanager
def a_line(server: str, cookie: str = "") -> Iterator[ClientConnection]:
    """The line on which a browser and the server speak of a page."""
    address, told = server.replace("http", "ws", 1) + "/_stcore/stream", {"Cookie": cookie} if cookie else {}
    speaks = [Subprotocol("streamlit")]
    with connect(address, origin=server, subprotocols=speaks, additional_headers=told, max_size=None) as line:
        yield line


def run_script(line: ClientConnection, request: BackMsg) -> list[ForwardMsg]:
    """All that the server says from a request to run a page, or a part of it, until that has run."""
    line.send(request.SerializeToString())
    messages = []
    for message in line:
        messages.append(ForwardMsg.FromString(message))
        finished = messages[-1].HasField("script_finished")
        if finished and messages[-1].script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return messages
    raise AssertionError("the server closed the line")


def open_on_line(line: ClientConnection, page: str, query: str = "") -> list[ForwardMsg]:
    """All that the server says where a browser opens a page."""
    return run_script(line, BackMsg(rerun_script={"page_name": page, "query_string": query}))


@contextmanager
def a_session(server: str, cookie: str = "") -> Iterator[str]:
    """The id of a session that stands while the block runs, begun as a browser begins one."""
    with a_line(server, cookie) as line:
        # read to its end: a line that holds unread messages takes ten seconds to close
        messages = run_script(line, BackMsg(rerun_script={}))
        yield next(one.new_session.initialize.session_id for one in messages if one.HasField("new_session"))


def token_of(server: str) -> str:
    """The cookie with the token that the server gives to a page."""
    return spoken(server, "GET", "/_stcore/health").headers["set-cookie"].split(";")[0]


def put_file(server: str, session: str, content: bytes, token: str = "") -> Answer:
    """The answer to a file brought in a session, with the token of the server or another."""
    cookie = token or token_of(server)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    told = {"Cookie": cookie, "X-Xsrftoken": cookie.split("=", 1)[1]}
    told |= {"Content-Type": "multipart/form-data; boundary=x"}
    path = f"/_stcore/upload_file/{session}/file"
    return spoken(server, "PUT", path, told, head + content + b"\r\n--x--\r\n")


def _read(received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        body = _joined(body)
    return Answer(int(first.split()[1]), headers, body)


def _joined(chunked: bytes) -> bytes:
    whole = b""
    while chunked:
        size, _, rest = chunked.partition(b"\r\n")
        length = int(size, 16)
        whole, chunked = whole + rest[:length], rest[length + 2 :] if length else b""
    return whole
