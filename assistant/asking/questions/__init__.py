"""A question taken apart: units, years, figures of the form, operation, and the words that nothing explains."""
