"""What is made ready while nobody waits? The references of all sources in words: cold, they take more than a second."""

import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from data import cite
from data.load import library

# Rests between two references: readers who come at once are served first.
REST_SECONDS = 0.02


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """The server's life: begins to make ready as soon as the server answers, and waits for nothing at its end."""
    threading.Thread(target=_style_all_sources, daemon=True, name="references").start()
    yield


def _style_all_sources() -> None:
    for source in library()["sources"].to_dict("records"):
        cite.styled([cite.reference_of_source(source)], "APA")
        time.sleep(REST_SECONDS)
