"""The data workbook: writing it for an office to fill in, reading it back."""
