"""What does an app answer in this process, where nothing is served?"""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from tests.served import Answer


def scope_of(
    path: str,
    headers: Mapping[str, str] | None = None,
    host: str = "localhost",
    client: str = "::1",
    method: str = "GET",
) -> dict[str, Any]:
    """A request as a server hands it on: its path decoded, from this client."""
    place, _, query = path.partition("?")
    return {
        "type": "http",
        "method": method,
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
        "path": unquote(place),
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "headers": Headers({"host": host} | dict(headers or {})).raw,
        "client": (client, 1),
        "server": ("10.0.0.1", 8501),
    }


async def asked(
    app: ASGIApp,
    path: str,
    headers: Mapping[str, str] | None = None,
    host: str = "localhost",
    client: str = "::1",
    method: str = "GET",
) -> Answer:
    """The whole answer to a request."""
    messages: list[Message] = []
    requests: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not requests:
            await asyncio.Event().wait()  # nobody goes
        return requests.pop()

    async def send(message: Message) -> None:
        messages.append(message)

    await app(scope_of(path, headers, host, client, method), receive, send)
    body = b"".join(message.get("body", b"") for message in messages)
    return Answer(messages[0]["status"], dict(Headers(raw=messages[0]["headers"])), body)
