"""Decisions of lawyers on exact versions, what waits for them, and the cabinet's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Response
from flask.views import MethodView
from marshmallow import Schema, fields, pre_dump, validate

from api.answers import answer_of
from api.auth import principal, requires
from api.blueprint import Blueprint, may_answer, services, takes_headers
from api.idempotency import idempotent, keep
from api.instants import Instant
from api.paging import PageQuery, page_of
from api.requests import actor, required_actor
from api.schemas import (
    ActTotalsSchema,
    AuthorSchema,
    CreditorSummarySchema,
    DebtorSummarySchema,
    ReviewSchema,
    constant,
)
from core.clock import civil_day
from generators.fields import Choice, FactsSchema, Text, WholeNumber, money_text
from generators.registry import act_kinds
from generators.review_rules import ReviewRules
from generators.review_schema import Names, ReviewRulesSchema
from jobs.reviewing import SETTING, DecisionRequest, count_given, review, rules_of
from storage import acts, comments, reviews, tenant_settings
from storage.acts import Status
from storage.paging import Page
from storage.review_queue import QueueFilters, Waiting, find_waiting

blp = Blueprint("reviews", __name__, description="A lawyer's approval, or what is to be changed.")

STATES: Final[Mapping[str, Status]] = {
    "pending": "draft",
    "changes_requested": "changes_requested",
    "approved": "approved",
}


class DecisionSchema(FactsSchema):
    """A decision on one exact version."""

    makes = DecisionRequest
    version = WholeNumber(
        "Number of the version that was read.", least=1, most=1_000_000, required=True
    )
    decision = Choice(("approve", "request_changes"), "The decision.", required=True)
    comment = Text("Why, or what is to be changed.", most=5000, multiline=True)
    acknowledged = Names("Ids of the version's `concerns` that you have seen and accept.")
    replaces = Text("Id of another reviewer's decision that you overrule.", most=100)


class ReviewRulesAnswerSchema(ReviewRulesSchema):
    """The cabinet's rules, and who set them when."""

    number = fields.Integer(
        required=True, metadata={"description": "How often they were set; 0: never."}
    )
    updated_at = Instant(required=True, allow_none=True)
    updated_by = fields.Nested(AuthorSchema, required=True, allow_none=True)


class QueueQuery(PageQuery):
    """What the queue is narrowed to, and its order."""

    assignee = fields.String(
        validate=validate.Length(min=1, max=200),
        metadata={"description": "What this person may decide on, for themselves or for another."},
    )
    state = fields.String(
        load_default="pending",
        validate=validate.OneOf(list(STATES)),
        metadata={"description": "Where the acts stand."},
    )
    sort = fields.String(
        load_default="deadline",
        validate=validate.OneOf(["deadline", "amount", "age"]),
        metadata={"description": "Soonest barred, dearest, or longest waiting first."},
    )


class ApprovalsSchema(Schema):
    """How many people have approved the version, of how many that must."""

    given = fields.Integer(required=True)
    needed = fields.Integer(required=True)


class QueueItemSchema(Schema):
    """An act that a reviewer may decide on."""

    act_id = fields.String(required=True)
    object = constant("review_request")
    version = fields.Integer(required=True)
    kind = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATES.values())})
    case_reference = fields.String(required=True)
    creditor = fields.Nested(CreditorSummarySchema, required=True)
    debtor = fields.Nested(DebtorSummarySchema, required=True, allow_none=True)
    totals = fields.Nested(ActTotalsSchema, required=True, allow_none=True)
    author = fields.String(required=True, allow_none=True)
    waiting_since = Instant(required=True)
    age_days = fields.Integer(required=True, metadata={"description": "Whole days since then."})
    deadline_on = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "Last day to sue for the claim that is barred first."},
    )
    days_left = fields.Integer(required=True, allow_none=True)
    approvals = fields.Nested(ApprovalsSchema, required=True)
    open_comments = fields.Integer(required=True)
    to_settle = fields.Integer(required=True, metadata={"description": "Concerns that block."})
    to_acknowledge = fields.Integer(required=True)

    @pre_dump
    def _shape(self, found: Queued, **_: Any) -> dict[str, Any]:
        one, now = found.waiting, services().now()
        effects = [concern["effect"] for concern in one.concerns]
        today, due = civil_day(now), one.due_cents
        debtor = {"name": one.debtor_name, "siren": one.debtor_siren}
        totals = None if due is None else {"due": money_text(due), "currency": "EUR"}
        return {
            **{name: getattr(one, name) for name in _SAME_IN_QUEUE},
            "creditor": {"name": one.creditor_name},
            "debtor": debtor if one.debtor_name is not None else None,
            "totals": totals,
            "author": one.author_name,
            "age_days": (now - one.waiting_since).days,
            "days_left": None if one.deadline_on is None else (one.deadline_on - today).days,
            "approvals": {"given": found.given, "needed": found.needed},
            "open_comments": found.open_comments,
            "to_settle": effects.count("blocks"),
            "to_acknowledge": effects.count("acknowledge"),
        }


