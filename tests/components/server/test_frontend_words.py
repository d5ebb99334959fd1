"""Does the frontend speak plainly where something goes wrong? Streamlit's words are found in its scripts, and replaced."""

import re
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from components.frame import faults
from components.server.frontend_words import WORDS, in_our_words
from tests.served import spoken

STATIC = Path(streamlit.__file__).parent / "static"
MAIN = next(iter((STATIC / "static" / "js").glob("index.*.js")))
# Words of the frontend that a reader may meet, beside those for developers, which are not shown here: installing, deploying.
TECHNICAL = re.compile(
    r"yourscript|in your terminal|Connecting to Streamlit|connect to Streamlit|Streamlit server|pages/ directory"
)


def test_each_of_streamlits_words_stands_once_in_its_scripts() -> None:
    script = MAIN.read_text(encoding="utf-8")
    assert {words: script.count(words) for words in WORDS} == dict.fromkeys(WORDS, 1)


def test_trouble_is_told_without_streamlit_terminals_or_files() -> None:
    theirs, ours = MAIN.read_text(encoding="utf-8"), in_our_words(MAIN.read_bytes).decode()
    assert len(TECHNICAL.findall(theirs)) >= 5 and not TECHNICAL.search(ours)
    assert not any(TECHNICAL.search(words) or "Streamlit" in words for words in (*WORDS.values(), faults.SENTENCE))


def test_a_page_that_fails_says_one_sentence_and_keeps_its_frame(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        import streamlit as st

        from components.frame import faults
        from tests.conftest import FAULTS_SHOWN

        with FAULTS_SHOWN():
            raise ValueError("/home/secret")
        st.write("the frame")
        assert faults.show(ValueError("in a part that runs alone"))

    page = AppTest.from_function(fail).run()
    assert [box.value for box in page.error] == 2 * [faults.SENTENCE] and page.markdown[0].value == "the frame"
    assert "/home/secret" in caplog.text and "Traceback" in caplog.text, "the log has the rest"


def test_a_script_is_served_in_our_words_to_clients_that_take_nothing_packed(server: str) -> None:
    answer = spoken(server, "GET", f"/{MAIN.relative_to(STATIC).as_posix()}")
    assert answer.status == 200 and b"yourscript" not in answer.body
