"""What readers have brought that is no file of own figures: titles, notes, other headers, files of statistics offices."""

import pytest

from data.own_figures.check import OwnFileBroken
from data.own_figures.read import read_own
from data.record import clock
from data.record.dates import date_in_words
from data.record.load import Library
from tests.own_files import GOOD, changed

HEADER, ROW = GOOD.decode().splitlines()[:2]
NUMBER = "a number is whole, 0 or more, in digits; thousands with commas, in quotes"
UTF_8 = (
    "Row {}: this is not UTF-8, as another encoding writes its accents; save the file as CSV UTF-8 (found “byte {}”)."
)
NOT_NAMED = "Row 1: the first row does not name the columns; it needs series_id, date, value, qualifier and 4 more."
BELOW = "The header stands in row {}; take out the lines above it."


def above(*lines: str) -> bytes:
    return "\n".join([*lines, HEADER, ROW]).encode()


FILES: dict[str, tuple[bytes, str]] = {
    "a title": (above("Figures on the missing"), BELOW.format(2)),
    "a line that names the separator": (above("sep=,"), BELOW.format(2)),
    "an empty line": (above(""), BELOW.format(2)),
    "a preamble of two cells": (above('"From a database","An agency"', '"Extracted: 2026-03-02"'), BELOW.format(3)),
    "a preamble above columns of another file": (
        b'"Extracted from a database","A commission"\n"Date: 2026-01-19"\n"https://example.org"\nYear,Country,Total\n2024,Korea,5300\n2025,Korea,5290\n',
        BELOW.format(4),
    ),
    "a preamble with empty lines": (
        b'\xef\xbb\xbf"Data Source","Indicators",\r\n\r\n"Last Updated","2026-02-24",\r\n\r\n"Country","Code","2024","2025",\r\n"Korea","KOR","1","2",\r\n"Other","PRK","3","",\r\n',
        BELOW.format(5),
    ),
    "no header": (f"{ROW}\n".encode(), NOT_NAMED),
    "columns of another file": (b'"Web ID","Region","Reported Date"\n"1","Asia","2026"\n', NOT_NAMED),
    "two columns of names and values": (
        b'"Title","Unaccounted for: persons"\n"CDID","KW01"\n"2024","7465"\n',
        NOT_NAMED,
    ),
    "some columns of ours among others": (
        b"KIND,SENT,FOUND,UNIT,DATE,TOTAL,LOST,NOTE\nJFA,13,13,N/A,2/1/2026,50000,0,\n",
        "Row 1: the header lacks series_id, value, qualifier, as_printed and 3 more, and the dictionary has no column kind, sent, found, total, lost.",
    ),
    "a header in words": (
        GOOD.replace(b"series_id", b"Series ID", 1).replace(b"as_printed", b"As printed", 1),
        "Row 1: columns have other names here: write series_id for series id, as_printed for as printed.",
    ),
    "notes below the rows": (
        "\n".join([HEADER, ROW, "Source: an agency", "Last updated: 2026-03-02"]).encode(),
        "Row 3: the rows end above this line; take out the notes from here on (found “Source: an agency”).",
    ),
    "semicolons, in another encoding": (
        f"{HEADER.replace(',', ';')}\nunaccounted_for_total;31.12.2025;7.412;;;exact;7.412;Amt für Vermisste\n".encode(
            "latin-1"
        ),
        UTF_8.format(2, "FC"),
    ),
    "another script in another encoding": (
        "번호,기준일,구분\n1,2026.01.31,전체\n".encode("cp949"),
        UTF_8.format(1, "B9"),
    ),
    "a hyphen for no number": (changed(low="-"), "Row 2, column low: where there is no number the cell stays empty."),
    "thousands with a blank": (changed(value="7\u00a0400"), f"Row 2, column value: {NUMBER} (found “7�400”)."),
    "published in years to come": (
        changed(published="2098-01-01"),
        f"Row 2, column published: the day of publication is not after today, {date_in_words(clock.today().isoformat())} (found “2098-01-01”).",
    ),
    "published before its day": (
        changed(published="2001-01-01"),
        "Row 2, column date: an as-of day is not after its publication (2001-01-01) (found “2026-03-01”).",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_kind_is_answered_with_one_sentence_for_all_of_it(library: Library, name: str) -> None:
    content, sentence = FILES[name]
    with pytest.raises(OwnFileBroken) as broken:
        read_own(content, "own.csv", library)
    assert broken.value.sentences == [sentence]
