"""Versions brought to where a test wants them."""

from __future__ import annotations

from datetime import timedelta

from storage import versions
from storage.database import Transaction
from storage.versions import Rendered
from tests.support.database import NOW

LEASE = timedelta(minutes=2)


def rendered() -> Rendered:
    """What a worker hands in."""
    return Rendered(
        template_sha256="b" * 64,
        law_data_sha256="a" * 64,
        software_version="0.1.0",
        due_cents=108993,
        statement={"totals": {"due": "1089.93"}},
        docx_sha256="1" * 64,
        pdf_sha256="2" * 64,
        office_version="LibreOffice 7.4.7.2",
        pages=2,
        rendered_at=NOW,
    )


def make_ready(tx: Transaction, act_id: str, number: int = 1) -> None:
    """Claim and complete a version."""
    claimed = versions.claim(tx, act_id, number, "worker", now=NOW, lease=LEASE)
    assert claimed
    assert versions.complete(tx, act_id, number, "worker", rendered())
