"""What is made ready while nobody waits? Packed copies of the frontend's scripts, and the references of all sources in
words: cold, each takes more than a second."""

import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from components.server.compression import Copies
from data.files import cite
from data.record.load import library

# Rests between two references: readers who come at once are served first.
REST_SECONDS = 0.02


def lifespan(copies: Copies) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The server's life: begins to make ready as soon as the server answers, and waits for nothing at its end."""

    def make_ready() -> None:
        copies.make_all()
        _style_all_sources()

    @asynccontextmanager
    async def live(app: Any) -> AsyncIterator[None]:
        threading.Thread(target=make_ready, daemon=True, name="warm").start()
        yield

    return live


def _style_all_sources() -> None:
    for source in library()["sources"].to_dict("records"):
        cite.styled([cite.reference_of_source(source)], "APA")
        time.sleep(REST_SECONDS)
