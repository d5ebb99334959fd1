"""What came back, from where, and how much of it has a name?"""

import streamlit as st

from components import charts, controls, panels, summaries
from data.compute import sums_since_1982, with_computed, years_of
from data.load import library
from data.select import rows_of, select

PAGE = "remains-and-identifications"
tables = library()

panels.heading(
    "What came back, from where, and how much of it has a name?",
    "Sets of remains, boxes and persons are three different things; each number here keeps its own unit, and only sums marked as computed add them up.",
)
chosen = controls.filters(PAGE, tables)


def panel(key: str, title: str, name: str, note: str, computed: list[dict[str, object]]) -> None:
    rows = select(tables, "figures", chosen, panel=name)
    frame = with_computed(rows, *(computed if len(rows) == len(rows_of(tables, "figures", name)) else []))
    drawn = charts.hedged_rows(frame) if len(frame) else None
    total = len(rows_of(tables, "figures", name)) + len(computed)
    panels.show(
        panels.Panel(key, title, "figures", frame, total, summaries.of_rows(frame), drawn, note=note), tables, chosen
    )


panel(
    "since-1982",
    "Since 1982: the parts and the brief's own total",
    "since_1982",
    "The computed sums leave out disinterments, of which the brief gives no number: with the remains estimated in the boxes the parts leave no room for them, and with the boxes themselves they fall short.",
    sums_since_1982(tables),
)
left, right = st.columns(2)
with left:
    panel(
        "returned-1950s",
        "Under the Armistice, in the 1950s",
        "returned_1950s",
        "The sets of remains came to the United Nations Command, which had many nations: the brief does not say how many were American.",
        [],
    )
    panel(
        "pace-month",
        "How many remains are identified a month",
        "pace_month",
        "The brief does not say of which conflicts.",
        [],
    )
with right:
    panel(
        "joint-operations",
        "Joint operations in North Korea",
        "joint_operations",
        "Operations, not remains. How they were counted changed over the years.",
        [],
    )
    panel(
        "pace-year",
        "A year of that pace, and what the law asks for",
        "pace_year",
        "The law counts persons accounted for from all conflicts; the computed rows count remains identified. They are set side by side, not on one line.",
        years_of(tables),
    )
