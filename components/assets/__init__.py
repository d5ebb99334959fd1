"""Which style sheets, scripts and fonts does the dashboard bring? Files of this folder, read once, comments left out."""

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
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
