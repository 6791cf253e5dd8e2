"""What a PDF may say of itself, and how it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from generators.pdf_metadata import Description, parse_pdf_date

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _description(**changed: Any) -> Description:
    values: dict[str, Any] = {
        "title": "Mise en demeure",
        "author": "Société Exemple",
        "subject": "Factures",
        "language": "fr-FR",
        "producer": "LibreOffice 7.4",
        "created_at": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    }
    return Description(**{**values, **changed})


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("D:20261124163639+01'00'", datetime(2026, 11, 24, 15, 36, 39, tzinfo=UTC)),
        ("D:20260701000000+02'00", datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC)),
        ("D:20260101000000-05'30'", datetime(2026, 1, 1, 5, 30, 0, tzinfo=UTC)),
        ("D:20260101000000Z", datetime(2026, 1, 1, tzinfo=UTC)),
        ("", None),
        ("2026-01-01", None),
    ],
)
def test_pdf_dates_are_read_in_utc(text: str, moment: datetime | None) -> None:
    assert parse_pdf_date(text) == moment


def test_packet_is_xml_whatever_the_values() -> None:
    title = "A & B <c> ]]> \"d\" 'e' {f} – \u202f€"  # noqa: RUF001 - as titles are
    root = etree.fromstring(_description(title=title).packet())
    found = [item.text for item in root.iter("{*}li") if item.get(XML_LANG) == "x-default"]
    assert found == [title, "Factures"]


def test_packet_declares_the_schema_of_pdf_ua() -> None:
    root = etree.fromstring(_description().packet())
    prefixes = [
        element.text for element in root.iter("{http://www.aiim.org/pdfa/ns/schema#}prefix")
    ]
    assert prefixes == ["pdfuaid"]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"title": "  "}, "has a title"),
        ({"language": "français"}, "language"),
        ({"language": "fr) /X (y"}, "language"),
        ({"title": "a\x00b"}, "XML"),
        ({"author": "a\ud800b"}, "XML"),
        ({"subject": "a\uffffb"}, "XML"),
    ],
)
def test_what_would_not_conform_is_refused(changed: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        _description(**changed)
