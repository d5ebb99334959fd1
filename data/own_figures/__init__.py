"""A reader's own file of newer figures."""
