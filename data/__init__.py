"""What is known, and the only code that reads it: no Streamlit, no Plotly, no pydeck."""

import pandas as pd

# Rows are read one by one far more often than columns as a whole, and pandas reads a text that is Python's own several times
# as fast as one in an Arrow array: of a hundred times the rows the first drawings take a tenth less, and 100 MB less.
pd.set_option("mode.string_storage", "python")
