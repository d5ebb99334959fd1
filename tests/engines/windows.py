"""How does a test drive a browser that is not Chromium? Firefox by WebDriver BiDi, WebKitGTK by WebDriver, in the same words.

No package drives both as Debian brings them: Playwright patches its browsers, Selenium wants a geckodriver that Debian has not.
"""

import base64
import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.conftest import program
from tests.served import free_port

WIDTH, HEIGHT = 1280, 800
ENTER, ESCAPE, RIGHT, LEFT = "\ue007", "\ue00c", "\ue014", "\ue012"
FIREFOXES = ("firefox-esr", "firefox")
MINIBROWSERS = (
    "/usr/lib/*/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/*/webkitgtk-6.0/MiniBrowser",
    "/usr/lib*/*/MiniBrowser",
)
# Every request that leaves this machine ends at a port where nobody listens.
NOWHERE = "127.0.0.1:9"
PREFERENCES = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.download.folderList": 2,
    "browser.download.always_ask_before_handling_new_types": False,
}
STANDS = """(() => {
  const root = document.querySelector('#root');
  return !document.querySelector('#first-view') && Boolean(document.querySelector('.st-key-footer p'))
    && !document.querySelector('[data-testid=stStatusWidget], [data-stale="true"]');
})()"""
# The middle of what a selector finds, once it stands still in sight with nothing above it but its own chart; else nothing.
MIDDLE = """(async () => {{
  const one = [...document.querySelectorAll({selector})].find(one => one.checkVisibility() && !one.disabled);
  if (!one) return null;
  one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
  const before = one.getBoundingClientRect();
  for (let frames = 0; frames < 4; frames += 1) await new Promise(next => setTimeout(next, 20));
  const box = one.getBoundingClientRect(), [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const hit = document.elementFromPoint(x, y);
  const chart = one.closest('.js-plotly-plot'), reached = hit && (one.contains(hit) || hit.contains(one) || chart?.contains(hit));
  return before.y === box.y && reached ? [Math.round(x), Math.round(y)] : null;
}})()"""


class Refused(Exception):
    """What a browser does not do, in its words; also where the page left meanwhile."""


class Window(ABC):
    """A window of a browser, and what its console called an error."""

    name: str

    @abstractmethod
    def go(self, address: str) -> None:
        """Opens an address, until it is loaded."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """What an expression of JavaScript is in the page, awaited."""

    @abstractmethod
    def act(self, *sources: dict[str, Any]) -> None:
        """Moves and presses, as WebDriver writes them."""

    @abstractmethod
    def back(self) -> None: ...

    @abstractmethod
    def errors(self) -> list[str]:
        """What the console called an error since this was asked last."""

    @abstractmethod
    def picture(self) -> bytes:
        """What is in sight, as a PNG."""

    def open(self, address: str) -> None:
        """Opens a page, and is there until the live one stands."""
        self.go(address)
        self.stir()
        self.settled()

    def stir(self) -> None:
        self.evaluate("dispatchEvent(new PointerEvent('pointermove'))")

    def settled(self) -> None:
        self.wait_until(STANDS)

    def wait_until(self, expression: str, seconds: float = 30) -> Any:
        """What an expression is once it is true, over pages that come and go."""
        end, last = time.monotonic() + seconds, None
        while time.monotonic() < end:
            try:
                if last := self.evaluate(expression):
                    return last
            except Refused as refused:
                last = refused
            time.sleep(0.05)
        raise AssertionError(f"{self.name}: never held: {expression}; last: {last}")

    def text(self, selector: str) -> str:
        return str(self.wait_until(f"document.querySelector({json.dumps(selector)})?.innerText"))

    def shows(self, selector: str, words: str) -> None:
        """Waits until one of what a selector finds has these words."""
        among = f"[...document.querySelectorAll({json.dumps(selector)})]"
        self.wait_until(f"{among}.some(one => one.innerText.includes({json.dumps(words)}))")

    def is_gone(self, selector: str) -> None:
        self.wait_until(f"!document.querySelector({json.dumps(selector)})")

    def arrived(self, file: Path, seconds: float = 30) -> bytes:
        """The content of a file once it is downloaded whole; some browsers keep its place with an empty one."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if file.exists() and (content := file.read_bytes()):
                return content
            time.sleep(0.05)
        raise AssertionError(f"{self.name}: no {file.name} but {[one.name for one in file.parent.iterdir()]}")

    def press(self, selector: str) -> None:
        """Presses the first of what a selector finds that can be pressed."""
        x, y = self.wait_until(MIDDLE.format(selector=json.dumps(selector)))
        moves = [{"type": "pointerMove", "x": x, "y": y, "duration": 0}]
        presses = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves + presses})

    def type(self, keys: str) -> None:
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.act({"type": "key", "id": "keys", "actions": strokes})


