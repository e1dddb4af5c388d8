"""The catalog: documents, figures and passages in SQLite; its schema, its soundness."""
