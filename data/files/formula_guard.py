"""When would a spreadsheet take a text for a formula, and how does a CSV file keep it from doing so?"""

import re

from data.files.rows_as_text import SPACE

# What programs pass over before they look at the first sign of a cell: spaces, and these.
PASSED_OVER = "\\x00-\\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'\""
SIGN = "[=+\\-@\uff0b\uff1d\uff0d\uff20]"
# A cell begins at the start of the text, and wherever a program that splits at other signs would begin one.
START = "(^|[;|\\t\\r\\n])"
OPENING = re.compile(f"{START}(?=[\\s{PASSED_OVER}]*{SIGN})")
# What tells that there is such an opening, in the pattern language of Arrow.
HAS_OPENING = f"{START}[{SPACE}{PASSED_OVER}]*{SIGN}"
GUARDED = re.compile(f"{START}'(?=[\\s{PASSED_OVER}]*{SIGN})")


def guarded(text: str) -> str:
    """The text with an apostrophe before all that a spreadsheet would take for a formula; `unguarded` takes them off."""
    return OPENING.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return GUARDED.sub(r"\1", text)
