"""One module a template: its name is the slug, its ``document()`` the bytes of the .docx."""
