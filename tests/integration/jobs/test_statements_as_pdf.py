"""A statement as PDF, by a real worker: PDF/A with its sums, and nothing left in the bucket."""

from __future__ import annotations

from generators.decompte import decompte
from generators.pdf import finish
from jobs.conversion import convert_and_wait
from law.french import money
from tests.support.law_facts import RATES, case_of, computed, invoice
from tests.support.office import run_tool
from tests.support.stack import Whole

CASE = case_of(invoice("c1", due="2026-01-31", cents=1_234_57))


def test_a_worker_makes_the_pdf_of_a_statement(whole: Whole) -> None:
    found = computed(CASE, "2026-11-22")
    made = decompte(CASE, found, RATES)
    tenant_id = whole.principal.tenant_id
    exported = convert_and_wait(whole.services, tenant_id, made.docx)
    final = finish(
        exported, title=made.title, author=made.author, subject=made.subject, language="fr-FR"
    )
    assert final.startswith(b"%PDF-")
    text = run_tool("pdftotext", "-layout", "-", "-", given=final)
    assert "".join(money(found.totals.due_cents).split()) in "".join(text.split())
    assert list(whole.services.drafts.list(f"v1/{tenant_id}/conversions/")) == []
