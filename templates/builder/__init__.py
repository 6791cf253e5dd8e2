"""Writes the Word masters: one stationery, a small vocabulary, one module a template.

``kinds/<slug>.py`` says what a template holds, in the words of `blocks` (paragraphs, lists,
tables, conditions), `stationery` (what every letter has around its text), `claims` (what a letter
that claims money has in it) and `representative` (what it has because of who writes it); `package`
makes the file. `make templates` writes, `make check` compares.
"""
