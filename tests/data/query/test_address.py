"""Addresses of rows: what is written into one is read back from it, and brings the same rows."""

import random
from urllib.parse import parse_qsl, urlsplit

import pytest

from data.query.address import path_of_rows, read_address
from data.query.as_of import library_of
from data.query.params import neutral_of, parameter_named
from data.query.select import Selection
from data.query.views import View, parameter_names, rows_shown
from data.record.load import library
from tests.choices import every_view, random_value


@pytest.mark.parametrize("view", every_view(library()), ids=lambda view: view.key)
def test_every_choice_that_decides_the_rows_of_a_view_is_read_back_from_its_address(view: View) -> None:
    dice, tables = random.Random(3), library()
    for name in [name for name in parameter_names(view) if name not in view.subject]:
        subjects = {subject: random_value(subject, tables, dice) for subject in view.subject}
        drawn = [random_value(name, tables, dice) for _ in range(20)]
        value = next((one for one in drawn if one != neutral_of(parameter_named(name), tables)), drawn[0])
        chosen = Selection(view.page, {**subjects, name: value})
        address = urlsplit(path_of_rows(view, chosen, library_of(chosen.values)[0], "csv"))
        read = read_address(view.table, parse_qsl(address.query, keep_blank_values=True))
        assert read.selection.get(name, tables) == chosen.get(name, tables), (view.key, chosen.values)
        assert rows_shown(view, read.library, read.selection).equals(
            rows_shown(view, library_of(chosen.values)[0], chosen)
        )