_SAME_IN_QUEUE = (
    "act_id",
    "version",
    "kind",
    "status",
    "case_reference",
    "waiting_since",
    "deadline_on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """An act that waits, with what its reviewers have done so far."""

    waiting: Waiting
    given: int
    needed: int
    open_comments: int


_RULES_EXAMPLE = {
    "default": {"four_eyes": True, "second_approval_from": "10000.00"},
    "kinds": [
        {"kind": "mise_en_demeure", "four_eyes": True, "reviewers": ["jane@cabinet.example"]}
    ],
    "delegations": [
        {
            "reviewer": "jane@cabinet.example",
            "delegate": "paul@cabinet.example",
            "first_on": "2026-12-21",
            "last_on": "2027-01-02",
        }
    ],
}
_RULES_ANSWER = {
    **_RULES_EXAMPLE,
    "number": 1,
    "updated_at": "2026-11-22T09:00:00.000Z",
    "updated_by": {"key_id": "key_01KATQ0M3J8Y5R1N7C2V9B4D6F", "actor": "jane@cabinet.example"},
}


@blp.route("/acts/<act_id>/reviews")
class Reviews(MethodView):
    """The decisions on an act."""

    @requires("acts:read")
    @may_answer(404)
    @blp.response(200, page_of(ReviewSchema, "ReviewPage"))
    def get(self, act_id: str) -> dict[str, Any]:
        """List the decisions on an act, oldest first, in one page."""
        with services().database.reading() as tx:
            acts.get_act(tx, principal().tenant_id, act_id)
            found = reviews.list_reviews(tx, act_id)
        return {"data": found, "next_cursor": None}

    @requires("acts:review")
    @idempotent
    @may_answer(404, 409)
    @takes_headers("RequiredMinutierActor")
    @blp.arguments(DecisionSchema, example={"version": 1, "decision": "approve"})
    @blp.response(201, ReviewSchema)
    def post(self, wanted: DecisionRequest, act_id: str) -> Response:
        """Approve a version, or request changes.

        `Minutier-Actor` names the human who decides. The version must be the current one and
        ready. Where the cabinet's rules ask for two approvals, `act_status` stays `draft` after
        the first. A decision against another reviewer's is 409 unless `replaces` names it. An
        act may be archived once its current version is approved.
        """
        _, made = review(
            services(),
            principal(),
            act_id,
            wanted,
            actor=required_actor(),
            within=lambda tx, _act, made: keep(tx, answer_of(ReviewSchema(), made, 201)),
        )
        return answer_of(ReviewSchema(), made, 201).response()


@blp.route("/reviews")
class Queue(MethodView):
    """What waits for reviewers."""

    @requires("acts:review")
    @blp.arguments(QueueQuery, location="query")
    @blp.response(200, page_of(QueueItemSchema, "ReviewQueuePage"))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List the acts under review, the most urgent first.

        With `assignee`, what the cabinet's rules let this person decide on, today, for themselves
        or for somebody who is away; not what they made themselves where somebody else must
        approve, nor what they have approved already.
        """
        caller, today = principal(), civil_day(services().now())
        with services().database.reading() as tx:
            rules = rules_of(tx, caller.tenant_id)
            filters = _filters(rules, query["state"], query.get("assignee"), today)
            page = find_waiting(
                tx,
                caller.tenant_id,
                filters,
                sort=query["sort"],
                limit=query["limit"],
                cursor=query["cursor"],
            )
            found = _queued(tx, page, rules)
        return {"data": found, "next_cursor": page.next_cursor}


@blp.route("/settings/review")
class ReviewSettings(MethodView):
    """The cabinet's rules of review."""

    @requires("admin", "acts:review")
    @blp.response(200, ReviewRulesAnswerSchema, example=_RULES_ANSWER)
    def get(self) -> dict[str, Any]:
        """Read who may approve what, and how many must."""
        with services().database.reading() as tx:
            return _rules_json(tenant_settings.current(tx, principal().tenant_id, SETTING))

    @requires("admin")
    @may_answer(422)
    @takes_headers("MinutierActor")
    @blp.arguments(ReviewRulesSchema, example=_RULES_EXAMPLE)
    @blp.response(200, ReviewRulesAnswerSchema, example=_RULES_ANSWER)
    def put(self, rules: ReviewRules) -> dict[str, Any]:
        """Set who may approve what, and how many must; in force at once for decisions to come.

        What is left out is at its default: one approval, by anybody with a key for it. What the
        rules were before is kept.
        """
        caller = principal()
        with services().database.transaction() as tx:
            made = tenant_settings.put(
                tx,
                caller.tenant_id,
                SETTING,
                ReviewRulesSchema().dump(rules),
                at=services().now(),
                key_id=caller.key_id,
                actor_name=actor(),
            )
        return _rules_json(made)


def _rules_json(setting: tenant_settings.TenantSetting | None) -> dict[str, Any]:
    """The rules as they are answered: attributes for the schema that dumps them."""
    rules: ReviewRules = ReviewRulesSchema().load(setting.content) if setting else ReviewRules()
    told = {name: getattr(rules, name) for name in ("default", "kinds", "delegations")}
    if setting is None:
        return {**told, "number": 0, "updated_at": None, "updated_by": None}
    by = {"key_id": setting.key_id, "actor": setting.actor_name}
    return {**told, "number": setting.number, "updated_at": setting.created_at, "updated_by": by}


def _filters(rules: ReviewRules, state: str, assignee: str | None, today: Any) -> QueueFilters:
    kinds = sorted(act_kinds())
    if assignee is None:
        return QueueFilters(status=STATES[state], kinds=kinds)
    may = [kind for kind in kinds if rules.capacity(kind, assignee, today) is not None]
    watched = [kind for kind in may if rules.rule(kind).four_eyes]
    return QueueFilters(
        status=STATES[state],
        kinds=may,
        not_made_by=(watched, assignee) if watched else None,
        not_approved_by=assignee if state == "pending" else None,
    )


def _queued(tx: Any, page: Page[Waiting], rules: ReviewRules) -> list[Queued]:
    opened = comments.count_open(tx, [one.act_id for one in page.items])
    return [
        Queued(
            waiting=one,
            given=count_given(
                review
                for review in reviews.list_reviews(tx, one.act_id)
                if review.version == one.version
            ),
            needed=rules.rule(one.kind).approvals_needed(one.due_cents),
            open_comments=opened.get(one.act_id, 0),
        )
        for one in page.items
    ]
