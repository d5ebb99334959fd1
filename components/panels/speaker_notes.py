"""What does the speaker read while a room sees the drawings? The notes of all steps, in a window that follows the presenter's."""

from html import escape

import streamlit as st

from components.panels.thumbnails import panel_of_step, thumbnail
from data.query.path import Path, Step
from data.record.load import library

ABOUT = "This window is for you alone. Open it beside the presentation: it marks the step that is on the screen, in this browser."


def show(path: Path) -> None:
    """The notes of a path, a step below the other; the script of the page marks the one that is presented."""
    version = library().version
    entries = "".join(_entry(number, step, version) for number, step in enumerate(path.steps, 1))
    title = escape(path.title or "Presentation")
    st.html(f'<div class="page-head"><h1>Notes: {title}</h1><p class="answer">{ABOUT}</p></div>')
    st.html(f'<ol class="speaker-notes">{entries or "<li>This presentation is empty.</li>"}</ol>')


def _entry(number: int, step: Step, version: str) -> str:
    panel = panel_of_step(step)
    title = step.title or (panel.title if panel else "A view that is not there")
    note = escape(step.note) or '<span class="key">No note for this step.</span>'
    return f'<li data-step="{number}" tabindex="-1">{thumbnail(step, version)}<div><h2>{number}. {escape(title)}</h2><p>{note}</p></div></li>'
