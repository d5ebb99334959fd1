"""Is the list of changes that readers see that of the file, and is its newest entry of the tables as they are?"""

from data.record.changes import changes
from data.record.load import Library


def test_the_changes_are_listed_newest_first_each_with_its_version_and_day(library: Library) -> None:
    found = changes()
    assert found[0].version == library.version.split("+")[0]
    assert found[-1].version == "1.0.0"
    assert all(len(change.day) == 10 and len(change.what) > 20 for change in found)
