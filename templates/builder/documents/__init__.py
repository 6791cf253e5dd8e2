"""Templates of documents that are no acts: nothing of them is stored, reviewed or archived."""
