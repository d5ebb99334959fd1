"""Places on the ground: a pydeck deck, and the same as a flat figure."""
