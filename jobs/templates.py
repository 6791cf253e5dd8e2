"""Templates and stationery of a cabinet: accepted after trial, kept for ever, live from a day.

Neither is part of an act's trail: their rows, which are only added, say who did what and when.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.clock import civil_day
from core.errors import Conflict, Fault, InvalidFacts
from generators.confinement import CONFINEMENT
from generators.drafting import Fill, template_source
from generators.kind import ActKind
from generators.package import TemplateRefused
from generators.render import compiled
from generators.stationery import Logo, Stationery, on_stationery
from generators.stationery_schema import LogoRequest, StationeryRequest
from generators.template_cases import template_cases
from jobs.services import Services
from storage.canonical import canonical, sha256_hex
from storage.database import Transaction
from storage.drafts import get_content, put_content
from storage.keys import Principal
from storage.stationeries import (
    StationeryVersion,
    get_stationery,
    insert_stationery,
    newest_stationery,
)
from storage.templates import (
    Approval,
    KnownTemplate,
    TemplateVersion,
    get_template,
    insert_approval,
    insert_template,
    live_template,
    lock_templates,
    newest_template,
    next_number,
)
from storage.versions import Version

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPACES: Final = re.compile(r"\s+")

Within = Callable[[Transaction, KnownTemplate], None]


class ApprovalNeedsAnother(Conflict):
    """Who sent a template may not approve it: another person must."""

    slug = "approval-needs-another"
    title = "Another person must approve this"


class NothingToApprove(Conflict):
    """The version is approved already, or needs no approval."""

    slug = "nothing-to-approve"
    title = "This version does not wait for an approval"


class LiveFromPast(InvalidFacts):
    """A template cannot be live from a day that is over."""

    slug = "live-from-past"
    title = "The day is over"


# -- templates ---------------------------------------------------------------------------------


def put_template(
    services: Services,
    principal: Principal,
    kind: ActKind,
    source: bytes,
    *,
    live_from: date | None,
    note: str | None,
    actor: str | None,
) -> tuple[KnownTemplate, bool]:
    """Accept a cabinet's own template for a kind of act; the version, and whether it is new.

    The same file again, for the same day, is the version that is there.

    Raises:
        TemplateRefused: with every fault of the file, each with its place.
        LiveFromPast: it should be live from a day before today.
    """
    now = services.now()
    today = civil_day(now)
    if live_from is not None and live_from < today:
        fault = Fault(pointer="/live_from", code="live-from-past", detail=f"Today is {today}.")
        raise LiveFromPast(f"{live_from} is over.", faults=[fault])
    cases = template_cases(kind, services.rates())
    faults, _ = CONFINEMENT.examine(source, cases.trials, cases.shape)
    if faults:
        raise TemplateRefused(faults)
    sha256 = put_content(services.drafts, principal.tenant_id, source, DOCX)
    with services.database.transaction() as tx:
        lock_templates(tx, principal.tenant_id)
        newest = newest_template(tx, principal.tenant_id, kind.slug)
        if newest and _is_same(newest.version, sha256, live_from, today):
            return newest, False
        version = TemplateVersion(
            tenant_id=principal.tenant_id,
            kind=kind.slug,
            number=next_number(tx, principal.tenant_id, kind.slug),
            sha256=sha256,
            size=len(source),
            note=note,
            live_from=live_from or today,
            needs_approval=services.settings.template_approval,
            created_at=now,
            key_id=principal.key_id,
            actor_name=actor,
        )
        insert_template(tx, version)
    return KnownTemplate(version=version, approval=None), True


def _is_same(version: TemplateVersion, sha256: str, live_from: date | None, today: date) -> bool:
    same_day = version.live_from <= today if live_from is None else version.live_from == live_from
    return version.sha256 == sha256 and same_day


def drop_template(
    services: Services, principal: Principal, kind: ActKind, *, actor: str | None
) -> None:
    """Go back to the template of the house; without one of its own, nothing changes."""
    now = services.now()
    with services.database.transaction() as tx:
        lock_templates(tx, principal.tenant_id)
        newest = newest_template(tx, principal.tenant_id, kind.slug)
        if newest is None or newest.version.sha256 is None:
            return
        way_back = TemplateVersion(
            tenant_id=principal.tenant_id,
            kind=kind.slug,
            number=next_number(tx, principal.tenant_id, kind.slug),
            sha256=None,
            size=None,
            note=None,
            live_from=civil_day(now),
            needs_approval=False,
            created_at=now,
            key_id=principal.key_id,
            actor_name=actor,
        )
        insert_template(tx, way_back)


def approve_template(
    services: Services,
    principal: Principal,
    kind: ActKind,
    number: int,
    *,
    actor: str,
    within: Within,
) -> KnownTemplate:
    """Approve a version that waits for it.

    Raises:
        TemplateMissing: there is no such version.
        NothingToApprove: it does not wait.
        ApprovalNeedsAnother: the person who approves sent it, or nobody is named who sent it.
    """
    with services.database.transaction() as tx:
        lock_templates(tx, principal.tenant_id)
        known = get_template(tx, principal.tenant_id, kind.slug, number)
        if not known.waits:
            raise NothingToApprove(f"version {number} does not wait for an approval")
        sender = known.version.actor_name
        if sender is None:
            raise ApprovalNeedsAnother(
                "it is not known who sent it: send it again with Minutier-Actor"
            )
        if _same_person(sender, actor):
            raise ApprovalNeedsAnother(f"{actor} sent it")
        approval = Approval(approved_at=services.now(), key_id=principal.key_id, actor_name=actor)
        insert_approval(tx, known.version, approval)
        approved = KnownTemplate(version=known.version, approval=approval)
        within(tx, approved)
    return approved


def _same_person(one: str, other: str) -> bool:
    return _SPACES.sub(" ", one).casefold() == _SPACES.sub(" ", other).casefold()


def example_docx(services: Services, kind: ActKind, source: bytes) -> bytes:
    """The kind's example, filled by a template that was accepted."""
    example = template_cases(kind, services.rates()).trials[0]
    return CONFINEMENT.fill(source, example.context).docx


