"""Frames of rows in, Plotly figures out."""
