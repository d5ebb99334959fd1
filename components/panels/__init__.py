"""Cards of a page: rows, drawing, sentence, table, ways out."""
