"""What a client may ask to change. Each command is one transaction: row, trail event, outbox.

``within`` is called last inside that transaction with what will be committed, so that the
answer kept under an idempotency key lives or dies with the change it tells of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from core.clock import civil_day
from generators.drafting import legal_checks, template_sha256
from generators.request import ActRequest, load_revision
from jobs.attachments import claim_named, with_terms
from jobs.services import SOFTWARE_VERSION, Services
from jobs.tasks import Task, produce_task, seal_task
from jobs.templates import captured
from law.findings import Check
from law.limitation import limitation
from law.rates import RateTables
from law.statement import Statement
from storage import acts, outbox, trail, versions
from storage.acts import Act, Status
from storage.archive import ARCHIVABLE, NotArchivable
from storage.canonical import canonical, sha256_hex
from storage.database import Transaction
from storage.keys import Principal
from storage.rates import keep_tables
from storage.versions import Origin, Version

REVIEW_LINK = "rvl_"
"""How the ids of review links begin, which stand where a key's id stands."""
Within = Callable[[Transaction, Act], None]

VOIDABLE: frozenset[Status] = frozenset(
    {"queued", "rendering", "draft", "changes_requested", "approved", "failed"}
)
REVIEWABLE: frozenset[Status] = frozenset({"draft", "changes_requested", "approved"})
RENEWABLE: frozenset[Status] = REVIEWABLE | {"failed"}


def create_act(
    services: Services,
    principal: Principal,
    request: ActRequest,
    *,
    actor: str | None,
    within: Within | None = None,
) -> Act:
    """Accept an act: from here on it will be rendered, whatever fails.

    Raises:
        LegalCheckFailed: a check of law refuses it; nothing is stored.
        AttachmentNotUsable: a file that it names is unknown or another act's; nothing is stored.
        RateUnknown: the law's data do not reach its day; nothing is stored.
    """
    rates = services.rates()
    checks, statement = examine(request, rates)
    now, act_id = services.now(), services.new_id("act")
    case = request.facts.case
    act = Act(
        id=act_id,
        tenant_id=principal.tenant_id,
        kind=request.kind.slug,
        status="queued",
        case_reference=case.reference,
        creditor_name=case.creditor.display_name,
        debtor_name=case.debtor.display_name if case.debtor else None,
        debtor_siren=case.debtor.siren if case.debtor else None,
        as_of=request.facts.as_of,
        language=request.facts.language,
        current_version=1,
        due_cents=statement.totals.due_cents if statement else None,
        problem=None,
        created_by_key=principal.key_id,
        actor_name=actor,
        created_at=now,
        updated_at=now,
    )
    version = _version(act, request, checks, rates, origin="generated")
    with services.database.transaction() as tx:
        keep_tables(tx, rates, now)
        version = _with_templates(tx, version, act)
        acts.insert_act(tx, act)
        who = key_actor(principal, actor)
        add_version(tx, act, version, who, action="created")
        claim_named(tx, act, request, who, now)
        if within:
            within(tx, act)
    return act


def new_version(
    services: Services,
    principal: Principal,
    act_id: str,
    changes: Mapping[str, Any],
    *,
    note: str | None,
    actor: str | None,
    within: Within | None = None,
) -> Act:
    """Add a version from new case data; parts left out stay as they were.

    Raises:
        StatusConflict: the act is signed, archived, voided or still being rendered.
        InvalidFacts: the merged request is not valid, or a file that it names cannot be used.
        LegalCheckFailed: a check of law refuses it.
    """
    with services.database.reading() as tx:
        act = acts.get_act(tx, principal.tenant_id, act_id)
        current = versions.get_version(tx, act.tenant_id, act_id, act.current_version)
    snapshot = json.loads(current.snapshot)
    changes = with_terms(services, act.tenant_id, changes, kind=act.kind)
    request = load_revision(snapshot, changes, today=civil_day(services.now()))
    return _add_regenerated(
        services, principal, act, request, note=note, actor=actor, within=within
    )


