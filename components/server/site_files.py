"""What do programs ask of any site? Its icons, what they may read, a list of its addresses, and whom to tell of a weakness."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.navigation import PAGES
from components.server.hosts import base_url
from components.static.icon import icon_ico, icon_png, icon_svg
from data.query.address import ROOT, address_of_card
from data.query.rows import tables_with_ids
from data.record import clock
from data.record.load import Library, library

SITEMAP, SECURITY, POLICY = "/sitemap.xml", "/.well-known/security.txt", "/SECURITY.md"
SITEMAP_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
# What Streamlit's frontend asks of the server, which is nothing to read.
NOT_TO_READ = "/_stcore/"
PNG_SIZE, TOUCH_SIZE = 48, 180
ICON_CACHE = {"Cache-Control": "public, max-age=86400"}
# RFC 9116 wants a day within a year, so that nobody writes to an address that was given up.
VALID_FOR = timedelta(days=180)


def routes(policy: str) -> list[Route]:
    """The addresses of these files; `policy` is the text that says how to report a weakness, empty where there is none."""
    files: dict[str, tuple[Callable[[Request], str | bytes], str]] = {
        "/robots.txt": (lambda request: robots(base_url(request)), "text/plain"),
        SITEMAP: (lambda request: sitemap(library(), base_url(request)), "application/xml"),
        "/favicon.svg": (lambda request: icon_svg(), "image/svg+xml"),
        "/favicon.png": (lambda request: icon_png(PNG_SIZE), "image/png"),
        "/favicon.ico": (lambda request: icon_ico(), "image/x-icon"),
        # phones round the corners themselves
        "/apple-touch-icon.png": (lambda request: icon_png(TOUCH_SIZE, 0), "image/png"),
    }
    reports = [
        Route(SECURITY, lambda request: PlainTextResponse(security(base_url(request), clock.now()))),
        Route(POLICY, lambda request: PlainTextResponse(policy)),
    ]
    return [Route(path, _answer(content, kind)) for path, (content, kind) in files.items()] + reports * bool(policy)


def _answer(content: Callable[[Request], str | bytes], media_type: str) -> Callable[[Request], Response]:
    headers = ICON_CACHE if media_type.startswith("image/") else {"Cache-Control": "no-cache"}
    return lambda request: Response(content(request), headers=headers, media_type=media_type)


def robots(base: str) -> str:
    """What robots may read: everything but what the frontend asks of the server."""
    return f"User-agent: *\nDisallow: {NOT_TO_READ}\n\nSitemap: {base}{SITEMAP}\n"


def sitemap(library: Library, base: str) -> str:
    """Pages, data and the page of each record, with the day of the data."""
    day = str(library.dictionary["created"])[:10]
    entries = "".join(
        f"<url><loc>{escape(address)}</loc><lastmod>{day}</lastmod></url>" for address in addresses(library, base)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP_SCHEMA}">{entries}</urlset>\n'


def addresses(library: Library, base: str) -> Iterator[str]:
    """The addresses of the sitemap: pages, the page of the data and each table, each record that has a card."""
    yield from (f"{base}/{page.path}" for page in PAGES)
    yield f"{base}{ROOT}/"
    yield from (f"{base}{ROOT}/{table}.csv" for table in library.tables)
    for table in tables_with_ids(library):
        yield from (address_of_card(base, str(row_id)) for row_id in library[table].iloc[:, 0])


def security(base: str, now: datetime) -> str:
    """Whom to tell of a weakness, as RFC 9116 wants it; valid from now for half a year."""
    until = (now + VALID_FOR).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    fields = {
        "Contact": f"{base}{POLICY}",
        "Policy": f"{base}{POLICY}",
        "Expires": until,
        "Preferred-Languages": "en",
        "Canonical": f"{base}{SECURITY}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())
