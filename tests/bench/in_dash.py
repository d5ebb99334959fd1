"""The overview and the panel of counts as a Dash app: read once, drawn with Plotly Express, as its tutorial does."""

import os
from pathlib import Path

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dash_table, dcc, html

TABLES = Path(os.environ["BENCH_TABLES"])
series = pd.read_csv(TABLES / "series.csv")
figures = pd.read_csv(TABLES / "figures.csv").merge(series[["series_id", "title", "panel"]], on="series_id")
figures["day"] = pd.to_datetime(figures["date"], format="mixed", errors="coerce")
counted = figures[figures["panel"] == "unaccounted for"]


def overview():
    newest = figures.dropna(subset=["day"]).sort_values("day").groupby("series_id").tail(1).set_index("series_id")
    names = series.dropna(subset=["headline"]).sort_values("headline")["series_id"][:4]
    tiles = [
        html.Div([html.P(newest.at[name, "title"]), html.H2(newest.at[name, "as_printed"])], className="tile")
        for name in names
    ]
    rows = figures[(figures["panel"] == "believed to lie") & (figures["source_id"] == "brief-2012")]
    drawing = dcc.Graph(figure=px.bar(rows, x="value", y="label", orientation="h"))
    return [html.H1("Where do things stand?"), html.Div(tiles, style={"display": "flex"}), drawing, table(rows, "rows")]


def counts():
    hedges = dcc.Dropdown(sorted(counted["qualifier"].unique()), [], multi=True, id="hedge", searchable=False)
    years = dcc.RangeSlider(1950, 2026, 1, value=[1950, 2026], marks=None, id="years")
    parts = [html.P(id="showing"), dcc.Graph(id="chart"), table(counted, "rows")]
    return [html.H1("How has the number unaccounted for changed?"), hedges, years, *parts]


def table(rows, name):
    columns = [{"name": column, "id": column} for column in figures.columns]
    return dash_table.DataTable(rows.astype(str).to_dict("records"), columns, id=name, page_size=10)


app = Dash(__name__, suppress_callback_exceptions=True, serve_locally=True)
app.layout = html.Div([dcc.Location(id="address"), html.Div(id="page")])


@app.callback(Output("page", "children"), Input("address", "pathname"))
def page(pathname):
    return counts() if pathname == "/counts-over-time" else overview()


@app.callback(
    Output("showing", "children"),
    Output("chart", "figure"),
    Output("rows", "data"),
    Input("hedge", "value"),
    Input("years", "value"),
)
def filtered(hedges, years):
    rows = counted[counted["qualifier"].isin(hedges)] if hedges else counted
    rows = rows[rows["day"].dt.year.between(*years)]
    figure = px.line(rows, x="day", y="value", color="qualifier", markers=True, hover_data=["as_printed"])
    return f"Showing {len(rows):,} of {len(counted):,} figures", figure, rows.astype(str).to_dict("records")


server = app.server
