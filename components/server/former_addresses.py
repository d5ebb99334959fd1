"""What happens to the address of a page that names a choice in older words? It is sent to the same page in today's words.

The frontend would drop words that it does not know before anything of ours could read them.
"""

from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.server.gate import READ_METHODS
from data.query.address import ROOT
from data.query.former import ONCE_LISTS, current_words


class FormerAddresses:
    """Sends pages at older addresses to newer ones; data addresses read older words themselves."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in READ_METHODS and (location := location_today(scope)):
            await RedirectResponse(location, status_code=308)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def location_today(scope: Scope) -> str:
    """Path and query of a page's address in today's words; empty where the address holds no older word."""
    path, query = str(scope["path"]), scope["query_string"].decode("latin-1")
    if not query or path.startswith(f"{ROOT}/"):
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    today = [(name, word) for name, text in pairs for word in current_words(name, [text])]
    last = {name: at for at, (name, _) in enumerate(today)}
    today = [pair for at, pair in enumerate(today) if pair[0] not in ONCE_LISTS or last[pair[0]] == at]
    return f"{path}?{urlencode(today)}" if today != pairs else ""
