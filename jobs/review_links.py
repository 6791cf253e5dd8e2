"""Review links: made, told by mail, reminded of, revoked, and who comes through them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.clock import PARIS
from core.errors import MinutierError, NotFound, Unavailable
from generators.registry import act_kind
from jobs.commands import key_actor, tell
from jobs.mail import MailNotSent, MailRefused, Message
from jobs.services import Services
from jobs.tasks import Task, mail_task
from law.french import date_longue, typographic
from storage import acts, outbox, review_links, reviews
from storage.acts import Act
from storage.database import Transaction
from storage.keys import Principal
from storage.review_links import ReviewLink, ReviewLinkMissing

_log = logging.getLogger(__name__)
WithinLink = Callable[[Transaction, ReviewLink], None]
_RETRY_AFTER: Final = timedelta(minutes=1)
_SWEPT_AT_ONCE: Final = 100


class LinksNotConfigured(Unavailable):
    """The service has no secret to sign links with (``MINUTIER_LINK_SECRET``)."""

    slug = "links-not-configured"
    title = "The service makes no links"


class LinkEnded(NotFound):
    """The link is unknown, was revoked or has expired."""

    slug = "review-link-ended"
    title = "The link is not valid any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRequest:
    """Who is to review, and for how long the link is good.

    Attributes:
        reviewer_email: Where the link is sent; None: the caller passes it on.
        remind_every_days: None: no reminder.
    """

    reviewer_name: str
    reviewer_email: str | None
    expires_in_hours: int
    remind_every_days: int | None


def make_link(
    services: Services,
    principal: Principal,
    act_id: str,
    wanted: LinkRequest,
    *,
    actor: str | None,
    within: WithinLink | None = None,
) -> ReviewLink:
    """Make a link to one act, and have it sent if there is an address and mail is configured.

    Raises:
        LinksNotConfigured: there is no secret to sign it with.
    """
    _secret(services)
    now = services.now()
    with services.database.transaction() as tx:
        act = acts.get_act(tx, principal.tenant_id, act_id, lock=True)
        is_mailed = services.mailer.carries and wanted.reviewer_email is not None
        days = wanted.remind_every_days if is_mailed else None
        link = ReviewLink(
            id=services.new_id("rvl"),
            tenant_id=act.tenant_id,
            act_id=act_id,
            reviewer_name=wanted.reviewer_name,
            reviewer_email=wanted.reviewer_email,
            key_id=principal.key_id,
            actor_name=actor,
            created_at=now,
            expires_at=now + timedelta(hours=wanted.expires_in_hours),
            remind_every_days=days,
            remind_at=now + timedelta(days=days) if days else None,
        )
        review_links.insert_link(tx, link)
        details = {"link_id": link.id, "is_mailed": is_mailed}
        tell(tx, act, services, key_actor(principal, actor), "review_link_made", details)
        if is_mailed:
            task = mail_task(link.id, 0)
            outbox.add(tx, task.topic, task.payload, now=now)
        if within:
            within(tx, link)
    return link


def revoke_link(
    services: Services, principal: Principal, act_id: str, link_id: str, *, actor: str | None
) -> None:
    """End a link; one that has ended already stays so.

    Raises:
        ReviewLinkMissing: the act has none of this id.
    """
    with services.database.transaction() as tx:
        act = acts.get_act(tx, principal.tenant_id, act_id, lock=True)
        known = {one.id: one for one in review_links.links_of(tx, act.tenant_id, act_id)}
        if link_id not in known:
            raise ReviewLinkMissing(f"no link {link_id}")
        if known[link_id].revoked_at is None:
            review_links.change_link(tx, link_id, revoked_at=services.now(), remind_at=None)
            who = key_actor(principal, actor)
            tell(tx, act, services, who, "review_link_revoked", {"link_id": link_id})


def link_url(services: Services, link: ReviewLink) -> str:
    """The address of the page; whoever has it may review the act."""
    return f"{services.settings.public_url}/review/{link.id}.{_signature(services, link.id)}"


def link_of(services: Services, token: str) -> ReviewLink:
    """The link of a token that is good now.

    Raises:
        LinkEnded: unknown, revoked or expired; which one is not told.
    """
    link_id, _, signature = token.partition(".")
    if not hmac.compare_digest(_signature(services, link_id).encode(), signature.encode()):
        raise LinkEnded("this link is not good")
    with services.database.reading() as tx:
        link = review_links.find_link(tx, link_id)
    if link is None or link.revoked_at is not None or link.expires_at <= services.now():
        raise LinkEnded("this link is not good any more")
    return link


def principal_of(link: ReviewLink) -> Principal:
    """Who comes through a link: its tenant, with the right to review."""
    return Principal(
        tenant_id=link.tenant_id,
        key_id=link.id,
        scopes=frozenset({"acts:read", "acts:review", "acts:write"}),
    )


def note_use(services: Services, link: ReviewLink) -> None:
    """Note that something was done through a link for the first time."""
    if link.used_at is None:
        with services.database.transaction() as tx:
            review_links.change_link(tx, link.id, used_at=services.now())


def send_link(services: Services, link_id: str, number: int) -> None:
    """Send the message of a link: the invitation (0), or a reminder from 1.

    What may be mended is tried again by the outbox; a refusal for good is noted on the link.
    """
    task = mail_task(link_id, number)
    with services.database.reading() as tx:
        link = review_links.find_link(tx, link_id)
        act = acts.get_act(tx, link.tenant_id, link.act_id) if link else None
    problem: str | None = None
    if link is not None and act is not None and _is_worth_sending(services, link):
        try:
            services.mailer.send(_message(services, link, act, number))
        except MailNotSent as error:
            _log.warning("mail of %s waits: %s", link_id, error.detail)
            _come_again(services, task)
            return
        except MailRefused as error:
            problem = error.detail
    with services.database.transaction() as tx:
        if link is not None and problem is not None:
            review_links.change_link(tx, link_id, mail_problem=problem, remind_at=None)
        elif link is not None and number == 0:
            review_links.change_link(tx, link_id, mailed_at=services.now())
        outbox.finish(tx, task.topic, task.payload)


def remind(services: Services) -> int:
    """Have reminders sent to reviewers whose act still waits for them; how many."""
    now, asked = services.now(), 0
    with services.database.reading() as tx:
        due = review_links.to_remind(tx, now=now, limit=_SWEPT_AT_ONCE)
    for link in due:
        with services.database.transaction() as tx:
            act = acts.get_act(tx, link.tenant_id, link.act_id, lock=True)
            next_at = now + timedelta(days=link.remind_every_days or 1)
            if not _still_waits(tx, act, link, now):
                # Another version may yet ask for this reviewer, as long as the link is good.
                ended = link.revoked_at is not None or link.expires_at <= now
                review_links.change_link(tx, link.id, remind_at=None if ended else next_at)
                continue
            number = link.reminders + 1
            review_links.change_link(tx, link.id, reminders=number, remind_at=next_at)
            task = mail_task(link.id, number)
            outbox.add(tx, task.topic, task.payload, now=now)
            details = {"link_id": link.id, "number": number}
            tell(tx, act, services, {"type": "system"}, "review_reminded", details)
            asked += 1
    return asked


def _still_waits(tx: Transaction, act: Act, link: ReviewLink, now: datetime) -> bool:
    if link.revoked_at is not None or link.expires_at <= now:
        return False
    if act.status not in {"queued", "rendering", "draft"}:
        return False
    return not any(
        one.version == act.current_version and one.reviewer == link.reviewer
        for one in reviews.list_reviews(tx, act.id)
    )


def _is_worth_sending(services: Services, link: ReviewLink) -> bool:
    return (
        link.reviewer_email is not None
        and link.revoked_at is None
        and link.expires_at > services.now()
    )


def _message(services: Services, link: ReviewLink, act: Act, number: int) -> Message:
    title = act_kind(act.kind).title
    subject = f"{title} \u2013 dossier {act.case_reference} : relecture"
    lines = [
        "Bonjour,",
        "",
        f"{link.actor_name or act.creditor_name} vous demande de relire l'acte suivant :",
        "",
        f"    {title}",
        f"    Dossier {act.case_reference}",
        "",
        "Pour le lire, l'annoter, le corriger dans Word et l'approuver :",
        "",
        f"    {link_url(services, link)}",
        "",
        "Ce lien vous est personnel : ne le transmettez pas.",
        f"Il est valable jusqu'au {_local(link.expires_at)}.",
    ]
    if number:
        subject = f"Rappel : {subject}"
        lines[2] = "Cet acte attend toujours votre relecture :"
    told = [line if "://" in line else typographic(line) for line in lines]
    return Message(
        id=f"{link.id}.{number}",
        to=str(link.reviewer_email),
        subject=typographic(subject),
        text="\n".join(told),
    )


def _local(instant: datetime) -> str:
    local = instant.astimezone(PARIS)
    return f"{date_longue(local.date())} à {local:%H} h {local:%M} (heure de Paris)"


def _come_again(services: Services, task: Task) -> None:
    try:
        with services.database.transaction() as tx:
            outbox.postpone(tx, task.topic, task.payload, services.now() + _RETRY_AFTER)
    except MinutierError:  # then the row comes up again by itself
        _log.warning("mail %s not postponed", task.job_id)


def _secret(services: Services) -> bytes:
    secret = services.settings.link_secret
    if secret is None:
        raise LinksNotConfigured("set MINUTIER_LINK_SECRET to make links")
    return secret.encode()


def _signature(services: Services, link_id: str) -> str:
    made = hmac.digest(
        _secret(services), f"minutier/review_link/1\n{link_id}".encode(), hashlib.sha256
    )
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
