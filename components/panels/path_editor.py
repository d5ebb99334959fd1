"""How is a path put together? Views added from the pages as its steps, named, ordered, saved, presented, made into slides."""

from collections.abc import Callable
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import presenter_state
from components.panels import speaker_notes
from components.panels.elements import host, paragraph
from components.panels.thumbnails import thumbnail
from components.presenter_state import PATH
from data.files.described import SLIDES, SLIDES_TYPE
from data.query.address import Refusal
from data.query.path import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_STEPS,
    READY_BY_NAME,
    Path,
    PathBroken,
    Step,
    decode_path,
    encode_path,
    from_file,
    names_a_view,
    to_file,
)
from data.query.ready import READY_PATHS
from data.query.select import filters_in_words
from data.query.views import parameter_names, title_of
from data.record.load import library

# Makes the slides of a path whose addresses begin with a host; reports how many are made, and what they wait for.
MakeDeck = Callable[[Path, str, Callable[[int, str], None]], bytes]
ADDRESS_KEY, DECK_KEY = "path_of_address", "deck_of_path"
ABOUT_SLIDES = "PowerPoint: charts that can be edited, with sources, notes and citations"


def editor(make_deck: MakeDeck) -> None:
    """The ready paths, then the path of the address, or that of the session, with its steps and all that can be done with it.

    `make_deck` makes its slides; it is handed in, since exports stand above this wing.
    """
    _read_address()
    path = presenter_state.path()
    _write_address(path)
    if not path.steps:
        _ready_paths()
        st.info(
            "Your own presentation is empty. To add a chart, press “Share and download” under it, then “Add to my presentation”. Or open one above, or one that you saved."
        )
        _open_saved()
        return
    _exports(path, make_deck)
    with st.container(key="path"):
        _title_input(path)
        for position, step in enumerate(path.steps):
            _step_card(position, step, len(path.steps))
    _ready_paths()


def notes() -> None:
    """The notes of the path of the address, or of the session's, in a window of their own."""
    _read_address()
    speaker_notes.show(presenter_state.path())


def _ready_paths() -> None:
    """The ready presentations as cards: a picture, what it tells, and the ways to open and to present it."""
    version = library().version
    with st.container(key="path-begin", horizontal=True):
        for name, path in READY_BY_NAME.items():
            ready = READY_PATHS[name]
            with st.container(key=f"ready-{name}"):
                st.html(
                    f'<div class="ready">{thumbnail(path.steps[ready.picture], version)}<h2>{escape(path.title)}</h2><p>{escape(ready.about)} {len(path.steps)} steps.</p></div>'
                )
                with st.container(key=f"ready-ways-{name}", horizontal=True):
                    st.button(
                        "Present",
                        key=f"ready-present-{name}",
                        icon=":material/slideshow:",
                        on_click=_present_ready,
                        args=(path,),
                        help=f"Present “{path.title}”",
                    )
                    st.button(
                        "Open and change",
                        key=f"ready-open-{name}",
                        icon=":material/edit:",
                        on_click=presenter_state.set_path,
                        args=(path,),
                        help=f"Open “{path.title}”",
                    )


def _present_ready(path: Path) -> None:
    presenter_state.set_path(path)
    _present(0)


def _read_address() -> None:
    """Puts the path of the address into the session, unless this page itself has written it there."""
    text = st.query_params.get(PATH)
    if not text or text == st.session_state.get(ADDRESS_KEY):
        return
    st.session_state[ADDRESS_KEY] = text
    try:
        presenter_state.set_path(decode_path(text))
    except PathBroken as broken:
        with st.container(key="notice-path", border=True):
            st.text(str(broken))


def _write_address(path: Path) -> None:
    if path == Path():
        st.query_params.pop(PATH, None)
        return
    st.session_state[ADDRESS_KEY] = encode_path(path)
    st.query_params[PATH] = encode_path(path)


def _empty_path() -> None:
    presenter_state.set_path(Path())
    st.query_params.pop(PATH, None)


def _open_saved() -> None:
    st.file_uploader("Open a saved presentation", type="json", key="path-file", on_change=_read_file, max_upload_size=1)
    if problem := st.session_state.pop("path_problem", ""):
        st.text(problem)


def _read_file() -> None:
    file = st.session_state.get("path-file")
    if file is None:
        return
    try:
        presenter_state.set_path(from_file(file.getvalue()))
    except PathBroken as broken:
        st.session_state["path_problem"] = str(broken)


def _title_input(path: Path) -> None:
    st.text_input("Title of the presentation", key="path-title", max_chars=LONGEST_TITLE, on_change=_rename)
    paragraph(
        "key",
        f"{len(path.steps)} of at most {MOST_STEPS} steps. Each step keeps its choices. Where you leave a title empty, the chart's own title is used.",
    )


def _rename() -> None:
    path = presenter_state.path()
    presenter_state.set_path(Path(str(st.session_state["path-title"] or "")[:LONGEST_TITLE], path.steps))


