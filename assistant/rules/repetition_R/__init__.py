"""R: 雷同, what was written before or elsewhere."""
