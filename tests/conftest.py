"""What do all tests share? The tables, the pages run without a browser, a server without a network, a browser."""

import asyncio
import functools
import logging
import os
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeVar

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from components import navigation
from components.frame import faults
from data.query.pace import exact_counts
from data.query.views import LIST
from data.record import load
from data.record.load import TABLES, Library
from tests.served import ROOT, running, shared

T = TypeVar("T")
# Pages run here without Streamlit's server, which it warns of at each call.
BARE = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
BARE.addFilter(lambda record: "missing ScriptRunContext" not in record.getMessage())

# At each run of a page Streamlit looks through all packages that are installed; one look is enough, a tenth of a second each.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)

# A page that fails is to fail its test, and not to say a sentence.
FAULTS_SHOWN, faults.shown = faults.shown, nullcontext

PAGES = {page.path: page.file for page in navigation.PAGES}


@pytest.fixture(scope="session")
def library() -> Library:
    """The tables as the pages have them, which no test changes."""
    return load.library()


@pytest.fixture(scope="session")
def newest_count(library: Library) -> dict[str, Any]:
    """The newest exact count, whose number and words a test takes from here, so that a newer one breaks none."""
    return {str(name): cell for name, cell in exact_counts(library).iloc[-1].items()}


@pytest.fixture
def tables_copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may break."""
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


# Fixtures that serve the dashboard.
SERVERS = {"server", "attacked", "confined", "sealed", "server_with_settings"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what asks for a served dashboard, so that `make fast` leaves it out without anybody's having to think of it."""
    for item in items:
        if SERVERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)


SHELL = str(ROOT / "components" / "frame" / "shell.py")
# Seconds after which the run of a page has failed: a busy machine draws in many times what an idle one takes.
LONGEST_RUN = 120


def run_page(path: str, /, **parameters: str | list[str]) -> AppTest:
    """Runs a page inside the frame, with the parameters of an address and the rows, notes and sources of its panels unfolded.

    As a browser that opens the address first: AppTest.switch_page would want another page to be run before.
    """
    app = AppTest.from_file(SHELL, default_timeout=LONGEST_RUN)
    app.query_params.update(parameters)
    for key in (view.key for view in LIST):
        app.session_state[f"{key}-fold"] = ["Data", "Notes", "Sources"]
    app._page_hash = calc_hash(path) if path else ""
    return app.run()


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    """Opens a page that the test may then use."""
    return run_page


@pytest.fixture(scope="session")
def opened_page() -> Callable[..., AppTest]:
    """Opens a page once for all tests that do no more than look at it."""
    return functools.cache(run_page)


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine comes to, in a thread of its own: in this one the loop of a browser may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def program(*names: str, why: str) -> str:
    """The path of the first of these programs that is here; a test without the one it needs fails and says so."""
    folders = os.pathsep.join((os.environ["PATH"], "/usr/sbin", "/usr/local/sbin"))
    found = next((path for name in names if (path := shutil.which(name, path=folders))), None)
    assert found, f"none of {', '.join(names)} found: {why}"
    return found


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, the same one in all its processes."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def outside_log(shared_folder: Path) -> Path:
    log = shared_folder / "outside.log"
    log.touch()
    return log


@pytest.fixture(scope="session")
def server(shared_folder: Path, outside_log: Path) -> Iterator[str]:
    """The dashboard, served as the README says, in a process that refuses and notes outside connections.

    It is one for all processes of a run: what it has drawn for one it need not draw for the next.
    """
    with shared(shared_folder, lambda: running(outside_log)) as address:
        yield address
