"""A figure as SVG, where no script runs."""
