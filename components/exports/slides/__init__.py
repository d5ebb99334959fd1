"""PowerPoint slides with native, editable charts."""
