"""How is a page passed on? Its address with all choices in it, its copy for print, and its first panel as files."""

from urllib.parse import urlencode

import streamlit as st

from components.panels.elements import host, paragraph

REQUESTED = "page_to_share"


def button() -> None:
    """The button of the bar that opens the address of the page as it is."""
    st.button("Share", key="share-page", icon=":material/link:", on_click=_request)


def _request() -> None:
    st.session_state[REQUESTED] = True


def open_requested() -> None:
    """Opens the requested dialog, once."""
    if st.session_state.pop(REQUESTED, False):
        _dialog()


def address_of_page() -> str:
    """The address of the page with the choices in it, as another reader may open it."""
    written = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    page = str(st.context.url or "").removeprefix(host()).split("?")[0]
    return f"{host()}{page or '/'}" + (f"?{urlencode(written)}" if written else "")


@st.dialog("Share this page", width="medium")
def _dialog() -> None:
    with st.container(key="share"):
        paragraph("key", "Address of this page with everything you chose on it:")
        st.code(address_of_page(), language=None, wrap_lines=True)
        paragraph(
            "key",
            "To print the page, use your browser’s Print command. To download, cite or present one chart, press “Share and download” under it.",
        )
