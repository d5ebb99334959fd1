"""Which style sheets, scripts and fonts does the dashboard bring? Files of this folder, read once, comments left out."""

import json
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
# The face of pictures, for the program that turns them into pixels: no font of the machine is asked.
PICTURE_FONTS = tuple(str(path) for path in sorted(FONTS.glob("accounting-sans-*.ttf")))
# Comments that begin a line: they are for whoever opens the file, not for each reader of a page.
COMMENT = re.compile(r"^[ ]*/\*.*?\*/\n", re.DOTALL | re.MULTILINE)
TEXTS = {
    path.name: COMMENT.sub("", path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.iterdir())
    if path.suffix in (".css", ".js")
}
# Outlines of the icons on buttons, for pages that stand before the frontend's typeface of icons is there.
ICONS: dict[str, str] = json.loads((FOLDER / "icons.json").read_text(encoding="utf-8"))


def text(name: str) -> str:
    """The style sheet or script of this name, as a page carries it."""
    return TEXTS[name]


@cache
def font_as_address(name: str) -> str:
    """A font of this folder as an address that holds all of it, so that a picture or a sheet of paper can bring its own."""
    content = (FONTS / f"{name}.woff2").read_bytes()
    return f"data:font/woff2;base64,{b64encode(content).decode('ascii')}"


@cache
def picture_faces() -> str:
    """The style sheet that brings the typeface of pictures and of paper along."""
    weight = re.compile(r"var\(--(\d+)\)")
    return weight.sub(lambda found: font_as_address(f"accounting-sans-{found[1]}"), text("picture.css"))
