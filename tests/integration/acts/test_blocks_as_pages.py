"""Every block of the template builder becomes a page that is valid and accessible."""

from __future__ import annotations

from pathlib import Path

from generators.office import OfficePool
from generators.pdf import finish
from generators.render import Template
from tests.support.pdf_words import raw_text
from tests.support.verapdf import verify_both
from tests.support.vocabulary import every_block, every_value


def test_every_block_is_printed_in_a_valid_accessible_file(
    pool: OfficePool, tmp_path: Path
) -> None:
    exported = pool.convert(Template.compile(every_block()).render(every_value()))
    path = tmp_path / "blocks.pdf"
    path.write_bytes(finish(exported, title="Blocs", author="A", subject="", language="fr-FR"))
    found = verify_both([path])[path]
    assert {flavour: verdict.failed for flavour, verdict in found.items()} == {"3b": (), "ua1": ()}
    text = raw_text(path).replace("\u00a0", " ")
    for numbered in ("Article 1 – Objet", "Article 2 – Durée", "1. un", "2. deux"):  # noqa: RUF001 - as printed
        assert numbered in text
    assert text.count("1. un") == 2
