"""The list of checks: each rule answers, within its codes, on any case; kinds choose by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from law import checks
from law.case import Case, Insolvency, Representative
from law.checks import RULES, Subject, formal_notice_checks, run
from law.checks import selections as law_selections
from law.french import NBSP
from tests.support.law_facts import (
    COMPANY,
    INDIVIDUAL,
    OTHER_COMPANY,
    PUBLIC_BUYER,
    RATES,
    SOLE_TRADER,
    case_of,
    day,
    invoice,
    notice,
)

SELECTIONS = {
    name: value for name, value in vars(law_selections).items() if isinstance(value, tuple)
}
INSOLVENT = replace(
    OTHER_COMPANY, insolvency=Insolvency(type="liquidation", opened_on=day("2026-05-04"))
)
DEBTORS = (OTHER_COMPANY, INDIVIDUAL, SOLE_TRADER, PUBLIC_BUYER, INSOLVENT)
REPRESENTATIVES = (
    None,
    Representative(role="collection_agency", party=COMPANY),
    Representative(role="lawyer", party=SOLE_TRADER),
)


def subject(case: Case, as_of: str = "2026-11-22", **more: object) -> Subject:
    """A subject on a day."""
    return Subject(case=case, as_of=date.fromisoformat(as_of), rates=RATES, **more)  # type: ignore[arg-type] # whatever a test changes


@pytest.mark.parametrize("name", RULES)
def test_every_rule_answers_on_any_case_within_its_codes_in_french(name: str) -> None:
    rule = RULES[name]
    for debtor, representative in product(DEBTORS, REPRESENTATIVES):
        case = case_of(
            invoice(), debtor=debtor, representative=representative, steps=[notice("2026-03-02")]
        )
        found = rule.run(subject(case))
        assert found
        for one in found:
            assert one.code in rule.codes
            assert one.pointer.startswith(("/case/", "/options/"))
            assert one.detail.endswith(".")
            assert " :" not in one.detail.replace(f"{NBSP}:", "")
            assert "'" not in one.detail


def test_the_list_bears_each_name_once_with_a_label() -> None:
    assert all(name == rule.name and rule.label for name, rule in RULES.items())
    without_article = {name for name, rule in RULES.items() if rule.article is None}
    assert without_article == {"sender-not-allowed", "lawyer-bar", "means-of-payment"}


@pytest.mark.parametrize("name", SELECTIONS)
def test_every_selection_names_rules_that_exist_once(name: str) -> None:
    chosen = SELECTIONS[name]
    assert set(chosen) <= set(RULES)
    assert len(set(chosen)) == len(chosen)
    assert name in checks.__all__


def test_every_act_that_asks_for_money_looks_at_insolvency() -> None:
    for name in ("REMINDER", "FORMAL_NOTICE", "PRE_DUE_REMINDER", "PAYMENT_ORDER", "SUMMONS"):
        case = case_of(invoice(due="2026-01-31"), debtor=INSOLVENT)
        found = run(SELECTIONS[name], subject(case))
        assert ("debtor-in-insolvency", "refuse") in {(one.code, one.outcome) for one in found}


def test_findings_come_in_the_order_of_the_names() -> None:
    names = ("collection-costs", "claim-not-due")
    assert [one.code for one in run(names, subject(case_of(invoice())))] == list(names)


def test_a_name_that_is_no_rule_is_a_bug_of_the_kind() -> None:
    with pytest.raises(KeyError):
        run(["no-such-rule"], subject(case_of(invoice())))


def test_a_plain_formal_notice_between_professionals_is_refused_by_nothing() -> None:
    found = formal_notice_checks(case_of(invoice()), day("2026-11-22"), RATES)
    assert {one.outcome for one in found} == {"pass", "warn"}
    assert [one.code for one in found if one.outcome == "warn"] == [
        "creditor-identity",
        "means-of-payment",
    ]
