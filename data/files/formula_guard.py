"""When would a spreadsheet take a text for a formula, and how does a CSV file keep it from doing so?"""

import re

import pandas as pd

# What programs pass over before they look at the first sign of a cell.
PASSED_OVER = "[\\s\\x00-\\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'\"]*"
# A cell begins at the start of the text, and wherever a program that splits at other signs would begin one.
OPENING = re.compile(f"(^|[;|\\t\\r\\n])(?={PASSED_OVER}[=+\\-@\uff0b\uff1d\uff0d\uff20])")
GUARDED = re.compile(f"(^|[;|\\t\\r\\n])'(?={PASSED_OVER}[=+\\-@\uff0b\uff1d\uff0d\uff20])")


def guarded(text: str) -> str:
    """The text with an apostrophe before all that a spreadsheet would take for a formula; `unguarded` takes them off."""
    return OPENING.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return GUARDED.sub(r"\1", text)


def guarded_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text guarded, names of columns too; numbers stay numbers."""
    texts = [name for name in frame if pd.api.types.is_string_dtype(frame[name])]
    safe = frame.assign(**{str(name): frame[name].map(guarded, na_action="ignore") for name in texts})
    return safe.rename(columns={name: guarded(str(name)) for name in safe.columns})


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """UTF-8 CSV (RFC 4180: lines end with CR and LF, so that either sign in a text is quoted) of a guarded frame; a
    missing cell is empty."""
    return guarded_frame(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8")
