"""F: 结构, the form of the report."""
