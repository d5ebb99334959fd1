"""A window of Firefox and one of WebKitGTK, each started once."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.engines.windows import Firefox, Window, firefox, webkit

ENGINES: dict[str, Callable[[Path, Path], AbstractContextManager[Window]]] = {"firefox": firefox, "webkit": webkit}


@pytest.fixture(scope="session")
def downloads_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder into which an engine puts what is downloaded."""
    folders = {engine: tmp_path_factory.mktemp(f"{engine}-downloads") for engine in ENGINES}
    return folders.__getitem__


@pytest.fixture(scope="session")
def window_of(
    tmp_path_factory: pytest.TempPathFactory, downloads_of: Callable[[str], Path]
) -> Iterator[Callable[[str], Window]]:
    """The window of an engine, started once."""
    with ExitStack() as windows:

        @cache
        def started(engine: str) -> Window:
            return windows.enter_context(ENGINES[engine](tmp_path_factory.mktemp(engine), downloads_of(engine)))

        yield started


@pytest.fixture(params=ENGINES)
def window(request: pytest.FixtureRequest, window_of: Callable[[str], Window]) -> Window:
    return window_of(request.param)


@pytest.fixture
def printer(window_of: Callable[[str], Window]) -> Firefox:
    """The window of Firefox, which prints; WebKit's driver does not."""
    window = window_of("firefox")
    assert isinstance(window, Firefox)
    return window
