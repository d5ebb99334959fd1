"""A page as it is before its scripts run: what the page's own script sends, written as HTML."""
