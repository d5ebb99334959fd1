"""What does a reader see where a page fails? One sentence, in its frame; the log of the server has the rest."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

SENTENCE = "This part of the page could not be shown. Reload the page; if that does not help, make other choices. Whoever runs the server finds the reason in its log."


def show(fault: Exception) -> bool:
    """Says so in the place of Streamlit's own box, which speaks of an app and of logs elsewhere; that it has been said."""
    st.error(SENTENCE)
    return True


@contextmanager
def shown() -> Iterator[None]:
    """Says so where what is within fails, so that what stands around it comes nevertheless."""
    try:
        yield
    except Exception as fault:
        logging.getLogger(__name__).exception("a page could not be shown")
        show(fault)
