"""What is made ready while nobody waits? The frontend's scripts, compressed, and the references of all sources in words.

Without this the first reader would wait more than a second for each of them.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from components.server.compression import CompressedFiles
from data.files import cite
from data.record.load import library

# Pause between two references, in which requests of readers are answered.
PAUSE_SECONDS = 0.02


def lifespan(
    files: CompressedFiles, warm_pages: Callable[[], Coroutine[Any, Any, None]]
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The lifespan of the ASGI app: starts to warm the caches once the server answers, and does not wait for them at the
    end. `warm_pages` makes what every page needs."""

    def warm_caches() -> None:
        files.compress_all()
        _style_all_sources()

    @asynccontextmanager
    async def run(app: Any) -> AsyncIterator[None]:
        threading.Thread(target=warm_caches, daemon=True, name="warm").start()
        warming = asyncio.create_task(warm_pages())
        yield
        warming.cancel()

    return run


def _style_all_sources() -> None:
    for source in library()["sources"].to_dict("records"):
        cite.styled([cite.reference_of_source(source)], "APA")
        time.sleep(PAUSE_SECONDS)
