"""A day in a request that cannot be read asks for the whole, and is no fault."""

import pytest
from starlette.requests import Request

from components.server.conditional import is_unchanged

CANNOT_BE_READ = [
    "",
    "inf",
    "nan",
    "Mon,",
    f"Mon, 01 Jan 2024 00:00:00 +{'9' * 20}",
    f"Mon, 01 Jan 2024 00:00:00 +{'9' * 5000}",
    f"Mon, 01 Jan {'9' * 30} 00:00:00 GMT",
    f"Mon, {'9' * 5000} Jan 2024 00:00:00 GMT",
    "Mon, 01 Jan 2024 00:00:00 -0000",
]


def asked(since: str) -> Request:
    return Request({"type": "http", "method": "GET", "headers": [(b"if-modified-since", since.encode("latin-1"))]})


@pytest.mark.parametrize("since", CANNOT_BE_READ, ids=lambda since: since[:40])
def test_a_day_that_cannot_be_read_asks_for_the_whole(since: str) -> None:
    assert not is_unchanged(asked(since), '"tag"')


def test_a_day_after_the_record_was_made_is_answered_as_unchanged() -> None:
    assert is_unchanged(asked("Fri, 01 Jan 2999 00:00:00 GMT"), '"tag"')
    assert not is_unchanged(asked("Mon, 01 Jan 1990 00:00:00 GMT"), '"tag"')
