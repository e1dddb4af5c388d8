"""The three tables of the form, found in the rows and cells of any format."""
