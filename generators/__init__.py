"""Facts to documents: schemas of request bodies, kinds of act, Word templates, PDF."""
