"""What a reviewer may do: decide, comment, resolve. Each is one transaction, with its event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.clock import civil_day
from core.errors import Conflict, Fault, InvalidFacts, RuleNotMet
from generators.review_rules import ReviewRules, Rule, is_same
from generators.review_schema import ReviewRulesSchema
from jobs.commands import REVIEWABLE, key_actor, tell
from jobs.services import Services
from storage import acts, comments, reviews, tenant_settings, versions
from storage.acts import Act, Status
from storage.comments import Comment
from storage.database import Transaction
from storage.keys import Principal
from storage.reviews import Decision, Review
from storage.versions import Version

SETTING = "review"
COMMENTABLE: frozenset[Status] = frozenset(
    {"draft", "changes_requested", "approved", "signing", "signed"}
)
ReviewWithin = Callable[[Transaction, Act, Review], None]
CommentWithin = Callable[[Transaction, Comment], None]


class VersionNotReviewable(Conflict):
    """The version is not the current one, or is not rendered yet."""

    slug = "version-not-reviewable"
    title = "This version cannot be decided on"


class ChangesPending(Conflict):
    """The text holds changes or comments that nobody settled; another version must settle them."""

    slug = "changes-pending"
    title = "The version holds what is not settled"


class ConcernsNotAcknowledged(InvalidFacts):
    """The text contradicts what was computed; who approves it must name each of these concerns."""

    slug = "concerns-not-acknowledged"
    title = "Some concerns are not acknowledged"


class AlreadyDecided(Conflict):
    """Another reviewer has decided otherwise; ``replaces`` must name that decision to go on."""

    slug = "already-decided"
    title = "Another reviewer has decided otherwise"


class ReviewerNotAllowed(RuleNotMet):
    """The cabinet's rules do not let this person decide on this act."""

    slug = "reviewer-not-allowed"
    title = "This person may not decide on this act"


class FourEyesRequired(RuleNotMet):
    """The cabinet's rules want an approval by another person than the version's author."""

    slug = "four-eyes-required"
    title = "Somebody else must approve this"


class ReplyNotResolvable(InvalidFacts):
    """A thread is resolved by its first comment, not by a reply."""

    slug = "reply-not-resolvable"
    title = "A reply cannot be resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRequest:
    """What a reviewer decides.

    Attributes:
        version: Number of the version that was read.
        acknowledged: Ids of its concerns that the reviewer accepts.
        replaces: Id of another reviewer's decision that this one overrules knowingly.
    """

    version: int
    decision: Decision
    comment: str | None = None
    acknowledged: Sequence[str] = ()
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRequest:
    """What a reviewer says of a version."""

    version: int
    body: str
    page: int | None = None
    quote: str | None = None
    in_reply_to: str | None = None


def review(
    services: Services,
    principal: Principal,
    act_id: str,
    wanted: DecisionRequest,
    *,
    actor: str,
    within: ReviewWithin | None = None,
) -> tuple[Act, Review]:
    """Approve exactly one version, or ask for changes to it.

    The act is approved once as many people have approved the version as the cabinet's rules
    ask for; a request for changes makes earlier approvals of it void.

    Raises:
        StatusConflict: the act is not under review.
        VersionNotReviewable: another version is the current one, or it is not rendered.
        AlreadyDecided: another reviewer decided otherwise, and this decision does not say so.
        ChangesPending: the text holds tracked changes or comments.
        ConcernsNotAcknowledged: the text contradicts what was computed.
        ReviewerNotAllowed: the rules name other reviewers.
        FourEyesRequired: the approver is the author.
    """
    now = services.now()
    with services.database.transaction() as tx:
        act = acts.get_act(tx, principal.tenant_id, act_id, lock=True)
        version = versions.get_version(tx, act.tenant_id, act_id, wanted.version)
        _check_version(act, version)
        rules = rules_of(tx, act.tenant_id)
        rule = rules.rule(act.kind)
        capacity = rules.capacity(act.kind, actor, civil_day(now))
        if capacity is None:
            raise ReviewerNotAllowed(f"the cabinet's rules do not let {actor} decide on {act.kind}")
        earlier = [one for one in reviews.list_reviews(tx, act_id) if one.version == version.number]
        _check_earlier(earlier, wanted, actor)
        _check_acknowledged(version, wanted)
        if wanted.decision == "approve":
            _check_approval(version, wanted, rule, actor)
        made = Review(
            id=services.new_id("rev"),
            act_id=act_id,
            version=version.number,
            decision=wanted.decision,
            comment=wanted.comment,
            reviewer=actor,
            key_id=principal.key_id,
            at=now,
            acknowledged=list(wanted.acknowledged),
            on_behalf_of=None if is_same(capacity, actor) else capacity,
        )
        given, needed = count_given([*earlier, made]), rule.approvals_needed(act.due_cents)
        status = _status(wanted.decision, given, needed)
        acts.set_status(tx, act_id, from_=REVIEWABLE, to=status, at=now)
        made = replace(made, act_status=status)
        reviews.insert_review(tx, made)
        details = _details(version, made, given, needed)
        tell(tx, act, services, key_actor(principal, actor), _ACTIONS[status], details)
        act = acts.get_act(tx, principal.tenant_id, act_id)
        if within:
            within(tx, act, made)
    return act, made


