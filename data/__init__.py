"""What is known, and the only code that reads it: no Streamlit, no Plotly, no pydeck."""
