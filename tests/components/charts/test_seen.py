"""Can a drawing be read by those who do not see it, or not its colours?"""

import itertools
import random
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from components import theme
from components.map.labels import LETTERS
from components.panels.catalogue import panel_of
from components.panels.panel import Panel
from data.query.as_of import as_published
from data.query.select import Selection
from data.query.views import LIST, View
from data.record.dates import span_of
from data.record.load import Library
from tests.choices import random_choice
from tests.served import ROOT

# What is left of red, green and blue, in linear light, for readers without one kind of cone (Machado, Oliveira and
# Fernandes 2009, severity 1): protanopia, deuteranopia, tritanopia.
SEEN_BY = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# Distance in the Lab space from which two colours are told apart at a glance as marks, and as whole countries.
APART, AREAS_APART = 20, 10


def lab_of(colour: str, seen: Any) -> Any:
    """A colour as a reader with this sight has it, in Lab (D65)."""
    shown = np.array(theme.rgb(colour)[:3]) / 255
    linear = np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)
    left = np.clip(np.array(seen) @ linear, 0, 1)
    xyz = np.array(((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))) @ left
    ratio = xyz / np.array((0.9505, 1.0, 1.089))
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array((116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])))


def on_paper(colour: str) -> str:
    """A colour that lets the white below it through, as it is seen."""
    if colour.startswith("#"):
        return colour
    *parts, alpha = (float(part) for part in re.findall(r"[\d.]+", colour))
    return "#" + "".join(f"{round(part * alpha + 255 * (1 - alpha)):02X}" for part in parts)


def look_of(trace: Any) -> tuple[str, frozenset[str]]:
    """Colour and shapes of a trace: symbols without their hollow variant, unless all are hollow, or the pattern of a bar."""
    marker = trace.marker
    shapes = [marker.pattern.shape or "plain"] if trace.type == "bar" else marker.symbol
    shapes = [shapes] if isinstance(shapes, str) or shapes is None else shapes
    is_mixed = not isinstance(marker.color, str) or marker.color == theme.PAPER
    hollow = trace.type != "bar" and (
        is_mixed or str(marker.symbol).endswith("-open") or trace.name.startswith("reported camp")
    )
    shapes = ["hollow"] if trace.name.startswith("reported camp") else shapes
    is_all_hollow = all(str(shape).endswith("-open") for shape in shapes)
    names = [str(shape).removesuffix("-open").removesuffix("-thin") + " hollow" * is_all_hollow for shape in shapes]
    return on_paper(str(marker.line.color if hollow else marker.color)), frozenset(names)


def told_by_legend(figure: go.Figure) -> list[tuple[str, frozenset[str]]]:
    """Looks of the traces that only a legend names."""
    named = {trace.name: trace for trace in figure.data if trace.name and trace.showlegend is not False}
    return [look_of(trace) for trace in named.values()] if figure.layout.showlegend else []


def drawn(library: Library) -> Iterator[Panel]:
    for view in LIST:
        panel = panel_of(view.key, library, Selection(view.page, {}))
        if panel.is_drawn:
            yield panel


@pytest.mark.slow
def test_series_tell_apart_by_shape_or_for_every_sight_by_colour(library: Library) -> None:
    looked_at = 0
    for panel in drawn(library):
        figure = panel.picture()
        assert figure is not None
        for (colour, shapes), (other, others) in itertools.combinations(told_by_legend(figure), 2):
            looked_at += 1
            least = AREAS_APART if panel.key == "map" and "square" in shapes else APART
            if shapes == others:
                assert all(
                    np.linalg.norm(lab_of(colour, seen) - lab_of(other, seen)) >= least for seen in SEEN_BY.values()
                ), (panel.key, colour, other, shapes)
    assert looked_at > 20


def test_colours_that_cannot_be_told_apart_are_found(library: Library) -> None:
    red, green = "#B04040", "#5F6F30"
    near = [np.linalg.norm(lab_of(red, seen) - lab_of(green, seen)) for seen in SEEN_BY.values()]
    assert min(near) < APART < max(near)


def test_a_mark_of_the_map_says_by_a_letter_what_its_colour_says(library: Library) -> None:
    panels = [
        panel_of("map", library, Selection("recovery-map", {"layer": question}))
        for question in ("Where recovered", "Camps and handovers")
    ]
    kinds = [layer for panel in panels for layer in panel.drawn.deck.layers if layer.id == "kinds"]
    circles = [layer for layer in panels[0].drawn.deck.layers if layer.id.startswith("operations")]
    letters = sorted([record["text"] for layer in kinds for record in layer.data] + ["R"] * len(circles))
    panel = panels[1]
    roles = panel.frame[panel.frame["latitude"].notna()]["roles"].str.split(";").str[0]
    assert letters == sorted(LETTERS[role] for role in roles if role in LETTERS)
    assert set(roles) - set(LETTERS) == {"reported camp"}, "the hollow marks with a question mark"
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert all(f"{letter} {role}" in panel.drawn.hint for role, letter in LETTERS.items())


@pytest.mark.slow
@pytest.mark.parametrize("view", LIST, ids=lambda view: view.key)
def test_a_drawing_has_a_name_with_a_number_that_follows_the_choices(library: Library, view: View) -> None:
    dice = random.Random(view.key)
    asked = [(library, random_choice(view, library, dice)) for _ in range(12)]
    asked += [(as_published(span_of("2012-07-03").last, False)[0], Selection(view.page, {}))]
    whole = panel_of(view.key, library, Selection(view.page, {}))
    for tables, selection in asked:
        panel = panel_of(view.key, tables, selection)
        if not panel.is_drawn or panel.frame.empty:
            continue
        assert 40 <= len(panel.alt) <= 300, panel.alt
        assert panel.alt.startswith(f"{panel.title}: ")
        assert str(len(panel.frame)) in re.findall(r"\d+", panel.alt.removeprefix(panel.title))
        if list(panel.frame.iloc[:, 0]) != list(whole.frame.iloc[:, 0]):
            assert panel.alt != whole.alt


def test_a_name_ends_with_a_whole_clause(library: Library) -> None:
    long = [panel for panel in drawn(library) if panel.alt.endswith("…")]
    assert long
    for panel in long:
        said = f"{panel.showing}. {panel.drawn.summary}"
        kept = panel.alt.removeprefix(f"{panel.title}: ").removesuffix("…")
        assert said.startswith(kept)
        assert kept[-1] in ";." or said[len(kept)] == " "


def test_the_account_of_accessibility_has_every_criterion_and_names_tests_that_exist() -> None:
    text = (ROOT / "ACCESSIBILITY.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n") if line.startswith("| ")]
    rows = [row for row in rows if row[0] not in ("criterion", "heuristic", "---")]
    criteria = [row[0].split()[0] for row in rows if row[0][0].isdigit()]
    assert len(criteria) == len(set(criteria)) == 55 and criteria == sorted(criteria, key=_in_order)
    assert len(rows) - len(criteria) == 14
    assert {row[1] for row in rows} <= {"met", "partly", "not", "not applicable"}
    assert all(len(row) == 3 and len(row[2]) > 10 for row in rows)
    files = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert set(re.findall(r"test_\w+", text)) <= files


def _in_order(criterion: str) -> list[int]:
    return [int(part) for part in criterion.split(".")]