def add_comment(
    services: Services,
    principal: Principal,
    act_id: str,
    wanted: CommentRequest,
    *,
    actor: str | None,
    within: CommentWithin | None = None,
) -> Comment:
    """Comment a version, or answer a comment.

    Raises:
        StatusConflict: the act takes no more comments.
        VersionMissing: there is no such version.
        InvalidFacts: the page or the comment answered is not there.
    """
    now = services.now()
    with services.database.transaction() as tx:
        act = _commentable(tx, principal, act_id)
        version = versions.get_version(tx, act.tenant_id, act_id, wanted.version)
        _check_anchor(tx, act_id, version, wanted)
        made = Comment(
            id=services.new_id("com"),
            act_id=act_id,
            version=version.number,
            body=wanted.body,
            page=wanted.page,
            quote=wanted.quote,
            in_reply_to=wanted.in_reply_to,
            key_id=principal.key_id,
            actor_name=actor,
            at=now,
        )
        comments.insert_comment(tx, made)
        details = {"comment_id": made.id, "version": made.version, "in_reply_to": made.in_reply_to}
        tell(tx, act, services, key_actor(principal, actor), "commented", details)
        if within:
            within(tx, made)
    return made


def resolve_comment(
    services: Services,
    principal: Principal,
    act_id: str,
    comment_id: str,
    *,
    resolved: bool,
    actor: str | None,
) -> Comment:
    """Resolve a thread, or open it again; what is so already stays so, without an event.

    Raises:
        CommentMissing: the act has no such comment.
        ReplyNotResolvable: it is a reply.
        StatusConflict: the act takes no more comments.
    """
    with services.database.transaction() as tx:
        act = _commentable(tx, principal, act_id)
        comment = comments.get_comment(tx, act_id, comment_id)
        if comment.in_reply_to is not None:
            raise ReplyNotResolvable(f"{comment_id} answers {comment.in_reply_to}")
        if resolved != (comment.resolved_at is not None):
            at = services.now() if resolved else None
            comments.set_resolved(tx, comment_id, at=at, by=actor if resolved else None)
            action = "comment_resolved" if resolved else "comment_reopened"
            details = {"comment_id": comment_id, "version": comment.version}
            tell(tx, act, services, key_actor(principal, actor), action, details)
        return comments.get_comment(tx, act_id, comment_id)


def rules_of(tx: Transaction, tenant_id: str) -> ReviewRules:
    """The rules of a cabinet that are in force."""
    found = tenant_settings.current(tx, tenant_id, SETTING)
    if found is None:
        return ReviewRules()
    rules: ReviewRules = _RULES.load(found.content)
    return rules


def count_given(decisions: Iterable[Review]) -> int:
    """How many people approve a version; a request for changes makes earlier approvals void."""
    approvers: list[str] = []
    for one in decisions:
        if one.decision == "request_changes":
            approvers.clear()
        elif not any(is_same(one.reviewer, known) for known in approvers):
            approvers.append(one.reviewer)
    return len(approvers)


_RULES = ReviewRulesSchema()
_ACTIONS: Mapping[Status, str] = {
    "approved": "approved",
    "draft": "approval_given",
    "changes_requested": "changes_requested",
}


def _status(decision: Decision, given: int, needed: int) -> Status:
    if decision == "request_changes":
        return "changes_requested"
    return "approved" if given >= needed else "draft"


