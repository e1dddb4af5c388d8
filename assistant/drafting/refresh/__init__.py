"""New tables and figures in a report that people have worked on."""
