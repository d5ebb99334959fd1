"""Rows as bytes: files, citations, descriptions."""
