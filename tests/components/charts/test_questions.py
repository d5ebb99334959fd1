"""Prisoners by question: every number of every source once on the line of its question, words that touch nothing, claims apart."""

import re
from itertools import combinations

import pandas as pd
import pytest

from components.charts.labels import largest_of
from components.charts.questions import numbers_by_question
from components.panels import prisoners
from data.query.as_of import library_of
from data.query.prisoners import QUESTIONS, most_printed, with_questions
from data.query.select import rows_of
from data.record.load import Library
from data.record.wording import value_in_words


def asked(library: Library) -> pd.DataFrame:
    figures = rows_of(library, "figures")
    return with_questions(figures[figures["panel"].isin(["prisoner totals", "claims"])])


def test_every_number_stands_once_on_the_line_of_its_question_with_how_many_rows_print_it(library: Library) -> None:
    rows = asked(library)
    figure = numbers_by_question(rows)
    marks = {(trace.x[0], trace.y[0]) for trace in figure.data if trace.customdata}
    questions = list(dict.fromkeys(rows["question"]))
    levels = {question: len(questions) - place for place, question in enumerate(questions)}
    assert marks == {(largest_of(row), levels[row["question"]]) for row in rows.to_dict("records")}
    for _, group in rows.groupby(["question", "qualifier", "value"]):
        trace = next(t for t in figure.data if t.customdata and t.customdata[0] in set(group["figure_id"]))
        assert f"{len(group)} row" in trace.text[0]
        assert (trace.marker.color == "#FFFFFF") == (group.iloc[0]["qualifier"] != "exact")


def test_a_claim_shares_no_line_with_a_count(library: Library) -> None:
    for question, group in asked(library).groupby("question"):
        assert (set(group["kind"]) == {"claim"}) == (question.startswith(("Claimed", "To be released"))), question


def test_the_returned_are_asked_of_by_exchange(library: Library) -> None:
    rows = asked(library)
    numbers = {name: set(group["value"]) for name, group in rows.groupby("question")}
    assert numbers[QUESTIONS["little switch"]] == {149}
    assert numbers[QUESTIONS["big switch"]] == {2596, 3313, 3597}
    assert numbers[QUESTIONS["pows_returned"]] == {3746, 4418, 4447, 5200}


@pytest.mark.parametrize("screen", ["wide", "narrow"])
@pytest.mark.parametrize("day", ["", "1960-01-01", "2012-07-03"])
def test_words_of_numbers_on_one_line_touch_no_other_words_and_no_mark(screen: str, day: str) -> None:
    rows = asked(library_of({"asof": day} if day else {})[0])
    figure = numbers_by_question(rows, screen)
    if rows.empty:
        return
    wide, end = (600 if screen == "wide" else 310), figure.layout.xaxis.range[1]
    boxes = []
    for note in figure.layout.annotations:
        if not re.search(r"<b>", note.text or ""):
            continue
        length = len(re.sub("<[^>]*>", "", note.text)) * 7
        at = (note.x * wide if note.xref == "paper" else note.x / end * wide) + (note.xshift or 0)
        left = {"left": at, "center": at - length / 2, "right": at - length}[note.xanchor]
        boxes.append((note.y, note.yanchor or "middle", left, left + length))
    assert boxes
    for one, other in combinations(boxes, 2):
        assert one[:2] != other[:2] or one[3] <= other[2] or other[3] <= one[2], (one, other)


def test_the_sentence_names_the_numbers_that_most_rows_print_and_no_claim(library: Library) -> None:
    figures, claims = rows_of(library, "figures", "prisoner totals"), rows_of(library, "figures", "claims")
    sentence = prisoners.answer(figures, claims)
    assert sentence.startswith("Most sources print the same numbers of Americans: 7,140 captured, 4,418 returned, ")
    for row, count, total in most_printed(figures).values():
        assert 0 < count <= total
        same = figures[(figures["series_id"] == row["series_id"]) & (figures["value"] == row["value"])]
        assert count <= len(same)
    assert not any(value_in_words(row) in sentence for row in claims.to_dict("records"))
