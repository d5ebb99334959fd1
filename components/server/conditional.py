"""What is said of a file with each answer, and does the client hold it already? Its tag, its day, its name."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request

from components.server.compression import holds_tag
from data.record.load import library

# Media types of text, which are sent compressed; workbooks and bundles are compressed files already.
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/ld+json",
    "application/vnd.google-earth.kml",
    "image/svg+xml",
)
# Media types that a browser shows, on a page of another site too; all others it saves.
SHOWN = ("text/html", "image/")


def is_text(media_type: str) -> bool:
    return media_type.startswith(COMPRESSIBLE)


def headers_of(etag: str, media_type: str, name: str = "") -> dict[str, str]:
    """The validators of a file, and under which name it is saved."""
    headers = {"ETag": etag, "Last-Modified": format_datetime(_modified(), usegmt=True), "Cache-Control": "no-cache"}
    headers |= {"Accept-Ranges": "bytes"} | ({"Vary": "Accept-Encoding"} if is_text(media_type) else {})
    if name:
        shown_as = "inline" if media_type.startswith(SHOWN) else "attachment"
        headers["Content-Disposition"] = f'{shown_as}; filename="{name}"'
    return headers


def is_unchanged(request: Request, etag: str) -> bool:
    """True where the request says that the client holds this very content."""
    etags, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if etags is not None:
        return holds_tag(etags, etag)
    try:
        return since is not None and parsedate_to_datetime(since) >= _modified()
    except (TypeError, ValueError, OverflowError):
        return False  # a day that cannot be read asks for nothing less than the whole


def _modified() -> datetime:
    return datetime.fromisoformat(str(library().dictionary["created"])).astimezone(UTC)
