"""Disagreements: each under one topic, the widest first, and the one that the page begins with."""

from data.query.disagreements import (
    OTHER,
    all_disagreements,
    by_topic,
    ends_of,
    furthest_apart,
    newest_disagreement,
    widest_disagreements,
)
from data.query.select import newest_of
from data.record.load import Library
from data.record.wording import value_in_words


def test_the_widest_disagreements_are_no_nearer_than_any_other(library: Library) -> None:
    spreads = [one.spread for one in widest_disagreements(library, len(library["disagreements"]))]
    assert spreads == sorted(spreads, reverse=True) and all(0 < spread <= 1 for spread in spreads)
    for one in widest_disagreements(library):
        ends = [end for row in one.statements.to_dict("records") for end in ends_of(row)]
        assert one.spread == (max(ends) - min(ends)) / max(ends)


def test_the_two_ends_of_a_disagreement_are_different_words_also_where_their_numbers_are_the_same(
    library: Library,
) -> None:
    ends = {}
    for one in all_disagreements(library):
        low, high = furthest_apart(one.statements.to_dict("records"))
        ends[one.row["disagreement_id"]] = (value_in_words(low), value_in_words(high))
    assert all(low != high for low, high in ends.values())
    assert ends["DIS-50"] == ("nearly 7,700", "more than 7,700")


def test_every_disagreement_has_one_topic_and_within_it_the_widest_comes_first(library: Library) -> None:
    topics = by_topic(library)
    listed = [found.row["disagreement_id"] for group in topics.values() for found in group]
    assert sorted(listed) == sorted(library["disagreements"]["disagreement_id"]) and len(
        all_disagreements(library)
    ) == len(listed)
    for topic, group in topics.items():
        spreads = [found.spread for found in group]
        assert spreads == sorted(spreads, reverse=True), topic
    assert len(topics.get(OTHER, [])) < len(listed) / 4


def test_the_page_begins_with_the_newest_count_that_sources_disagree_on(library: Library) -> None:
    rows = library["disagreements"].set_index("disagreement_id")
    chosen = newest_disagreement(library)
    counts = library["figures"].set_index("figure_id")["date"]
    newest = max(counts[one] for one in rows["row_ids"][chosen].split(";") if one in counts)
    assert newest[:7] <= newest_of(library, "unaccounted_for_total").iloc[0]["date"][:7]
    assert rows["title"][chosen] == "Americans unaccounted for, August 2024"
