"""Pages in the national format OFD (GB/T 33190): a zip file of XML, its marks laid out like those of a PDF."""
