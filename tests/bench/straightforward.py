"""The same tables as most people would draw them first: one file, a section a question, everything read and drawn anew on each run."""

import sys
from pathlib import Path

import pandas as pd
import plotly.express as px
import pydeck as pdk
import streamlit as st

TABLES = Path(sys.argv[1])
GROUND = 'data:application/json,{"version":8,"sources":{},"layers":[]}'
st.set_page_config(page_title="Korean War accounting", layout="wide")

figures = pd.read_csv(TABLES / "figures.csv")
series = pd.read_csv(TABLES / "series.csv")
events = pd.read_csv(TABLES / "events.csv")
operations = pd.read_csv(TABLES / "operations.csv")
places = pd.read_csv(TABLES / "places.csv")
estimates = pd.read_csv(TABLES / "burial_estimates.csv")
sources = pd.read_csv(TABLES / "sources.csv")
disagreements = pd.read_csv(TABLES / "disagreements.csv")
figures = figures.merge(series[["series_id", "title", "panel"]], on="series_id")
figures["day"] = pd.to_datetime(figures["date"], format="mixed", errors="coerce")


def panel(title, names, brief=False):
    st.subheader(title)
    rows = figures[figures["panel"].isin(names) & ((figures["source_id"] == "brief-2012") | (not brief))]
    st.caption(f"Showing {len(rows):,} of {len(rows):,} figures")
    st.plotly_chart(px.scatter(rows, x="day", y="value", color="title", hover_data=["as_printed", "attributed_to"]))
    st.dataframe(rows)


def overview():
    st.title("Where do things stand?")
    newest = figures.dropna(subset=["day"]).sort_values("day").groupby("series_id").tail(1).set_index("series_id")
    names = series.dropna(subset=["headline"]).sort_values("headline")["series_id"][:4]
    for column, name in zip(st.columns(4), names, strict=True):
        column.metric(newest.at[name, "title"], newest.at[name, "as_printed"])
        column.caption(newest.at[name, "attributed_to"])
    rows = figures[(figures["panel"] == "believed to lie") & (figures["source_id"] == "brief-2012")]
    st.subheader("Where the missing are believed to lie")
    st.plotly_chart(px.bar(rows, x="value", y="label", orientation="h"))
    st.dataframe(rows)


def counts():
    st.title("How has the number unaccounted for changed?")
    rows = figures[figures["panel"] == "unaccounted for"]
    total = len(rows)
    hedges = st.multiselect("Wording in the source", sorted(rows["qualifier"].unique()))
    years = st.slider("Years", 1950, 2026, (1950, 2026))
    if hedges:
        rows = rows[rows["qualifier"].isin(hedges)]
    rows = rows[rows["day"].dt.year.between(*years)]
    st.caption(f"Showing {len(rows):,} of {total:,} figures")
    st.plotly_chart(px.line(rows, x="day", y="value", color="qualifier", markers=True, hover_data=["as_printed"]))
    st.dataframe(rows)
    for title, name in (("By home state", "by state"), ("Accounted for by state", "accounted by state")):
        rows = figures[figures["panel"] == name]
        st.subheader(title)
        st.plotly_chart(px.bar(rows, x="value", y="scope", orientation="h"))
        st.dataframe(rows)


def remains():
    st.title("What came back, from where, and how much has been identified?")
    panel("By origin", ["by origin"])
    panel("Joint operations", ["joint operations"])
    panel("By year", ["by year"])
    panel("So far", ["accounted so far"])
    panel("Since 1982", ["since 1982"])
    panel("In the 1950s", ["returned 1950s"])
    panel("Money", ["money"])


def prisoners():
    st.title("Who was held, returned, never returned, and who says so?")
    panel("Prisoners", ["prisoner totals"], brief=True)
    panel("Claims", ["claims"])
    panel("Totals", ["prisoner totals"])


def recovery_map():
    st.title("Where did it happen?")
    placed = places.dropna(subset=["latitude"])
    layer = pdk.Layer("ScatterplotLayer", placed, get_position=["longitude", "latitude"], get_radius=20000)
    view = pdk.ViewState(latitude=39, longitude=127, zoom=4)
    st.pydeck_chart(pdk.Deck(layers=[layer], initial_view_state=view, map_style=GROUND))
    st.dataframe(places)
    st.dataframe(operations)
    st.dataframe(estimates)


def timeline():
    st.title("What happened, and when?")
    rows = events.copy()
    rows["day"] = pd.to_datetime(rows["start"], format="mixed", errors="coerce")
    st.plotly_chart(px.scatter(rows, x="day", y="lane", color="status", hover_data=["title"]))
    st.dataframe(rows)


def differ():
    st.title("Where do sources disagree?")
    chosen = st.selectbox("Disagreement", disagreements["title"])
    ids = disagreements.set_index("title").at[chosen, "row_ids"].split(";")
    st.plotly_chart(px.scatter(figures[figures["figure_id"].isin(ids)], x="value", y="label"))
    st.dataframe(disagreements)


def data():
    st.title("Who says so, and where are the data?")
    tables = {"figures": figures, "events": events, "places": places, "operations": operations, "sources": sources}
    name = st.selectbox("Table", list(tables))
    st.dataframe(tables[name])
    st.download_button("CSV", tables[name].to_csv(index=False), f"{name}.csv")


SECTIONS = {
    "": overview,
    "counts-over-time": counts,
    "remains-and-identifications": remains,
    "prisoners-of-war": prisoners,
    "recovery-map": recovery_map,
    "mission-timeline": timeline,
    "disagreements": differ,
    "sources-and-data": data,
}
asked = st.query_params.get("section", "")
SECTIONS[st.sidebar.radio("Section", list(SECTIONS), index=list(SECTIONS).index(asked))]()
