"""What does the server answer at /data/v1? Rows in every format, one row, the dictionary, and a page for people."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from components.exports import one_page
from components.server.compression import accepted, packed
from data.files import described
from data.files.export import by_extension, file_name
from data.files.extract import Extract
from data.query.address import ROOT, Asked, Refusal, read_address
from data.query.path import PathBroken, read_path
from data.record.json_text import dumped
from data.record.load import Library, library

# Files that are text, and not packed already; the rest, as workbooks and bundles, is.
PACKABLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/ld+json",
    "application/vnd.google-earth.kml",
)
Made = tuple[bytes, str, str]


class Drawing(NamedTuple):
    """A kind of file that needs a drawing: what makes it, and its media type."""

    make: Callable[[Extract], bytes]
    media_type: str


# Files that hold a drawing: the one-file copy, and the figure that the browser makes a picture of.
DRAWINGS = {
    described.ONE_FILE: Drawing(one_page.one_file, "text/html; charset=utf-8"),
    "figure": Drawing(one_page.figure_json, "application/json"),
    described.SLIDES: Drawing(one_page.slide, described.SLIDES_TYPE),
}


def routes() -> list[Route]:
    """All addresses below /data/v1; what is none of them is a 404 that says so."""
    return [
        Route(ROOT, lambda request: RedirectResponse(f"{request.url.path}/")),
        Route(f"{ROOT}/", _page),
        Route(f"{ROOT}/datapackage.json", _document(described.data_package, "application/json")),
        Route(f"{ROOT}/catalog.jsonld", _document(described.catalogue, "application/ld+json")),
        Route(f"{ROOT}/openapi.json", _document(described.interface, "application/json")),
        Route(f"{ROOT}/path.{described.SLIDES}", _deck),
        Route(f"{ROOT}/{{table}}/{{row}}.json", _row),
        Route(f"{ROOT}/{{name}}", _rows),
        Route(f"{ROOT}/{{rest:path}}", _nothing),
    ]


def _rows(request: Request) -> Response:
    """Rows of a table in a format, named as /data/v1/<table>.<format>?<choices>."""
    table, _, extension = request.path_params["name"].partition(".")
    try:
        _known(extension)
        asked = read_address(table, request.query_params.multi_items())
        _holds(extension, asked)
    except Refusal as refusal:
        return refused(refusal)
    pairs = tuple(request.query_params.multi_items())
    made, media_type, name = _made(table, extension, pairs, _base(request))
    return _answer(request, made, media_type, name)


@lru_cache(maxsize=48)
def _made(table: str, extension: str, pairs: tuple[tuple[str, str], ...], base: str) -> Made:
    asked = read_address(table, pairs)
    extract = Extract(asked.view, asked.library, asked.selection, base, drawn=one_page.beside_data)
    if extension in DRAWINGS:
        drawing = DRAWINGS[extension]
        return drawing.make(extract), drawing.media_type, file_name(extract, extension)
    chosen = by_extension(extension)
    assert chosen is not None, "an unknown extension was refused before"
    return chosen.to_bytes(extract), chosen.media_type, file_name(extract, extension)


def _known(extension: str) -> None:
    if extension not in DRAWINGS and by_extension(extension) is None:
        said = f"There is no format “{extension[:30]}”." if extension else "The address names no format."
        raise Refusal(404, said, {"formats": described.extensions()})


def _holds(extension: str, asked: Asked) -> None:
    chosen = by_extension(extension)
    if chosen is not None and not chosen.holds(asked.view.table):
        said = f"Rows of {asked.view.table} name no places, so that there is no {extension} of them."
        raise Refusal(404, said, {"formats": described.extensions_of(asked.view.table)})


def _row(request: Request) -> Response:
    """One row in full."""
    table, row_id = request.path_params["table"], request.path_params["row"]
    if table not in library().tables:
        return refused(Refusal(404, f"There is no table “{table[:60]}”.", {"tables": sorted(library().tables)}))
    told = described.row_document(library(), table, row_id, _base(request))
    if told is None:
        right = {"rows": f"{_base(request)}{ROOT}/{table}.csv"}
        return refused(Refusal(404, f"The table {table} has no row “{row_id[:60]}”.", right))
    return _answer(request, dumped(told), "application/json")


def _deck(request: Request) -> Response:
    """The slides of a path."""
    try:
        path = read_path(request.query_params.get("path", ""))
        made = one_page.deck(path, _base(request))
    except PathBroken as broken:
        return refused(Refusal(400, str(broken), {"parameter": "path"}))
    except Refusal as refusal:
        return refused(refusal)
    return _answer(request, made, described.SLIDES_TYPE, f"path_v{library().version}.{described.SLIDES}")


def _document(describe: Callable[[Library, str], dict[str, Any]], media_type: str) -> Callable[[Request], Response]:
    return lambda request: _answer(request, dumped(describe(library(), _base(request))), media_type)


def _page(request: Request) -> Response:
    return HTMLResponse(one_page.page_of_data(library(), _base(request)))


def _nothing(request: Request) -> Response:
    return refused(Refusal(404, f"There is nothing at {request.url.path[:80]}."))


def refused(refusal: Refusal) -> Response:
    """The answer to what is refused: its sentence, and what would be right."""
    told = {"error": refusal.sentence, **refusal.right, "see": f"{ROOT}/"}
    return Response(dumped(told), refusal.status, media_type="application/json")


def _answer(request: Request, made: bytes, media_type: str, name: str = "") -> Response:
    """The bytes with what a client needs to ask again only for what has changed; 304 where nothing has."""
    packing = accepted(request.headers) if media_type.startswith(PACKABLE) else ""
    tag = f'"{_digest(made)}{packing}"'
    changed = datetime.fromisoformat(str(library().dictionary["created"])).astimezone(UTC)
    headers = {"ETag": tag, "Last-Modified": format_datetime(changed, usegmt=True), "Cache-Control": "no-cache"}
    headers["Access-Control-Allow-Origin"] = "*"  # public data: a notebook in a browser may read them from its own page
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if _is_known(request, tag, changed):
        return Response(status_code=304, headers=headers)
    if packing:
        headers |= {"Content-Encoding": packing, "Vary": "Accept-Encoding"}
        made = packed(made, packing)
    return Response(made, media_type=media_type, headers=headers)


@lru_cache(maxsize=48)
def _digest(made: bytes) -> str:
    return hashlib.sha256(made).hexdigest()[:32]


def _is_known(request: Request, tag: str, changed: datetime) -> bool:
    known, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if known is not None:
        return known.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in known.split(",")]
    try:
        return since is not None and parsedate_to_datetime(since) >= changed
    except (TypeError, ValueError):
        return False  # a day that cannot be read asks for nothing less than the whole


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"