def _step_card(position: int, step: Step, count: int) -> None:
    with st.container(key=f"step-{position}", border=True):
        title, filters, broken = _step_in_words(step)
        st.html(
            f'<div class="step">{thumbnail(step, library().version)}<div><p><b>{position + 1}. {escape(title)}</b></p><p class="key">{escape(broken or filters)}</p></div></div>'
        )
        left, right = st.columns([2, 3])
        left.text_input(
            "Title",
            key=f"step-title-{position}",
            placeholder=title,
            max_chars=LONGEST_TITLE,
            on_change=_reword,
            args=(position,),
        )
        right.text_input(
            "Note for the speaker",
            key=f"step-note-{position}",
            max_chars=LONGEST_NOTE,
            on_change=_reword,
            args=(position,),
        )
        with st.container(key=f"step-ways-{position}", horizontal=True):
            _step_button(
                "Up",
                "arrow_upward",
                position,
                lambda: presenter_state.set_path(presenter_state.path().moved(position, -1)),
                position == 0,
            )
            _step_button(
                "Down",
                "arrow_downward",
                position,
                lambda: presenter_state.set_path(presenter_state.path().moved(position, 1)),
                position == count - 1,
            )
            _step_button(
                "Remove",
                "delete",
                position,
                lambda: presenter_state.set_path(presenter_state.path().without(position)),
                False,
            )
            _step_button("Present from here", "slideshow", position, lambda: _present(position), bool(broken))


def _step_button(name: str, icon: str, position: int, on_click: Callable[[], None], disabled: bool) -> None:
    key = f"step-{name.split()[0].lower()}-{position}"
    st.button(
        name,
        key=key,
        icon=f":material/{icon}:",
        on_click=on_click,
        disabled=disabled,
        help=f"{name}: step {position + 1}",
    )


def _reword(position: int) -> None:
    title, note = (str(st.session_state[f"step-{name}-{position}"] or "") for name in ("title", "note"))
    st.session_state[presenter_state.PATH_KEY] = presenter_state.path().renamed(position, title, note)


def _present(position: int) -> None:
    st.query_params.update(
        {
            PATH: encode_path(presenter_state.path()),
            presenter_state.PRESENT: "1",
            presenter_state.STEP: str(position + 1),
        }
    )


def _step_in_words(step: Step) -> tuple[str, str, str]:
    """The title of a step's panel, its choices in words, and what is wrong with it, which is empty where nothing is."""
    try:
        request = step.read()
    except Refusal as refusal:
        return "A view that is not there", "", f"{refusal.sentence} Remove this step, or keep the view anew."
    title = title_of(request.view, request.library, request.selection)
    filters = filters_in_words(request.selection, request.library, parameter_names(request.view))
    return title, filters or "no choice: all rows", ""


def _exports(path: Path, make_deck: MakeDeck) -> None:
    address = f"{host()}/{PATH}?{PATH}={encode_path(path)}"
    with st.container(key="path-ways"):
        with st.container(key="path-buttons", horizontal=True, vertical_alignment="center"):
            st.button(
                "Present", key="path-present", icon=":material/slideshow:", type="primary", on_click=_present, args=(0,)
            )
            st.download_button(
                "Save as a file",
                to_file(path),
                "path.json",
                "application/json",
                key="path-save",
                icon=":material/save:",
                on_click="ignore",
            )
            st.html(
                f'<a class="notes-window" href="{PATH}?{PATH}={encode_path(path)}&{presenter_state.NOTES}=1" target="speaker-notes">Notes in a window of their own</a>',
                width="content",
            )
            st.button("Close it", key="path-empty", icon=":material/close:", type="tertiary", on_click=_empty_path)
        _slides(path, make_deck)
        paragraph(
            "key", "The address below is the presentation: whoever opens it has the same steps, titles and notes."
        )
        st.code(address, language=None, wrap_lines=True)


def _slides(path: Path, make_deck: MakeDeck) -> None:
    """A button that makes the slides, with its progress, and one that saves them until the path changes."""
    whole = all(names_a_view(step) for step in path.steps)
    if st.button("Make slides", key="path-slides", icon=":material/co_present:", disabled=not whole, help=ABOUT_SLIDES):
        _make_slides(path, make_deck)
    deck_of, deck = st.session_state.get(DECK_KEY, ("", b""))
    if deck_of == encode_path(path):
        name = f"path_v{library().version}.{SLIDES}"
        icon = ":material/download:"
        st.download_button("Save the slides", deck, name, SLIDES_TYPE, key="path-deck", on_click="ignore", icon=icon)


def _make_slides(path: Path, make_deck: MakeDeck) -> None:
    count = len(path.steps)
    bar = st.progress(0.0, f"0 of {count} slides")
    try:
        deck = make_deck(path, host(), lambda done, waits: _show_progress(bar, done, count, waits))
    except Refusal as refusal:
        st.text(refusal.sentence)
    else:
        st.session_state[DECK_KEY] = (encode_path(path), deck)
    bar.empty()


def _show_progress(bar: DeltaGenerator, done: int, count: int, waits: str) -> None:
    bar.progress(done / count, waits if waits and not done else f"{done} of {count} slides")
