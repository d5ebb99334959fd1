"""Where do sources disagree?"""

import streamlit as st

from components import filters
from components.navigation import BY_PATH
from components.panels import details, render
from components.panels.catalogue import panel_of
from data.query.disagreements import newest_disagreement
from data.query.select import Selection

PAGE = BY_PATH["disagreements"]
library = filters.library_in_view()

render.heading(PAGE, library, filters.unfiltered(PAGE.path))


def list_and_the_chosen_one() -> None:
    frame = library["disagreements"]
    titles = dict(zip(frame["disagreement_id"], frame["title"], strict=True))
    with st.container(key="disagreement-choice"):
        chosen = filters.row_pills("disagreement", library, titles, newest_disagreement(library))
    selection = Selection(PAGE.path, {**filters.requested_view(), "disagreement": chosen})
    listed, drawn = st.columns([2, 3])
    with listed:
        every = panel_of("all-disagreements", library, selection)
        render.show_panel(every, head=render.unseen_title(every))
    with drawn:
        details.disagreement(library, selection)


render.fragment(list_and_the_chosen_one)
