"""What is computed of the tables is computed once a library, and goes with it."""

from dataclasses import replace

from data.record.load import Library, cached_with_library


def test_what_is_kept_with_a_library_goes_with_it_and_is_computed_once(library: Library) -> None:
    seen = []

    @cached_with_library
    def counted(library: Library, more: int) -> int:
        seen.append(more)
        return more + 1

    other = replace(library)
    assert [counted(other, 1), counted(other, 1), counted(other, 2)] == [2, 2, 3] and seen == [1, 2]
    assert counted(replace(library), 1) == 2 and seen == [1, 2, 1]
