"""What does the server answer beside the live page? Data at /data/v1 in every format, and pages as print copies at /print."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from components.exports import print_view
from components.exports.files import EXPORTED, PATH, Export, File, check, export_of_path
from components.exports.waiting_line import LINE
from components.navigation import PAGES
from components.server import export_queue, streams
from components.server.compression import accepted_encoding, compress
from components.server.conditional import headers_of, is_text, is_unchanged
from components.server.data_page import data_page
from components.server.headers import IDENTITY
from components.server.hosts import base_url, prefix_of
from components.server.pages import no_copy_page
from components.server.ranges import ByteRange, requested_range
from components.server.refusals import past_the_end, refusal_response
from components.server.streams import long_file, long_response
from data.files import described, openapi
from data.files.export import file_name, format_by_extension
from data.files.extract import Extract
from data.query.address import ROOT, WAITING_ROOT, DataRequest, Refusal, read_address
from data.record.json_text import to_json_bytes
from data.record.load import Library, library
from data.record.single_flight import computed_once

PRINT_ROOT = "/print"


def routes() -> list[Route]:
    """All addresses below /data/v1, /print and /waiting; an unknown one below /data/v1 is a 404 that says so."""
    return [
        Route(ROOT, lambda request: RedirectResponse(f"{request.url.path}/")),
        Route(f"{ROOT}/", _data_page),
        Route(f"{ROOT}/datapackage.json", _document(described.data_package, "application/json")),
        Route(f"{ROOT}/catalog.jsonld", _document(described.catalogue, "application/ld+json")),
        Route(f"{ROOT}/openapi.json", _document(openapi.interface, "application/json")),
        Route(f"{ROOT}/{PATH}.{described.SLIDES}", _deck_of_path),
        Route(f"{ROOT}/{{table}}/{{row}}.json", _row),
        Route(f"{ROOT}/{{name}}", _file),
        Route(f"{ROOT}/{{rest:path}}", _not_found),
        Route(f"{WAITING_ROOT}/{{name}}", _waits_for),
        Route(f"{PRINT_ROOT}/{{page}}", _print_copy),
    ]


async def _file(request: Request) -> Response:
    """A table in a format: /data/v1/<table>.<format>?<choices>. What takes a while is made outside of this process."""
    export = _named(request)
    if export.extension not in EXPORTED:
        return await run_in_threadpool(_rows, request)
    return await _export(request, export)


async def _deck_of_path(request: Request) -> Response:
    """The slides of a path."""
    return await _export(request, export_of_path(request.query_params.get(PATH, ""), base_url(request)))


async def _waits_for(request: Request) -> Response:
    """What a file that was asked for waits for, in a sentence; nothing where it waits no longer."""
    return PlainTextResponse(LINE.state(_named(request)), headers={"Cache-Control": "no-store"})


def _named(request: Request) -> Export:
    table, _, extension = request.path_params["name"].partition(".")
    return Export(table, extension, tuple(request.query_params.multi_items()), base_url(request))


async def _export(request: Request, export: Export) -> Response:
    try:
        await run_in_threadpool(check, export)
        long = await run_in_threadpool(_long_answer, request, export)
        if long is not None:
            return long
        file = await export_queue.made(request, export, LINE)
    except Refusal as refusal:
        return refusal_response(refusal, request.scope)
    except export_queue.ReaderGone:
        return Response(status_code=503)  # which nobody reads
    return await run_in_threadpool(_conditional_response, request, *file)


def _long_answer(request: Request, export: Export) -> Response | None:
    """A file of many rows, which leaves as it is made; None for one that is made whole."""
    file_format = format_by_extension(export.extension)
    if not streams.may_be_long(library(), export.table, file_format):
        return None
    requested = read_address(export.table, export.pairs)
    long = long_file(Extract(requested.view, requested.library, requested.selection, export.base), file_format)
    return long_response(request, long) if long is not None else None


def _rows(request: Request) -> Response:
    """Rows of a table in a format that is soon made."""
    table, _, extension = request.path_params["name"].partition(".")
    pairs = tuple(request.query_params.multi_items())
    try:
        _check_format(extension)
        requested = read_address(table, pairs)
        _check_places(extension, requested)
    except Refusal as refusal:
        return refusal_response(refusal, request.scope)
    extract = Extract(requested.view, requested.library, requested.selection, base_url(request))
    long = long_file(extract, format_by_extension(extension))
    if long is not None:
        return long_response(request, long)
    return _conditional_response(request, *_file_of_rows(table, extension, pairs, base_url(request)))


@computed_once(48)
def _file_of_rows(table: str, extension: str, pairs: tuple[tuple[str, str], ...], base: str) -> File:
    requested = read_address(table, pairs)
    extract = Extract(requested.view, requested.library, requested.selection, base)
    file_format = format_by_extension(extension)
    assert file_format is not None, "an unknown extension was refused before"
    return file_format.to_bytes(extract), file_format.media_type, file_name(extract, extension)


def _check_format(extension: str) -> None:
    """Refusal where no format has this extension."""
    if format_by_extension(extension) is None:
        sentence = f"There is no format “{extension[:30]}”." if extension else "The address names no format."
        raise Refusal(404, sentence, {"formats": described.extensions()})


def _check_places(extension: str, requested: DataRequest) -> None:
    """Refusal where a format of places is requested of a table without places."""
    file_format = format_by_extension(extension)
    if file_format is not None and not file_format.holds(requested.view.table):
        table = requested.view.table
        sentence = f"Rows of {table} name no places, so that there is no {extension} of them."
        raise Refusal(404, sentence, {"formats": described.extensions_of(table)})


def _row(request: Request) -> Response:
    """One row in full."""
    table, row_id = request.path_params["table"], request.path_params["row"]
    if table not in library().tables:
        sentence = f"There is no table “{table[:60]}”."
        return refusal_response(Refusal(404, sentence, {"tables": sorted(library().tables)}), request.scope)
    document = described.row_document(library(), table, row_id, base_url(request))
    if document is None:
        right = {"rows": f"{base_url(request)}{ROOT}/{table}.csv"}
        return refusal_response(Refusal(404, f"The table {table} has no row “{row_id[:60]}”.", right), request.scope)
    return _conditional_response(request, to_json_bytes(document), "application/json")


def _document(describe: Callable[[Library, str], dict[str, Any]], media_type: str) -> Callable[[Request], Response]:
    """The endpoint of a document that describes the data."""
    return lambda request: _conditional_response(
        request, to_json_bytes(describe(library(), base_url(request))), media_type
    )


def _data_page(request: Request) -> Response:
    return HTMLResponse(data_page(library(), base_url(request)))


def _not_found(request: Request) -> Response:
    return refusal_response(Refusal(404, f"There is nothing at {request.url.path[:80]}."), request.scope)


def _print_copy(request: Request) -> Response:
    """The print copy of a page with the choices of its address: /print/<page>?<choices>."""
    name = request.path_params["page"]
    page = next((page for page in PAGES if (page.path or print_view.HOME_NAME) == name), None)
    pairs = tuple(request.query_params.multi_items())
    html = print_view.print_copy(page, pairs, base_url(request)) if page else ""
    if not html:
        has_path = any(value for parameter, value in pairs if parameter == "path")
        status = 404 if page is None else 400 if has_path else 200
        return HTMLResponse(no_copy_page(name, status, prefix_of(request.scope)), status, {"Cache-Control": "no-cache"})
    return HTMLResponse(html, headers={"Cache-Control": "no-cache"})


def _conditional_response(request: Request, content: bytes, media_type: str, name: str = "") -> Response:
    """The content, compressed where the client accepts that, with validators; 304 where the client has it already, 206 or
    416 where it asks for a part."""
    part = requested_range(request, f'"{_digest(content)}"', lambda: len(content))
    encoding = accepted_encoding(request.headers) if is_text(media_type) and part is None else ""
    headers = headers_of(f'"{_digest(content)}{encoding}"', media_type, name)
    if is_unchanged(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if part is not None:
        return _partial_response(content, part, media_type, headers, request.scope)
    headers |= {"Content-Encoding": encoding} if encoding else IDENTITY
    return Response(compress(content, encoding) if encoding else content, media_type=media_type, headers=headers)


def _partial_response(
    content: bytes, part: ByteRange, media_type: str, headers: dict[str, str], scope: Scope
) -> Response:
    """A part of the content; a refusal that names its length where it ends before the part begins."""
    if part.is_empty:
        return past_the_end(len(content), scope)
    headers = headers | IDENTITY | {"Content-Range": part.in_words(len(content))}
    return Response(content[part.first : part.last + 1], 206, headers, media_type)


@lru_cache(maxsize=48)
def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
