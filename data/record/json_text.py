"""How is something written as JSON? The same way everywhere, so that the same rows are the same bytes."""

import json
from typing import Any


def to_json_bytes(content: Any) -> bytes:
    """UTF-8 JSON, one space a level, letters of all scripts unescaped, with a final line break.

    ValueError for a number that JSON has no word for, such as infinity, which no reader would take.
    """
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
