"""D: 日期, dates and years."""
