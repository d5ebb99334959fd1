"""What a browser receives of a chart is its figure, written as JSON once and not for every reader anew."""

import json

import plotly.graph_objects as go
import plotly.io
import pytest
from orjson import Fragment
from plotly.io.json import to_json_plotly

from components.charts.payload import DRAWN_ONCE, ChartPayload, with_defaults
from components.panels.catalogue import panel_of
from data.query.select import Selection
from data.query.views import VIEWS
from data.record.load import Library


def as_sent(payload: ChartPayload) -> str:
    """What Streamlit writes of it."""
    return str(plotly.io.to_json(payload.to_dict(), validate=False))


@pytest.mark.parametrize("key", VIEWS)
def test_a_browser_receives_the_chart_that_was_drawn(library: Library, key: str) -> None:
    panel = panel_of(key, library, Selection(VIEWS[key].page, {}))
    drawn = panel.drawn
    for figure in filter(None, (drawn.figure, drawn.narrow and drawn.narrow())):
        for has_legend, modes in ((True, DRAWN_ONCE), (False, {**DRAWN_ONCE, "showlegend": False})):
            written_anew = to_json_plotly(with_defaults(figure, modes), engine="json")
            assert json.loads(as_sent(ChartPayload(figure, has_legend))) == json.loads(written_anew)


def test_all_but_its_numbers_is_written_before_the_first_reader_asks() -> None:
    figure = go.Figure(go.Scatter(x=["2018-06-18"], y=[7_699], name="Unaccounted for"), layout={"height": 320})
    content = ChartPayload(figure).to_dict()
    assert content["layout"]["height"] == 320  # Streamlit looks for it
    for part in (*content["data"], content["layout"]):
        assert all(isinstance(cell, int | float | Fragment) for cell in part.values())
