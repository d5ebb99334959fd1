"""Who says so, and where are the data?"""

from components import filters
from components.navigation import BY_PATH
from components.panels import details, own_figures, render, summaries
from components.panels.catalogue import panel_of_table
from data.query.params import table_of_words

PAGE = BY_PATH["sources-and-data"]
library = filters.library_in_view()

render.heading(PAGE.question, summaries.of_pages(library)[PAGE.path])
details.card_of_address(library)


def one_table() -> None:
    selection = filters.filter_row(PAGE.path, library)
    details.search_results(library, selection)
    table = table_of_words(str(selection.get("table", library)))
    render.show_panel(panel_of_table(table, library, selection))
    own_figures.upload_card(library)
    details.dictionary_of(library, table)


render.fragment(one_table)
details.all_cautions(library)
details.glossary(library)
