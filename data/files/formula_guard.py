"""When would a spreadsheet take a text for a formula, and how does a CSV file keep it from doing so?"""

import re

# What programs pass over before they look at the first sign of a cell.
PASSED_OVER = "[\\s\\x00-\\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'\"]*"
# A cell begins at the start of the text, and wherever a program that splits at other signs would begin one.
OPENING = re.compile(f"(^|[;|\\t\\r\\n])(?={PASSED_OVER}[=+\\-@\uff0b\uff1d\uff0d\uff20])")
GUARDED = re.compile(f"(^|[;|\\t\\r\\n])'(?={PASSED_OVER}[=+\\-@\uff0b\uff1d\uff0d\uff20])")
# Found wherever there is an opening, in the pattern language of Arrow: its signs, and a hyphen that is not within a word.
MAY_OPEN = "[=+@\uff0b\uff1d\uff0d\uff20]|(^|[^0-9A-Za-z])-"


def guarded(text: str) -> str:
    """The text with an apostrophe before all that a spreadsheet would take for a formula; `unguarded` takes them off."""
    return OPENING.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return GUARDED.sub(r"\1", text)
