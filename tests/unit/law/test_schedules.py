"""The dunning calendar: plans, working days, what is done, what is next, what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import is_working_day
from law.case import Address, Case, Channel, Insolvency, Party, Representative, Step
from law.schedule_plans import (
    CountedFrom,
    DunningKind,
    Plan,
    PlanName,
    PlanStep,
    custom_plan,
    plans,
)
from law.schedules import Schedule, schedule
from tests.support.law_facts import (
    ADDRESS,
    COMPANY,
    INDIVIDUAL,
    OTHER_COMPANY,
    PUBLIC_BUYER,
    case_of,
    credited,
    day,
    invoice,
    paid,
)

DUE = "2026-09-30"  # a Wednesday
IN_ALSACE = replace(
    OTHER_COMPANY,
    address=Address(lines=["1 rue de l'Essai"], postal_code="67000", city="Strasbourg"),
)


def _step(text: str) -> Step:
    """A step such as ``2026-10-15 phone_call`` or ``2026-10-15 other email``."""
    on, type_, *channel = text.split()
    facts: dict[str, Any] = {"type": type_, "channel": channel[0] if channel else None}
    return Step(on=day(on), **facts)


def _scheduled(plan: Plan | PlanName, as_of: str, **facts: Any) -> Schedule:
    case = facts.pop("case", None) or case_of(invoice(due=DUE), **facts)
    return schedule(case, plans()[plan] if isinstance(plan, str) else plan, day(as_of))


def _days(found: Schedule) -> list[str]:
    return [step.on.isoformat() for step in found.steps]


def _statuses(found: Schedule) -> list[str]:
    return [step.status for step in found.steps]


def _custom(*steps: tuple[int, DunningKind | None, Channel]) -> Plan:
    return custom_plan(
        [
            PlanStep(
                kind=kind,
                channel=channel,
                offset_days=offset,
                counted_from="previous" if at else "due_on",
            )
            for at, (offset, kind, channel) in enumerate(steps)
        ]
    )


@pytest.mark.parametrize(
    ("name", "days_from_due", "what"),
    [
        pytest.param(
            "old_client_large",
            [15, 20, 25, 30],
            ["phone", "relance 1", "relance 2", "mise_en_demeure"],
            id="old client, large claim",
        ),
        pytest.param(
            "old_client_small",
            [20, 30, 35, 40],
            ["relance 1", "phone", "relance 2", "mise_en_demeure"],
            id="old client, small claim",
        ),
        pytest.param(
            "new_client_large",
            [10, 20, 25],
            ["phone", "relance 1", "mise_en_demeure"],
            id="new client, large claim",
        ),
        pytest.param(
            "new_client_small",
            [10, 15, 20, 25],
            ["relance 1", "phone", "relance 2", "mise_en_demeure"],
            id="new client, small claim",
        ),
        pytest.param(
            "guide",
            [-7, 1, 9, 16, 23],
            ["rappel_avant_echeance", "relance 1", "relance 2", "phone", "mise_en_demeure"],
            id="guide",
        ),
        pytest.param(
            "guide_key_account",
            [-7, 1, 9, 16, 23],
            ["phone", "relance 1", "relance 2", "phone", "mise_en_demeure"],
            id="guide, big client",
        ),
    ],
)
def test_a_named_plan_follows_its_calendar(
    name: PlanName, days_from_due: list[int], what: list[str]
) -> None:
    dunning = [step for step in plans()[name].steps if step.counted_from != "payment"]
    total, found = 0, []
    for step in dunning:
        total = step.offset_days if step.counted_from == "due_on" else total + step.offset_days
        found.append(total)
    assert found == days_from_due
    told = [
        step.channel if step.kind is None else f"{step.kind} {step.level or ''}".strip()
        for step in dunning
    ]
    assert told == what


def test_the_data_of_plans_hold_only_what_the_types_allow() -> None:
    assert set(plans()) == set(get_args(PlanName))
    steps = [step for plan in plans().values() for step in plan.steps]
    assert {step.kind for step in steps} <= {None, *get_args(DunningKind)}
    assert {step.channel for step in steps} <= set(get_args(Channel))
    assert {step.counted_from for step in steps} <= set(get_args(CountedFrom))
    assert {name for step in steps for name in step.filled_in} <= {
        "offset_days",
        "channel",
        "kind",
    }


def test_what_a_calendar_leaves_open_is_marked_and_told() -> None:
    found = _scheduled("guide", "2026-09-01")
    marked = [step.plan_step.filled_in for step in found.steps]
    assert marked == [(), ("offset_days",), (), ("offset_days",), ("offset_days", "kind")]
    assert any("notre choix" in remark.detail for remark in found.steps[1].remarks)
    assert not any("notre choix" in remark.detail for remark in found.steps[2].remarks)


def test_a_case_just_due_has_every_step_before_it() -> None:
    found = _scheduled("old_client_large", "2026-10-02")
    assert _days(found) == ["2026-10-15", "2026-10-20", "2026-10-26", "2026-10-30"]
    assert _statuses(found) == ["next", "planned", "planned", "planned"]
    assert (found.next_number, found.status) == (1, "running")


def test_a_step_after_the_due_date_moves_to_the_next_working_day() -> None:
    third = _scheduled("old_client_large", "2026-10-02").steps[2]
    assert (third.on, third.moved_from) == (day("2026-10-26"), day("2026-10-25"))  # a Sunday


def test_a_reminder_before_the_due_date_moves_to_the_working_day_before() -> None:
    case = case_of(invoice(due="2026-05-15"))  # a week after 8 May, a holiday
    first = _scheduled("guide", "2026-04-20", case=case).steps[0]
    assert (first.on, first.moved_from) == (day("2026-05-07"), day("2026-05-08"))


@pytest.mark.parametrize(
    ("debtor", "on"),
    [
        pytest.param(OTHER_COMPANY, "2026-04-03", id="Good Friday is worked in most of France"),
        pytest.param(IN_ALSACE, "2026-04-07", id="in Alsace it is not, nor Easter Monday"),
    ],
)
def test_the_holidays_are_those_of_the_debtor(debtor: Party, on: str) -> None:
    case = case_of(invoice(due="2026-03-24"), debtor=debtor)
    found = _scheduled("new_client_large", "2026-03-25", case=case)
    assert found.steps[0].on == day(on)


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2026-10-14", "next"), ("2026-10-15", "next"), ("2026-10-16", "overdue")],
)
def test_a_step_is_overdue_from_the_day_after_its_own(as_of: str, status: str) -> None:
    assert _scheduled("old_client_large", as_of).steps[0].status == status


def test_the_steps_after_an_overdue_one_are_counted_from_today() -> None:
    found = _scheduled("old_client_large", "2026-11-25")
    assert _days(found) == ["2026-10-15", "2026-11-30", "2026-12-07", "2026-12-10"]
    assert _statuses(found) == ["overdue", "planned", "planned", "planned"]
    assert [step.planned_on.isoformat() for step in found.steps] == [
        "2026-10-15",
        "2026-10-20",
        "2026-10-26",
        "2026-10-30",
    ]


def test_a_step_done_late_moves_those_after_it() -> None:
    steps = [_step("2026-10-19 phone_call")]
    found = _scheduled("old_client_large", "2026-10-20", steps=steps)
    assert _statuses(found) == ["done", "next", "planned", "planned"]
    assert _days(found)[:2] == ["2026-10-19", "2026-10-26"]  # five days on is a Saturday


def test_a_step_done_by_another_channel_is_done() -> None:
    found = _scheduled("old_client_small", "2026-10-21", steps=[_step("2026-10-20 reminder email")])
    assert _statuses(found)[0] == "done"


def test_a_step_passed_over_is_skipped() -> None:
    found = _scheduled("old_client_large", "2026-10-22", steps=[_step("2026-10-21 reminder")])
    assert _statuses(found) == ["skipped", "done", "next", "planned"]
    assert found.next_number == 3


def test_a_call_made_after_the_letter_it_should_precede_is_done() -> None:
    steps = [_step("2026-10-15 reminder"), _step("2026-10-20 phone_call")]
    found = _scheduled("old_client_large", "2026-10-21", steps=steps)
    assert _statuses(found) == ["done", "done", "next", "planned"]


def test_after_the_formal_notice_the_calendar_is_completed() -> None:
    steps = [_step("2026-10-21 formal_notice")]
    found = _scheduled("old_client_large", "2026-10-22", steps=steps)
    assert _statuses(found) == ["skipped", "skipped", "skipped", "done"]
    assert (found.status, found.next_number) == ("completed", None)


def test_what_is_dated_after_the_day_asked_is_not_seen() -> None:
    facts: dict[str, Any] = {
        "steps": [_step("2026-10-20 phone_call")],
        "payments": [paid("2026-10-20", 100_000)],
    }
    found = _scheduled("old_client_large", "2026-10-19", **facts)
    assert (found.status, _statuses(found)[0]) == ("running", "overdue")


def test_a_reminder_before_the_due_date_is_no_reminder_of_lateness() -> None:
    found = _scheduled("guide", "2026-10-01", steps=[_step("2026-09-24 reminder")])
    assert _statuses(found)[:2] == ["done", "next"]
    on_due_day = _scheduled("guide", "2026-10-01", steps=[_step("2026-09-30 reminder")])
    assert _statuses(on_due_day)[:2] == ["done", "next"]
    day_after = _scheduled("guide", "2026-10-01", steps=[_step("2026-10-01 reminder")])
    assert _statuses(day_after)[:3] == ["skipped", "done", "next"]


def test_a_reminder_before_the_due_date_has_no_object_after_it() -> None:
    assert _statuses(_scheduled("guide", "2026-09-30"))[0] == "overdue"
    assert _statuses(_scheduled("guide", "2026-10-01"))[0] == "skipped"


def test_steps_for_an_older_claim_are_not_taken_for_this_one() -> None:
    claim = invoice(due=DUE, issued_on=day("2026-09-01"))
    case = case_of(claim, steps=[_step("2026-08-20 reminder")])
    assert _statuses(_scheduled("guide", "2026-09-10", case=case))[0] == "next"


@pytest.mark.parametrize(
    ("settled", "as_of", "on", "status"),
    [
        pytest.param("2026-10-07", "2026-10-07", "2026-10-08", "next", id="the day after"),
        pytest.param("2026-10-07", "2026-10-09", "2026-10-08", "overdue", id="forgotten"),
        pytest.param("2026-10-09", "2026-10-09", "2026-10-09", "next", id="Friday: the same day"),
        pytest.param("2026-10-10", "2026-10-10", "2026-10-12", "next", id="Saturday: on Monday"),
    ],
)
def test_thanks_follow_payment_within_a_day(settled: str, as_of: str, on: str, status: str) -> None:
    found = _scheduled("guide", as_of, payments=[paid(settled, 100_000)])
    assert found.status == "settled"
    assert _statuses(found)[:-1] == ["skipped"] * 5
    last = found.steps[-1]
    assert (last.plan_step.kind, last.on, last.status) == ("remerciement", day(on), status)
    assert found.next_number == last.number
    assert "principal-settled" in {warning.code for warning in found.warnings}


def test_thanks_that_were_sent_are_done() -> None:
    facts: dict[str, Any] = {"payments": [paid("2026-10-07", 100_000)]}
    found = _scheduled("guide", "2026-10-12", steps=[_step("2026-10-08 other email")], **facts)
    assert (found.steps[-1].status, found.next_number) == ("done", None)


@pytest.mark.parametrize(
    ("facts", "is_settled"),
    [
        pytest.param({"payments": [paid("2026-10-07", 99_999)]}, False, id="one cent missing"),
        pytest.param({"payments": [paid("2026-10-07", 100_000, "c1")]}, True, id="by claim"),
        pytest.param(
            {"payments": [paid("2026-10-07", 60_000)], "credit_notes": [credited(DUE, 40_000)]},
            True,
            id="payment and credit note",
        ),
        pytest.param({"credit_notes": [credited(DUE, 100_000)]}, True, id="credit note alone"),
        pytest.param(
            {"credit_notes": [credited("2026-10-20", 100_000)]}, False, id="credit note to come"
        ),
    ],
)
def test_a_claim_is_settled_when_its_principal_is(
    facts: dict[str, Any], *, is_settled: bool
) -> None:
    found = _scheduled("guide", "2026-10-10", **facts)
    assert (found.status == "settled") == is_settled
    has_thanks = found.steps[-1].plan_step.kind == "remerciement"
    assert has_thanks == (is_settled and "payments" in facts)


def test_the_calendar_counts_from_the_oldest_unpaid_claim() -> None:
    old, new = invoice("old", due="2026-08-31"), invoice("new", due=DUE)
    case = case_of(new, old)
    assert schedule(case, plans()["guide"], day("2026-10-10")).claim == old
    settled = replace(case, payments=[paid("2026-09-20", 100_000)])
    assert schedule(settled, plans()["guide"], day("2026-10-10")).claim == new
    wanted = schedule(case, plans()["guide"], day("2026-10-10"), claim_id="new")
    assert wanted.claim == new


def test_one_claim_may_be_settled_while_the_case_is_not() -> None:
    case = case_of(
        invoice("a", due=DUE), invoice("b", due=DUE), payments=[paid("2026-10-07", 100_000, "a")]
    )
    plan = plans()["guide"]
    assert schedule(case, plan, day("2026-10-10"), claim_id="a").status == "settled"
    assert schedule(case, plan, day("2026-10-10")).status == "running"


def test_nothing_is_asked_of_a_debtor_in_insolvency_for_an_earlier_claim() -> None:
    insolvency = Insolvency(type="receivership", opened_on=day("2026-10-05"))
    debtor = replace(OTHER_COMPANY, insolvency=insolvency)
    before = _scheduled("old_client_large", "2026-10-04", debtor=debtor)
    assert before.status == "running"
    found = _scheduled("old_client_large", "2026-10-05", debtor=debtor)
    assert (found.status, found.next_number) == ("stopped", None)
    assert set(_statuses(found)) == {"skipped"}
    (warning,) = [one for one in found.warnings if one.outcome == "refuse"]
    assert "L. 622-7" in (warning.article or "")


def test_nothing_is_asked_of_an_over_indebted_debtor() -> None:
    debtor = replace(INDIVIDUAL, over_indebtedness_admitted_on=day("2026-10-05"))
    assert _scheduled("guide", "2026-10-06", debtor=debtor).status == "stopped"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param({"steps": [_step("2026-10-05 dispute")]}, "open-matter", id="dispute"),
        pytest.param({"steps": [_step("2026-10-05 payment_plan")]}, "open-matter", id="plan"),
        pytest.param({"steps": [_step("2026-10-05 promise_to_pay")]}, "open-matter", id="promise"),
        pytest.param({"steps": [_step("2026-10-05 undeliverable")]}, "open-matter", id="returned"),
        pytest.param({"case": case_of(invoice(disputed=True))}, "claim-disputed", id="disputed"),
        pytest.param({"case": case_of(invoice(due="2021-12-01"))}, "limitation", id="near its end"),
        pytest.param({"debtor": PUBLIC_BUYER}, "limitation", id="limitation doubtful"),
    ],
)
def test_what_speaks_against_the_next_step_is_told(facts: dict[str, Any], code: str) -> None:
    assert code in {
        one.code for one in _scheduled("old_client_large", "2026-10-10", **facts).warnings
    }


@pytest.mark.parametrize(
    ("parties", "claim_type", "articles"),
    [
        pytest.param({}, "invoice", "art. L. 441-10 II et D. 441-5 C. com.", id="professionals"),
        pytest.param({"debtor": PUBLIC_BUYER}, "invoice", "art. L. 2192-13 CCP", id="public"),
        pytest.param(
            {"debtor": INDIVIDUAL},
            "invoice",
            "art. L. 111-8 CPCE ; art. L. 121-21 C. conso.",
            id="consumer",
        ),
        pytest.param(
            {"debtor": INDIVIDUAL}, "rent", "art. 4 loi n° 89-462 du 6 juillet 1989", id="tenant"
        ),
    ],
)
def test_the_law_of_a_reminder_follows_from_the_parties(
    parties: dict[str, Any], claim_type: Any, articles: str
) -> None:
    case = case_of(invoice(due=DUE, type=claim_type), **parties)
    found = _scheduled("old_client_small", "2026-10-02", case=case).steps[0]
    told = [remark.article for remark in found.remarks]
    assert told == [articles, "art. 2240, 2241 et 2244 C. civ."]


def test_an_agency_recalls_its_first_letter_at_each_step() -> None:
    agency = Representative(role="collection_agency", party=replace(COMPANY, name="Relais SAS"))
    found = _scheduled("old_client_large", "2026-10-02", representative=agency)
    assert all("art. R. 124-4 CPCE" in {one.article for one in s.remarks} for s in found.steps)
    own = _scheduled("old_client_large", "2026-10-02")
    assert not any("art. R. 124-4 CPCE" in {one.article for one in s.remarks} for s in own.steps)


def test_a_custom_plan_numbers_its_reminders_up_to_three() -> None:
    plan = _custom(*[(5, "relance", "email")] * 5)
    assert [step.level for step in plan.steps] == [1, 2, 3, 3, 3]


def test_a_custom_plan_may_hold_any_step() -> None:
    plan = _custom(
        (5, "relance", "email"),
        (7, "suspension_livraisons", "registered_letter"),
        (8, "mise_en_demeure", "electronic_registered_letter"),
        (30, "requete_injonction_de_payer", "court"),
    )
    steps = [_step("2026-10-05 reminder"), _step("2026-10-12 other registered_letter")]
    found = _scheduled(plan, "2026-10-13", steps=steps)
    assert _statuses(found) == ["done", "done", "next", "planned"]
    assert _days(found)[2:] == ["2026-10-20", "2026-11-19"]
    assert "89-13.345" in " ".join(remark.detail for remark in found.steps[3].remarks)


def test_a_step_counts_from_the_last_one_done_not_from_one_passed_over() -> None:
    plan = _custom(
        (10, "relance", "email"),
        (5, "mise_en_demeure", "registered_letter"),
        (30, "requete_injonction_de_payer", "court"),
    )
    found = _scheduled(plan, "2026-10-05", steps=[_step("2026-10-03 formal_notice")])
    assert _statuses(found) == ["skipped", "done", "next"]
    assert found.steps[2].on == day("2026-11-02")


def test_another_letter_is_not_taken_for_a_suspension() -> None:
    plan = _custom((5, "suspension_livraisons", "registered_letter"))
    found = _scheduled(plan, "2026-10-05", steps=[_step("2026-10-05 other email")])
    assert _statuses(found) == ["next"]


@pytest.mark.parametrize("name", get_args(PlanName))
@pytest.mark.parametrize("wanted", [True, False])
def test_a_reminder_before_and_thanks_after_are_added_or_left_out(
    name: PlanName, *, wanted: bool
) -> None:
    plan = plans()[name].with_pre_due_reminder(wanted=wanted).with_thanks(wanted=wanted)
    assert (plan.steps[0].offset_days < 0) == wanted
    assert (plan.steps[-1].counted_from == "payment") == wanted
    again = plan.with_pre_due_reminder(wanted=wanted).with_thanks(wanted=wanted)
    assert again == plan


_TOLD = st.tuples(
    st.integers(-20, 120),
    st.sampled_from(["reminder", "phone_call", "formal_notice", "other", "visit", "dispute"]),
)


@given(
    st.lists(_TOLD, max_size=8),
    st.integers(-30, 150),
    st.sampled_from(get_args(PlanName)),
    st.sampled_from(["63000", "67000", "97110", "97400"]),
)
def test_a_calendar_never_asks_for_a_day_off_and_has_one_next_step(
    told: list[tuple[int, Any]], age: int, name: PlanName, postal_code: str
) -> None:
    due = day(DUE)
    as_of = due + timedelta(days=age)
    debtor = replace(OTHER_COMPANY, address=replace(ADDRESS, postal_code=postal_code))
    steps = [Step(on=due + timedelta(days=at), type=kind) for at, kind in told]
    case: Case = case_of(invoice(due=DUE), debtor=debtor, steps=steps)
    found = schedule(case, plans()[name], as_of)
    to_do = [step for step in found.steps if step.status in {"next", "overdue"}]
    assert len(to_do) <= 1
    assert found.next_number == (to_do[0].number if to_do else None)
    ahead = [step for step in found.steps if step.status in {"next", "overdue", "planned"}]
    assert all(is_working_day(step.on, found.region) for step in ahead)
    assert [step.on for step in ahead] == sorted(step.on for step in ahead)
    assert all(step.on >= as_of for step in ahead if step.status == "planned")
    done_days = {s.on for s in steps if s.on <= as_of}
    assert all(step.on in done_days for step in found.steps if step.status == "done")