def _check_version(act: Act, version: Version) -> None:
    if version.number != act.current_version or version.status != "ready":
        raise VersionNotReviewable(
            f"version {version.number} is {version.status}; the current one is "
            f"{act.current_version}"
        )


def _check_earlier(earlier: Sequence[Review], wanted: DecisionRequest, actor: str) -> None:
    """Nobody overrules what they may not have seen."""
    last = earlier[-1] if earlier else None
    if wanted.replaces is not None and (last is None or last.id != wanted.replaces):
        raise AlreadyDecided(f"{wanted.replaces} is not the last decision on this version")
    if (
        last is not None
        and wanted.replaces is None
        and last.decision != wanted.decision
        and not is_same(last.reviewer, actor)
    ):
        raise AlreadyDecided(
            f"{last.reviewer} decided {last.decision}; name it in `replaces` to decide otherwise",
            review_id=last.id,
        )


def _check_acknowledged(version: Version, wanted: DecisionRequest) -> None:
    known = {one["id"] for one in version.concerns}
    faults = [
        Fault(
            pointer=f"/acknowledged/{number}",
            code="unknown-concern",
            detail=f"Version {version.number} has no concern of this id.",
        )
        for number, one in enumerate(wanted.acknowledged)
        if one not in known
    ]
    if faults:
        raise InvalidFacts("The data are not valid; see errors.", faults=faults)


def _check_approval(version: Version, wanted: DecisionRequest, rule: Rule, actor: str) -> None:
    blocking = list(_faults(version, "blocks", "/version"))
    if blocking:
        raise ChangesPending(
            f"version {version.number} holds {len(blocking)} thing(s) to settle", faults=blocking
        )
    left = list(_faults(version, "acknowledge", "/acknowledged", but=wanted.acknowledged))
    if left:
        raise ConcernsNotAcknowledged(f"{len(left)} concern(s) to acknowledge", faults=left)
    if rule.four_eyes and is_same(actor, version.actor_name):
        raise FourEyesRequired(f"{actor} made version {version.number}")


def _faults(
    version: Version, effect: str, pointer: str, but: Sequence[str] = ()
) -> Iterator[Fault]:
    for one in version.concerns:
        if one["effect"] == effect and one["id"] not in but:
            place = f" ({one['part']}, § {one['paragraph']})" if one["paragraph"] else ""
            said = f" « {one['text']} »" if one["text"] else ""
            detail = f"{one['id']}{place}: {one['detail']}{said}"
            yield Fault(pointer=pointer, code=one["code"], detail=detail)


def _details(version: Version, made: Review, given: int, needed: int) -> dict[str, Any]:
    details: dict[str, Any] = {
        "review_id": made.id,
        "version": version.number,
        "pdf_sha256": version.pdf_sha256,
        "docx_sha256": version.docx_sha256,
    }
    if made.decision == "approve" and needed > 1:
        details["approvals"] = {"given": given, "needed": needed}
    if made.acknowledged:
        details["acknowledged"] = list(made.acknowledged)
    if made.on_behalf_of is not None:
        details["on_behalf_of"] = made.on_behalf_of
    return details


def _commentable(tx: Transaction, principal: Principal, act_id: str) -> Act:
    act = acts.get_act(tx, principal.tenant_id, act_id, lock=True)
    if act.status not in COMMENTABLE:
        allowed = " or ".join(sorted(COMMENTABLE))
        raise acts.StatusConflict(f"the act is {act.status}; this needs {allowed}")
    return act


def _check_anchor(tx: Transaction, act_id: str, version: Version, wanted: CommentRequest) -> None:
    faults = []
    if wanted.page is not None and wanted.page > (version.pages or 0):
        detail = f"Version {version.number} has {version.pages or 0} page(s)."
        faults.append(Fault(pointer="/anchor/page", code="page-missing", detail=detail))
    if wanted.in_reply_to is not None:
        try:
            answered = comments.get_comment(tx, act_id, wanted.in_reply_to)
        except comments.CommentMissing:
            detail = "The act has no such comment."
            faults.append(Fault(pointer="/in_reply_to", code="comment-missing", detail=detail))
        else:
            if answered.in_reply_to is not None:
                detail = f"Answer the first comment of the thread: {answered.in_reply_to}."
                faults.append(Fault(pointer="/in_reply_to", code="not-a-thread", detail=detail))
    if faults:
        raise InvalidFacts("The data are not valid; see errors.", faults=faults)
