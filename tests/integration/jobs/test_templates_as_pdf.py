"""A cabinet's own template from the upload to the act and its preview, in real processes."""

from __future__ import annotations

import hashlib

from generators.document_text import document_text
from generators.registry import act_kind
from jobs import templates
from jobs.conversion import convert_and_wait
from storage.drafts import get_content
from tests.support.office import run_tool
from tests.support.own_templates import own_template
from tests.support.stack import Whole


def test_a_worker_makes_acts_and_previews_by_a_cabinets_own_template(whole: Whole) -> None:
    services, principal = whole.services, whole.principal
    source, kind = own_template(), act_kind("mise_en_demeure")
    known, _ = templates.put_template(
        services, principal, kind, source, live_from=None, note=None, actor=None
    )
    try:
        act_id = whole.accept()
    finally:
        templates.drop_template(services, principal, kind, actor=None)
    whole.wait_for_status(act_id, "draft", "failed")
    version = whole.version(act_id)
    assert version.status == "ready"
    assert version.template_version == known.version.number
    assert version.template_sha256 == hashlib.sha256(source).hexdigest()
    drafts, tenant_id = services.drafts, principal.tenant_id
    assert get_content(drafts, tenant_id, version.template_sha256) == source
    made = get_content(drafts, tenant_id, str(version.docx_sha256))
    assert "Gabarit du cabinet" in document_text(made)
    shown = templates.example_docx(services, kind, templates.stored_template(services, known))
    exported = convert_and_wait(services, tenant_id, shown)
    assert "Gabarit du cabinet" in run_tool("pdftotext", "-", "-", given=exported)
