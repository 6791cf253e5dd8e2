"""Rendering a version: from its snapshot to Word and PDF/A in the store, once."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from core.clock import PARIS
from core.errors import MinutierError, Unavailable
from generators import pdf
from generators.drafting import Draft, draft
from generators.office import DocumentNotConvertible, OfficePool
from generators.package import open_package
from generators.properties import ACT_PROPERTY, VERSION_PROPERTY, stamped
from generators.request import load_snapshot
from generators.statement_schema import StatementSchema
from jobs.attachments import put_dossier
from jobs.lease import Heartbeat
from jobs.problems import problem_of
from jobs.rates import rates_of
from jobs.services import SOFTWARE_VERSION, Services
from jobs.tasks import produce_task
from jobs.templates import master_of
from jobs.uploads import render_upload
from storage import acts, outbox, trail, versions
from storage.canonical import canonical
from storage.database import Transaction
from storage.drafts import put_content
from storage.versions import Rendered, Version

_log = logging.getLogger(__name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
JSON = "application/json"
MAX_ATTEMPTS = 3
_LONGEST_WAIT = timedelta(seconds=30)
_STATEMENTS = StatementSchema()


def produce(
    services: Services, office: OfficePool, worker_id: str, act_id: str, number: int
) -> None:
    """Render a version if it is to be rendered and nobody else is doing it.

    Run twice, or by two workers, it has one effect. A part of the service that is away costs
    no attempt; a document that cannot be made fails the act with its problem.
    """
    version = _claim(services, worker_id, act_id, number)
    if version is None:
        return
    lease = services.settings.lease
    try:
        with Heartbeat(services, act_id, number, worker_id, lease):
            rendered = _render(services, office, version)
        _complete(services, worker_id, version, rendered)
    except Unavailable as error:
        _log.warning("act %s v%s waits: %s", act_id, number, error.slug)
        _release(services, worker_id, version, counts=False)
    except (DocumentNotConvertible, MinutierError) as error:
        _fail(services, worker_id, version, problem_of(error))
    except Exception:  # noqa: BLE001 - whatever broke, the act says so and the worker lives on
        _log.exception("act %s v%s: rendering broke", act_id, number)
        if version.attempts < MAX_ATTEMPTS:
            _release(services, worker_id, version, counts=True)
        else:
            _fail(services, worker_id, version, _INTERNAL)


_INTERNAL = {
    "type": "/problems/internal-error",
    "title": "Internal error",
    "detail": f"rendering failed {MAX_ATTEMPTS} times; the cause is in the service's log",
}


def _claim(services: Services, worker_id: str, act_id: str, number: int) -> Version | None:
    now = services.now()
    with services.database.transaction() as tx:
        tenant_id = acts.tenant_of(tx, act_id)
        act = acts.get_act(tx, tenant_id, act_id, lock=True)
        if not versions.claim(
            tx, act_id, number, worker_id, now=now, lease=services.settings.lease
        ):
            if versions.get_version(tx, tenant_id, act_id, number).status in {"ready", "failed"}:
                _forget(tx, act_id, number)
            return None
        if act.status == "queued":
            acts.set_status(tx, act_id, from_={"queued"}, to="rendering", at=now)
            details = {"version": number}
            _tell(services, tx, tenant_id, act_id, worker_id, "rendering_started", details)
        return versions.get_version(tx, tenant_id, act_id, number)


def _render(services: Services, office: OfficePool, version: Version) -> Rendered:
    if version.origin == "uploaded":
        return render_upload(services, office, version)
    request = load_snapshot(json.loads(version.snapshot))
    rates = rates_of(services.database, version)
    master = master_of(services, version, request.kind)
    made = draft(request, rates, master.fill)
    exported = office.convert(made.docx)
    day = datetime.combine(request.facts.as_of, time(), tzinfo=PARIS).astimezone(UTC)
    final = pdf.finish(
        exported,
        title=made.title,
        author=made.author,
        subject=made.subject,
        language="fr-FR",
        created_at=day,
    )
    tenant, store = version.tenant_id, services.drafts
    dossier = put_dossier(services, tenant, request, final, office.convert)
    findings = None if made.findings is None else canonical(made.findings)
    return Rendered(
        # What made it, which after an upgrade is not what was there when it was accepted. The
        # template is kept beside it, for the archive and for those who ask why.
        template_sha256=put_content(services.drafts, version.tenant_id, master.source, DOCX),
        law_data_sha256=rates.data_sha256,
        software_version=SOFTWARE_VERSION,
        due_cents=made.statement.totals.due_cents if made.statement else None,
        statement=_STATEMENTS.dump(made.statement) if made.statement else None,
        docx_sha256=put_content(store, tenant, _stamped(made, version), DOCX),
        pdf_sha256=put_content(store, tenant, final, PDF),
        office_version=office.version,
        pages=pdf.page_count(final),
        rendered_at=services.now(),
        findings_sha256=None if findings is None else put_content(store, tenant, findings, JSON),
        dossier=dossier,
    )


def _stamped(made: Draft, version: Version) -> bytes:
    """The Word file, saying which version of which act it is, should a lawyer send it back."""
    package, faults = open_package(made.docx)
    if package is None or faults:  # pragma: no cover - it is made of a template without fault
        raise AssertionError(faults)
    properties = {ACT_PROPERTY: version.act_id, VERSION_PROPERTY: str(version.number)}
    return stamped(package, properties)


def _complete(services: Services, worker_id: str, version: Version, rendered: Rendered) -> None:
    with services.database.transaction() as tx:
        act = acts.get_act(tx, version.tenant_id, version.act_id, lock=True)
        if not versions.complete(tx, version.act_id, version.number, worker_id, rendered):
            return  # another worker holds it now, and will finish it
        _forget(tx, version.act_id, version.number)
        if act.status in {"queued", "rendering"}:
            acts.set_status(
                tx,
                act.id,
                from_={"queued", "rendering"},
                to="draft",
                at=rendered.rendered_at,
                due_cents=rendered.due_cents,
            )
        details = {
            "version": version.number,
            "docx_sha256": rendered.docx_sha256,
            "pdf_sha256": rendered.pdf_sha256,
            "pages": rendered.pages,
            "template_sha256": rendered.template_sha256,
            "law_data_sha256": rendered.law_data_sha256,
            **({"findings_sha256": found} if (found := rendered.findings_sha256) else {}),
            **({"dossier_sha256": rendered.dossier["sha256"]} if rendered.dossier else {}),
            "minutier": rendered.software_version,
            "office": rendered.office_version,
        }
        _tell(services, tx, act.tenant_id, act.id, worker_id, "rendered", details)


def _release(services: Services, worker_id: str, version: Version, *, counts: bool) -> None:
    """Give the version back; the longer it has waited, the later it comes again."""
    now = services.now()
    waited = (now - version.created_at) / 4
    retry_at = now + min(max(waited, timedelta(seconds=1)), _LONGEST_WAIT)
    task = produce_task(version.act_id, version.number)
    try:
        with services.database.transaction() as tx:
            versions.release(
                tx, version.act_id, version.number, worker_id, retry_at=retry_at, counts=counts
            )
            outbox.postpone(tx, task.topic, task.payload, retry_at)
    except Unavailable:  # then the lease ends by itself
        _log.warning("act %s v%s not given back", version.act_id, version.number)


def _fail(services: Services, worker_id: str, version: Version, problem: Mapping[str, Any]) -> None:
    now = services.now()
    with services.database.transaction() as tx:
        act = acts.get_act(tx, version.tenant_id, version.act_id, lock=True)
        if not versions.fail(tx, version.act_id, version.number, worker_id, problem):
            return
        _forget(tx, version.act_id, version.number)
        if act.status in {"queued", "rendering"}:
            acts.set_status(
                tx,
                act.id,
                from_={"queued", "rendering"},
                to="failed",
                at=now,
                problem=problem,
            )
        details = {"version": version.number, "problem": problem["type"]}
        _tell(services, tx, act.tenant_id, act.id, worker_id, "rendering_failed", details)


def _forget(tx: Transaction, act_id: str, number: int) -> None:
    task = produce_task(act_id, number)
    outbox.finish(tx, task.topic, task.payload)


def _tell(
    services: Services,
    tx: Transaction,
    tenant_id: str,
    act_id: str,
    worker_id: str,
    action: str,
    details: Mapping[str, Any],
) -> None:
    trail.append(
        tx,
        tenant_id=tenant_id,
        act_id=act_id,
        at=services.now(),
        actor={"type": "worker", "worker_id": worker_id},
        action=action,
        details=details,
    )
