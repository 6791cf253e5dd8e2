"""The Word masters of the acts, and what writes them. What runs reads only `legal/*.docx`."""
