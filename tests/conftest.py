"""What do all tests share? The tables, the pages run without a browser, a server without a network, a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.load import TABLES, Library, load_library

ROOT = Path(__file__).parent.parent
PAGES = {
    "": "overview",
    "counts-over-time": "counts_over_time",
    "remains-and-identifications": "remains_and_identifications",
    "prisoners-of-war": "prisoners_of_war",
    "recovery-map": "recovery_map",
    "mission-timeline": "mission_timeline",
    "disagreements": "disagreements",
    "sources-and-data": "sources_and_data",
    "path": "path",
}


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture
def tables_copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may break."""
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    """Runs a page inside the frame, with the parameters of an address."""

    def run(path: str, /, **parameters: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=30)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        app.switch_page(f"../pages/{PAGES[path]}.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return run


def program(*names: str, why: str) -> str:
    """The path of the first of these programs that is here; without one a test is skipped, but never in CI."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        said = f"none of {', '.join(names)} found: {why}"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def outside_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    log = tmp_path_factory.mktemp("network") / "outside.log"
    log.touch()
    return log


@pytest.fixture(scope="session")
def server(outside_log: Path) -> Iterator[str]:
    """The dashboard, served as the README says, in a process that refuses and notes outside connections."""
    port = free_port()
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests" / "no_network"), "OUTSIDE_LOG": str(outside_log)}
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    try:
        wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_until_healthy(address: str, process: "subprocess.Popen[bytes]", seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            assert process.poll() is None, process.stdout.read().decode() if process.stdout else "the server stopped"
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {address} within {seconds} s")