def retry_act(
    services: Services,
    principal: Principal,
    act_id: str,
    *,
    actor: str | None,
    within: Within | None = None,
) -> Act:
    """Render a failed act again.

    Raises:
        StatusConflict: the act has not failed.
    """
    now = services.now()
    with services.database.transaction() as tx:
        act = acts.get_act(tx, principal.tenant_id, act_id, lock=True)
        acts.set_status(tx, act_id, from_={"failed"}, to="queued", at=now)
        versions.requeue_failed(tx, act_id, act.current_version)
        _oblige(tx, produce_task(act_id, act.current_version), services)
        tell(tx, act, services, key_actor(principal, actor), "retried", {})
        act = acts.get_act(tx, principal.tenant_id, act_id)
        if within:
            within(tx, act)
    return act


def void_act(
    services: Services,
    principal: Principal,
    act_id: str,
    *,
    reason: str,
    actor: str | None,
    within: Within | None = None,
) -> Act:
    """End an act that shall not be used.

    Raises:
        StatusConflict: it is archived, signed or voided already.
    """
    with services.database.transaction() as tx:
        act = acts.get_act(tx, principal.tenant_id, act_id, lock=True)
        acts.set_status(tx, act_id, from_=VOIDABLE, to="voided", at=services.now())
        outbox.finish(tx, *_row(produce_task(act_id, act.current_version)))
        tell(tx, act, services, key_actor(principal, actor), "voided", {"reason": reason})
        act = acts.get_act(tx, principal.tenant_id, act_id)
        if within:
            within(tx, act)
    return act


def request_archive(
    services: Services,
    principal: Principal,
    act_id: str,
    *,
    actor: str | None,
    within: Within | None = None,
) -> Act:
    """Have an act sealed into the archive; asking for what is done or under way does no harm.

    Raises:
        NotArchivable: the act is neither approved nor signed.
    """
    with services.database.transaction() as tx:
        act = acts.get_act(tx, principal.tenant_id, act_id, lock=True)
        if act.status != "archived":
            if act.status not in ARCHIVABLE:
                raise NotArchivable(f"the act is {act.status}; approve or sign it first")
            task = seal_task(act_id)
            if not outbox.is_due(tx, *_row(task)):
                _oblige(tx, task, services)
                details = {"version": act.current_version}
                tell(tx, act, services, key_actor(principal, actor), "archive_requested", details)
        if within:
            within(tx, act)
    return act


def examine(request: ActRequest, rates: RateTables) -> tuple[Sequence[Check], Statement | None]:
    """The checks of a request, all passed or warned of, and its statement.

    Raises:
        LegalCheckFailed: at least one refuses; each refusal is a fault with its article.
    """
    return legal_checks(request, rates), request.kind.statement(request.facts, rates)


def key_actor(principal: Principal, name: str | None) -> dict[str, Any]:
    """Who acted, for the trail: a key, and the human it says it speaks for; or a review link."""
    if principal.key_id.startswith(REVIEW_LINK):
        return {"type": "review_link", "link_id": principal.key_id, "name": name}
    return {"type": "key", "key_id": principal.key_id, "name": name}


def _add_regenerated(
    services: Services,
    principal: Principal,
    act: Act,
    request: ActRequest,
    *,
    note: str | None,
    actor: str | None,
    within: Within | None,
) -> Act:
    rates = services.rates()
    checks, statement = examine(request, rates)
    case = request.facts.case
    with services.database.transaction() as tx:
        now = services.now()
        keep_tables(tx, rates, now)
        locked = acts.get_act(tx, act.tenant_id, act.id, lock=True)
        acts.set_status(
            tx, act.id, from_=RENEWABLE, to="queued", at=now
        )  # a new version withdraws an approval
        act = replace(
            locked,
            status="queued",
            current_version=locked.current_version + 1,
            case_reference=case.reference,
            creditor_name=case.creditor.display_name,
            debtor_name=case.debtor.display_name if case.debtor else None,
            debtor_siren=case.debtor.siren if case.debtor else None,
            as_of=request.facts.as_of,
            language=request.facts.language,
            due_cents=statement.totals.due_cents if statement else None,
            problem=None,
            updated_at=now,
        )
        version = replace(
            _version(act, request, checks, rates, origin="regenerated"),
            note=note,
            created_by_key=principal.key_id,
            actor_name=actor,
        )
        version = _with_templates(tx, version, act)
        acts.set_current_version(tx, act)
        who = key_actor(principal, actor)
        add_version(tx, act, version, who, action="version_created")
        claim_named(tx, act, request, who, now)
        if within:
            within(tx, act)
    return act


