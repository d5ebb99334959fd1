"""What stays of a presentation from one run to the next? The path in the session; in the address, what fills the screen."""

import streamlit as st

from data.query.path import Path, Step

PRESENT, PANEL, STEP, PATH, NOTES = "present", "panel", "step", "path", "notes"
PATH_KEY = "kept_path"


def is_on() -> bool:
    """True where the address asks for the presenter view."""
    return st.query_params.get(PRESENT) == "1"


def shows_notes() -> bool:
    """True where the address asks for the window with the speaker's notes."""
    return st.query_params.get(NOTES) == "1"


def turn_on(panel: str = "") -> None:
    """Turns the presenter view on, at a panel of the page or at its first; the choices stay as they are."""
    st.query_params[PRESENT] = "1"
    if panel:
        st.query_params[PANEL] = panel


def turn_off() -> None:
    """Turns the presenter view off; the page comes back with the choices as they are."""
    for name in (PRESENT, PANEL, STEP):
        st.query_params.pop(name, None)


def path() -> Path:
    """The path of this session; an empty one at first."""
    stored = st.session_state.get(PATH_KEY)
    return stored if isinstance(stored, Path) else Path()


def set_path(path: Path) -> None:
    """Makes a path that of the session, and shows its words in their widgets."""
    st.session_state[PATH_KEY] = path
    st.session_state["path-title"] = path.title
    for position, step in enumerate(path.steps):
        st.session_state[f"step-title-{position}"] = step.title
        st.session_state[f"step-note-{position}"] = step.note


def add_step(step: Step) -> None:
    """Adds a step to the end of the path. For use in callbacks."""
    set_path(path().with_step(step))


def say_added() -> None:
    """Says that the last step has been added.

    Not for use in callbacks: what these show takes the place of the open dialog among what floats above the page, and the
    frontend then fails on the dialog.
    """
    message = f"Added as step {len(path().steps)} of your presentation, on the page Presentation."
    st.toast(message, icon=":material/playlist_add_check:")
