"""What is asked for, and what is made, where a file takes a while? Pages, pictures, slides, workbooks and bundles, from plain words."""

from collections.abc import Callable
from typing import NamedTuple

from components.exports import drawing, one_page
from components.exports.slides import deck
from data.files import described
from data.files.export import BUNDLE, FORMATS, Format, file_name, format_by_extension
from data.files.extract import Extract
from data.query.address import Refusal, read_address, read_choices, read_size
from data.query.path import Path, PathBroken, decode_path
from data.record.load import library

# The name that slides of a path have in the place of a table.
PATH = "path"
# Content of a file, its media type and its name.
File = tuple[bytes, str, str]
# Hears how many slides of a path are finished.
OnSlide = Callable[[int], None]


class DrawnFormat(NamedTuple):
    """A format that holds a drawing: the function that makes the file, and its media type."""

    to_bytes: Callable[[Extract], bytes]
    media_type: str


DRAWN_FORMATS = {
    described.ONE_FILE: DrawnFormat(one_page.one_file, "text/html; charset=utf-8"),
    "figure": DrawnFormat(one_page.figure_json, "application/json"),
    described.SLIDES: DrawnFormat(deck.deck_of_view, described.SLIDES_TYPE),
}
DRAW_PICTURE = {"svg": drawing.svg_file, "png": drawing.png_of}
# Extensions of files that take a while.
EXPORTED = {*DRAWN_FORMATS, *DRAW_PICTURE, FORMATS["Excel"].extension, BUNDLE.extension}


class Export(NamedTuple):
    """A file that takes a while, as an address names it: a table, or a path; its choices, and the server that they are of."""

    table: str
    extension: str
    pairs: tuple[tuple[str, str], ...]
    base: str


def export_of_path(path: str, base: str) -> Export:
    """The slides of a path that an address holds."""
    return Export(PATH, described.SLIDES, ((PATH, path),), base)


def make(export: Export, on_slide: OnSlide = lambda count: None) -> File:
    """The file. Refusal where the address names none."""
    if export[:2] == (PATH, described.SLIDES):
        content = deck.deck_of_path(path_of(export), export.base, on_slide)
        return content, described.SLIDES_TYPE, f"path_v{library().version}.{described.SLIDES}"
    if export.extension in DRAW_PICTURE:
        return _picture(export)
    requested = read_address(export.table, export.pairs)
    drawn = one_page.files_beside_data
    extract = Extract(requested.view, requested.library, requested.selection, export.base, drawn=drawn)
    chosen = format_of(export.extension)
    assert chosen is not None, "an unknown extension was refused before"
    return chosen.to_bytes(extract), chosen.media_type, file_name(extract, export.extension)


def format_of(extension: str) -> DrawnFormat | Format | None:
    """The format of an extension, pictures left out; None where there is none."""
    return DRAWN_FORMATS.get(extension) or format_by_extension(extension)


def _picture(export: Export) -> File:
    size, choices = read_size(export.pairs)
    requested = read_address(export.table, choices)
    extract = Extract(requested.view, requested.library, requested.selection, export.base)
    media_type, draw = described.PICTURES[export.extension], DRAW_PICTURE[export.extension]
    content = draw(one_page.panel_of_extract(extract), export.base, drawing.Size(**size))
    return content, media_type, file_name(extract, export.extension)


def path_of(export: Export) -> Path:
    """The path whose slides are asked for. Refusal where the address holds none."""
    try:
        return decode_path(dict(export.pairs)[PATH])
    except PathBroken as broken:
        raise Refusal(400, str(broken), {"parameter": PATH}) from broken


def check(export: Export) -> None:
    """Refusal where an address names nothing; in a moment, where to make what it names takes a while."""
    if export[:2] == (PATH, described.SLIDES):
        path_of(export)
        return
    pairs = read_size(export.pairs)[1] if export.extension in DRAW_PICTURE else export.pairs
    read_choices(export.table, pairs)
