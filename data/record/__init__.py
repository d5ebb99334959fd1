"""What the tables hold and which rules they obey."""