class Firefox(Window):
    """Firefox as it is, by WebDriver BiDi."""

    name = "firefox"

    def __init__(self, line: ClientConnection) -> None:
        self.line, self.numbers, self.noted = line, count(1), list[str]()
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self.tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        self._ask("browsingContext.setViewport", context=self.tab, viewport={"width": WIDTH, "height": HEIGHT})

    def _ask(self, method: str, **params: Any) -> Any:
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self.line.recv(timeout=60))
            if said.get("method") == "log.entryAdded" and said["params"]["level"] == "error":
                self.noted.append(str(said["params"]["text"]))
            if said.get("id") == number:
                break
        if said["type"] == "error":
            raise Refused(f"{method}: {said['error']}: {said['message']}")
        return said["result"]

    def go(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        text = f"(async () => JSON.stringify({{ value: await ({expression}) }}))()"
        told = self._ask("script.evaluate", expression=text, target={"context": self.tab}, awaitPromise=True)
        if told["type"] == "exception":
            raise Refused(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"]).get("value")

    def act(self, *sources: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self.tab, actions=list(sources))

    def back(self) -> None:
        self._ask("browsingContext.traverseHistory", context=self.tab, delta=-1)

    def errors(self) -> list[str]:
        self._ask("session.status")  # what was noted before the answer has come by then
        noted, self.noted = self.noted, []
        return noted

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("browsingContext.captureScreenshot", context=self.tab)["data"])

    def pdf(self, background: bool = False, width: float = 21.59, height: float = 27.94) -> bytes:
        """The page as Firefox prints it; centimeters, those of Letter where nothing else is said."""
        sheet = {"page": {"width": width, "height": height}, "background": background}
        return base64.b64decode(self._ask("browsingContext.print", context=self.tab, **sheet)["data"])


class WebKit(Window):
    """WebKitGTK's own small browser, by WebDriver."""

    name = "webkit"

    def __init__(self, address: str, log: Path) -> None:
        self.address, self.log, self.read = address, log, 0
        options = {"binary": minibrowser(), "args": ["--automation", "--enable-write-console-messages-to-stdout=true"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        session = self._ask("POST", "/session", capabilities={"alwaysMatch": wanted})
        self.address += f"/session/{session['sessionId']}"
        self._ask("POST", "/timeouts", script=60_000, pageLoad=60_000)
        self._ask("POST", "/window/rect", width=WIDTH, height=HEIGHT)
        above = HEIGHT - self.evaluate("innerHeight")
        self._ask("POST", "/window/rect", width=WIDTH, height=HEIGHT + above)

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        content = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(
            self.address + path, content, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            told = json.load(error)["value"]
            raise Refused(f"{path}: {told['error']}: {told['message']}") from None

    def go(self, address: str) -> None:
        self._ask("POST", "/url", url=address)

    def evaluate(self, expression: str) -> Any:
        text = f"const done = arguments[0]; (async () => ({expression}))().then(value => done([value]), error => done([null, `${{error}}`]));"
        value, *wrong = self._ask("POST", "/execute/async", script=text, args=[])
        if wrong:
            raise Refused(wrong[0])
        return value

    def act(self, *sources: dict[str, Any]) -> None:
        self._ask("POST", "/actions", actions=list(sources))

    def back(self) -> None:
        self._ask("POST", "/back")

    def errors(self) -> list[str]:
        with self.log.open(encoding="utf-8", errors="replace") as log:
            log.seek(self.read)
            lines = log.read().splitlines()
            self.read = log.tell()
        return [line for line in lines if line.startswith("CONSOLE") and " ERROR " in line]

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def close(self) -> None:
        self._ask("DELETE", "")


def minibrowser() -> str:
    found = [str(path) for pattern in MINIBROWSERS for path in sorted(Path("/").glob(pattern.removeprefix("/")))]
    assert found, "no MiniBrowser of WebKitGTK found: Debian's webkit2gtk-driver lets the journeys run in WebKit"
    return found[0]


@contextmanager
def process(command: list[str], **start: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that runs while the block does."""
    running = subprocess.Popen(command, **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | start)
    try:
        yield running
    finally:
        running.terminate()
        running.wait(timeout=20)


@contextmanager
def firefox(folder: Path, downloads: Path) -> Iterator[Firefox]:
    """A window of Firefox without a screen, whose profile and files are in these folders."""
    path = program(*FIREFOXES, why="Debian's firefox-esr lets the journeys run in Firefox")
    preferences = PREFERENCES | {"browser.download.dir": str(downloads)}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()]
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [path, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    with process(command, env=os.environ | {"HOME": str(folder)}) as running:
        told = json.loads(_awaited(folder / "WebDriverBiDiServer.json", running))
        with connect(f"ws://{told['ws_host']}:{told['ws_port']}/session", max_size=None, proxy=None) as line:
            yield Firefox(line)


@contextmanager
def webkit(folder: Path, downloads: Path) -> Iterator[WebKit]:
    """A window of WebKitGTK on a screen that nobody sees, whose profile and files are in these folders."""
    driver = program("WebKitWebDriver", why="Debian's webkit2gtk-driver lets the journeys run in WebKit")
    screen = program("Xvfb", why="Debian's xvfb lets WebKit have a screen")
    (folder / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{downloads}"\n', encoding="utf-8")
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(folder))
    own = {"http_proxy": f"http://{NOWHERE}", "https_proxy": f"http://{NOWHERE}", "no_proxy": "localhost,127.0.0.1"}
    own |= {"GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "memory", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1"}
    own |= {"WEBKIT_DISABLE_DMABUF_RENDERER": "1", "WEBKIT_SKIA_ENABLE_CPU_RENDERING": "1"}  # a third of the time
    with ExitStack() as stack:
        number, port = folder / "screen", free_port()
        written = stack.enter_context(number.open("wb"))
        command = [screen, "-displayfd", str(written.fileno()), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        shown = stack.enter_context(process(command, pass_fds=[written.fileno()]))
        own["DISPLAY"] = f":{_awaited(number, shown)}"
        log = folder / "console.log"
        said = stack.enter_context(log.open("wb"))
        stack.enter_context(process([driver, f"--port={port}"], env=os.environ | homes | own, stdout=said))
        window = _connected(f"http://127.0.0.1:{port}", log)
        stack.callback(window.close)
        yield window


def _awaited(file: Path, running: "subprocess.Popen[bytes]", seconds: float = 60) -> str:
    """The content of a file that a program writes when it is ready."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and running.poll() is None:
        if file.exists() and (text := file.read_text(encoding="utf-8")).strip():
            return text.strip()
        time.sleep(0.05)
    raise AssertionError(f"{running.args} did not begin")


def _connected(address: str, log: Path, seconds: float = 20) -> WebKit:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return WebKit(address, log)
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError(f"WebKitWebDriver did not begin at {address}")
