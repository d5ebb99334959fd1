"""Which servers are measured, and what do they cost? The dashboard, the floor, a straightforward version, a Dash version."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from components.server.startup import FIRST_SECONDS
from data.record.load import DATA_DIR, TABLES
from tests.served import ROOT, free_port, wait_until_healthy

HERE = Path(__file__).parent
# The settings that keep Streamlit from asking outside hosts; all others are its defaults.
PLAIN = ("--server.headless=true", "--browser.gatherUsageStats=false", "--browser.serverAddress=localhost")

# What each gives first, and what says that it is ready.
ANSWERS = {"dash": ("/",), "dashboard": ("/data/v1/", "/_stcore/health")}
# Seconds of little work after which a server counts as settled, and the processor seconds that half a second of it may use.
QUIET_SECONDS, IDLE_SECONDS = 2.0, 0.02


@dataclass(frozen=True)
class App:
    """A server that runs, and where its page with the panel of counts and its overview stand; the seconds from its start to the
    first file that it gave, and until it was healthy."""

    name: str
    address: str
    process: psutil.Process
    answered_s: float = 0.0
    healthy_s: float = 0.0

    @property
    def is_streamlit(self) -> bool:
        return self.name != "dash"

    def page(self, path: str) -> str:
        """The address of a page; the straightforward version has sections instead."""
        return f"{self.address}/?section={path}" if self.name == "straightforward" else f"{self.address}/{path}"

    def _family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def cpu(self) -> float:
        """Seconds of processor that the server has used so far."""
        return sum(map(_used_by, self._family()))

    def memory(self) -> float:
        """Megabytes that the server holds; what its processes share is counted once, where the system says so."""
        return sum(map(_held_by, self._family())) / 1e6


def _used_by(process: psutil.Process) -> float:
    """Seconds of processor of a process, and of those that it has begun and that have ended; none of one that has just ended."""
    try:
        return sum(process.cpu_times()[:4])
    except psutil.NoSuchProcess:
        return 0.0


def _held_by(process: psutil.Process) -> float:
    """Bytes of a process; none of one that has just ended."""
    try:
        held = process.memory_full_info() if sys.platform == "linux" else process.memory_info()
        return float(getattr(held, "pss", held.rss))
    except psutil.NoSuchProcess:
        return 0.0


def settle(app: App) -> None:
    """Waits until a server has nothing more to make ready: the dashboard begins the last of it some time after it answers."""
    if app.name == "dashboard":
        time.sleep(FIRST_SECONDS)
    quiet = 0.0
    while quiet < QUIET_SECONDS:
        before = app.cpu()
        time.sleep(0.5)
        quiet = quiet + 0.5 if app.cpu() - before < IDLE_SECONDS else 0.0


def _command(name: str, port: int, tables: Path) -> list[str]:
    streamlit = [sys.executable, "-m", "streamlit", "run", f"--server.port={port}"]
    return {
        "dashboard": [*streamlit, str(ROOT / "dashboard.py")],
        "floor": [*streamlit, *PLAIN, str(HERE / "floor.py")],
        "straightforward": [*streamlit, *PLAIN, str(HERE / "straightforward.py"), "--", str(tables)],
        "dash": [
            *(sys.executable, "-m", "gunicorn", "--workers=1", "--threads=8", f"--bind=127.0.0.1:{port}"),
            *(f"--chdir={HERE}", "in_dash:server"),
        ],
    }[name]


@contextmanager
def serving(name: str, tables: Path = TABLES, settings: Mapping[str, str] | None = None) -> Iterator[App]:
    """One of the servers on a port of its own. RuntimeError with what it said where it does not come up."""
    port = free_port()
    environment = os.environ | {DATA_DIR: str(tables), "BENCH_TABLES": str(tables)} | dict(settings or {})
    with tempfile.TemporaryDirectory() as elsewhere, tempfile.TemporaryFile() as log:
        # Only the dashboard is run where its own settings stand.
        folder = ROOT if name == "dashboard" else Path(elsewhere)
        started = subprocess.Popen(
            _command(name, port, tables), cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        app, begun = App(name, f"http://localhost:{port}", psutil.Process(started.pid)), time.perf_counter()
        try:
            try:
                seconds = []
                for path in ANSWERS.get(name, ("/", "/_stcore/health")):
                    wait_until_healthy(app.address, started, 900, path)
                    seconds.append(time.perf_counter() - begun)
            except (AssertionError, TimeoutError):
                log.seek(0)
                raise RuntimeError(log.read().decode(errors="replace")) from None
            app = replace(app, answered_s=seconds[0], healthy_s=seconds[-1])
            yield app
        finally:
            started.terminate()
            started.wait(timeout=30)
