"""What stands around every page? Page list, navigation, the day and the sources of the view, footer. The script that the server runs."""

import streamlit as st

from components import filters, presenter_state
from components.frame import faults, presenter, scripts, view_bar
from components.navigation import BY_PATH, PAGES
from components.panels import render
from data.record.load import library


def main() -> None:
    """Run the page that the address asks for, inside the frame."""
    pages = [
        st.Page(f"../../pages/{page.file}.py", title=page.name, url_path=page.path or None, default=not page.path)
        for page in PAGES
    ]
    page = st.navigation(pages, position="top")
    filters.read_former_words()
    st.set_page_config(page_title=BY_PATH[page.url_path].title, layout="wide", initial_sidebar_state="collapsed")
    scripts.put_in_place()
    if presenter_state.is_on():
        presenter.show_presenter(page.url_path)
    else:
        view_bar.show_bar(presenter.present_button)
        with faults.shown():
            page.run()
        footer()
    render.open_requested_dialogs()


def footer() -> None:
    """What the data are, of which version, and whose."""
    package = library().dictionary
    with st.container(key="footer"):
        st.html(
            f"<p class='key'>{package['title']}. Data version {library().version}, {package['created'][:10]}, <a href='data/v1/'>Data API</a>. The compilation is under CC BY 4.0; the facts are their sources'. Borders: Natural Earth, public domain. Coordinates: GeoNames and Open Admin Data, CC BY 4.0.</p>"
        )


if __name__ == "__main__":
    main()
