"""Which scripts of our own run on every page? All of them, put in place once and out of sight; the policy of content names them."""

import json

import streamlit as st

from components import assets
from components.exports.print_view import HOME_NAME
from components.navigation import PAGES

SCRIPTS = tuple(
    assets.text(name)
    for name in (
        "print.js",
        "restore_focus.js",
        "view_choice.js",
        "announce_changes.js",
        "reconnect.js",
        "touch.js",
        "webgl.js",
        "play_years.js",
        "choose_row.js",
        "begin_lists.js",
        "follow_steps.js",
        "wait_for_file.js",
    )
)
# What print.js reads: the addresses that have a copy for paper, and the one of the page without a path.
PAGE_LIST = json.dumps({"home": HOME_NAME, "pages": [page.path for page in PAGES if page.path]})
MARKUP = f'<script type="application/json" id="page-list">{PAGE_LIST}</script>' + "".join(
    f"<script>{script}</script>" for script in SCRIPTS
)


def put_in_place() -> None:
    """Puts the scripts on the page; the style sheet gives them no room.

    To be called before the page is run, so that a print that comes early is whole, too.
    """
    with st.container(key="scripts"):
        st.html(MARKUP, unsafe_allow_javascript=True)
