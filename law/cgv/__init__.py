"""The audit of general terms: a text and answers in, findings with their evidence out. Pure."""