def stored_template(services: Services, known: KnownTemplate) -> bytes:
    """The file of a version."""
    return get_content(services.drafts, known.version.tenant_id, str(known.version.sha256))


# -- stationery --------------------------------------------------------------------------------


def put_stationery(
    services: Services, principal: Principal, wanted: StationeryRequest, *, actor: str | None
) -> StationeryVersion:
    """Use a stationery from now on; the same again changes nothing.

    Raises:
        PictureRefused: the logo cannot be used.
        InvalidFacts: the logo to keep is not the one in use.
    """
    with services.database.reading() as tx:
        in_use = newest_stationery(tx, principal.tenant_id)
    logo = _logo(services, principal.tenant_id, wanted.logo, in_use) if wanted.logo else None
    made = Stationery(accent_color=wanted.accent_color, footer_lines=wanted.footer_lines, logo=logo)
    return _keep_stationery(services, principal, None if made.is_plain else made, actor)


def drop_stationery(services: Services, principal: Principal, *, actor: str | None) -> None:
    """Go back to the stationery of the house."""
    with services.database.reading() as tx:
        if newest_stationery(tx, principal.tenant_id) is None:
            return
    _keep_stationery(services, principal, None, actor)


def _keep_stationery(
    services: Services, principal: Principal, made: Stationery | None, actor: str | None
) -> StationeryVersion:
    content = made.content() if made else None
    sha256 = sha256_hex(canonical(content)) if content else None
    with services.database.transaction() as tx:
        lock_templates(tx, principal.tenant_id)
        newest = newest_stationery(tx, principal.tenant_id)
        if newest is not None and newest.sha256 == sha256:
            return newest
        version = StationeryVersion(
            tenant_id=principal.tenant_id,
            number=newest.number + 1 if newest else 1,
            sha256=sha256,
            content=content,
            created_at=services.now(),
            key_id=principal.key_id,
            actor_name=actor,
        )
        insert_stationery(tx, version)
    return version


def _logo(
    services: Services, tenant_id: str, wanted: LogoRequest, in_use: StationeryVersion | None
) -> Logo:
    if wanted.content is None:
        kept = Stationery.of_content(in_use.content).logo if in_use and in_use.content else None
        if kept is None or kept.sha256 != wanted.sha256:
            detail = "This is not the logo in use: send its content."
            fault = Fault(pointer="/logo/sha256", code="unknown-logo", detail=detail)
            raise InvalidFacts(detail, faults=[fault])
        return replace(kept, alt=wanted.alt)
    drawn = CONFINEMENT.picture(wanted.content, "/logo/content")
    return Logo(
        sha256=put_content(services.drafts, tenant_id, drawn.png, "image/png"),
        alt=wanted.alt,
        width=drawn.width,
        height=drawn.height,
    )


# -- what an act is made with ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a version of an act is accepted with: the house's own where a number is None.

    Attributes:
        template_sha256: Of the cabinet's own template.
    """

    template_version: int | None
    template_sha256: str | None
    stationery_version: int | None


def captured(tx: Transaction, tenant_id: str, kind: str, on: date) -> Captured:
    """What is live for a kind of act on a day."""
    own = live_template(tx, tenant_id, kind, on)
    if own is not None:
        return Captured(
            template_version=own.version.number,
            template_sha256=own.version.sha256,
            stationery_version=None,
        )
    stationery = newest_stationery(tx, tenant_id)
    used = stationery if stationery is not None and stationery.sha256 is not None else None
    return Captured(
        template_version=None,
        template_sha256=None,
        stationery_version=used.number if used else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """The template that a version is made with: its bytes, and how it is filled."""

    source: bytes
    fill: Fill


def master_of(services: Services, version: Version, kind: ActKind) -> Master:
    """The template a version was accepted with.

    A cabinet's own is the very file; that of the house is the present one, on the stationery the
    version was accepted with.

    Raises:
        ObjectMissing: a content it needs is not in the store.
    """
    if version.template_version is not None:
        with services.database.reading() as tx:
            known = get_template(tx, version.tenant_id, kind.slug, version.template_version)
        own = stored_template(services, known)
        return Master(source=own, fill=lambda context: CONFINEMENT.fill(own, context))
    house = template_source(kind)
    if version.stationery_version is not None:
        with services.database.reading() as tx:
            kept = get_stationery(tx, version.tenant_id, version.stationery_version)
        house = dressed(services, kept, house)
    return Master(source=house, fill=compiled(house).fill)


def dressed(services: Services, kept: StationeryVersion, master: bytes) -> bytes:
    """A template of the house on a stationery that was kept."""
    if kept.content is None:
        return master
    stationery = Stationery.of_content(kept.content)
    logo = stationery.logo
    data = get_content(services.drafts, kept.tenant_id, logo.sha256) if logo else None
    return on_stationery(master, stationery, data)
