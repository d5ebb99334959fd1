"""Which rows: choices, views, days, computed rows, addresses."""