def _version(
    act: Act, request: ActRequest, checks: Sequence[Check], rates: RateTables, *, origin: Origin
) -> Version:
    snapshot = canonical(request.snapshot)
    return Version(
        act_id=act.id,
        number=act.current_version,
        tenant_id=act.tenant_id,
        origin=origin,
        status="queued",
        snapshot=snapshot.decode(),
        data_sha256=sha256_hex(snapshot),
        checks=[asdict(check) for check in checks],
        law_data_sha256=rates.data_sha256,
        template_sha256=template_sha256(request.kind),
        software_version=SOFTWARE_VERSION,
        note=None,
        created_by_key=act.created_by_key,
        actor_name=act.actor_name,
        created_at=act.updated_at,
        deadline_on=_deadline(request),
    )


def _with_templates(tx: Transaction, version: Version, act: Act) -> Version:
    """A version with what is live for it: the cabinet's own template, or its stationery."""
    found = captured(tx, act.tenant_id, act.kind, civil_day(version.created_at))
    return replace(
        version,
        template_version=found.template_version,
        stationery_version=found.stationery_version,
        template_sha256=found.template_sha256 or version.template_sha256,
    )


def _deadline(request: ActRequest) -> date | None:
    """The last day to sue for the claim that is barred first."""
    case, as_of = request.facts.case, request.facts.as_of
    return min((limitation(case, one, as_of).last_day for one in case.claims), default=None)


def add_version(
    tx: Transaction,
    act: Act,
    version: Version,
    actor: Mapping[str, Any],
    *,
    action: str,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Store a version, have it rendered, and tell of it; ``more`` goes into the trail as well."""
    versions.insert_version(tx, version)
    task = produce_task(act.id, version.number)
    outbox.add(tx, *_row(task), now=version.created_at)
    trail.append(
        tx,
        tenant_id=act.tenant_id,
        act_id=act.id,
        at=version.created_at,
        actor=actor,
        action=action,
        details={
            "kind": act.kind,
            "version": version.number,
            "origin": version.origin,
            "data_sha256": version.data_sha256,
            "template_sha256": version.template_sha256,
            **_own_templates(version),
            "law_data_sha256": version.law_data_sha256,
            "minutier": version.software_version,
            **(more or {}),
        },
    )


def _own_templates(version: Version) -> dict[str, int]:
    """The numbers of what is the cabinet's own."""
    own = {
        "template_version": version.template_version,
        "stationery_version": version.stationery_version,
    }
    return {name: number for name, number in own.items() if number is not None}


def _oblige(tx: Transaction, task: Task, services: Services) -> None:
    outbox.finish(tx, *_row(task))
    outbox.add(tx, *_row(task), now=services.now())


def _row(task: Task) -> tuple[str, Mapping[str, Any]]:
    return task.topic, task.payload


def tell(
    tx: Transaction,
    act: Act,
    services: Services,
    actor: Mapping[str, Any],
    action: str,
    details: Mapping[str, Any],
) -> None:
    """Add an event to the trail of an act, in the transaction of what it tells of."""
    trail.append(
        tx,
        tenant_id=act.tenant_id,
        act_id=act.id,
        at=services.now(),
        actor=actor,
        action=action,
        details=details,
    )
