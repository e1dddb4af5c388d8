"""Pages: PDF files, scans and pictures."""
