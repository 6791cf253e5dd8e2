"""What a certificate of irrecoverability must rest on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from law.case import Channel, Insolvency, InsolvencyType, Step, StepType
from law.checks import irrecoverability
from law.findings import Outcome
from tests.support.law_facts import OTHER_COMPANY, case_of, day, invoice

AS_OF = day("2026-11-22")


def step(on: str, type_: StepType, channel: Channel | None = None) -> Step:
    """A step of a day."""
    return Step(on=day(on), type=type_, channel=channel)


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        pytest.param([], "refuse", id="nothing was done"),
        pytest.param([step("2026-03-02", "reminder", "letter")] * 3, "refuse", id="one channel"),
        pytest.param(
            [step("2026-03-02", "reminder", "letter"), step("2026-03-09", "phone_call", "phone")],
            "refuse",
            id="two steps",
        ),
        pytest.param(
            [
                step("2026-03-02", "reminder", "letter"),
                step("2026-03-09", "phone_call", "phone"),
                step("2026-04-01", "formal_notice", "registered_letter"),
            ],
            "warn",
            id="three amicable steps by several means",
        ),
        pytest.param([step("2026-03-02", "tracing")], "refuse", id="one search"),
        pytest.param(
            [step("2026-03-02", "undeliverable"), step("2026-04-02", "tracing")],
            "pass",
            id="two searches",
        ),
        pytest.param([step("2026-03-02", "enforcement")], "pass", id="enforcement in vain"),
        pytest.param([step("2026-11-23", "enforcement")], "refuse", id="after the day"),
    ],
)
def test_a_certificate_rests_on_what_was_done(steps: list[Step], outcome: Outcome) -> None:
    found = irrecoverability.certificate_steps(case_of(invoice(), steps=steps), AS_OF)
    assert (found.code, found.outcome) == ("insufficient-evidence", outcome)


@pytest.mark.parametrize(
    ("type_", "outcome"),
    [("liquidation", "pass"), ("receivership", "refuse"), ("safeguard", "refuse")],
)
def test_only_liquidation_proves_it_by_itself(type_: InsolvencyType, outcome: Outcome) -> None:
    insolvency = Insolvency(type=type_, opened_on=day("2026-05-04"))
    case = case_of(invoice(), debtor=replace(OTHER_COMPANY, insolvency=insolvency))
    assert irrecoverability.certificate_steps(case, AS_OF).outcome == outcome
    assert irrecoverability.certificate_steps(case, day("2026-05-03")).outcome == "refuse"


def test_a_contested_claim_waits_for_a_decision() -> None:
    case = case_of(invoice(disputed=True))
    assert irrecoverability.litigious_claims(case, AS_OF).outcome == "refuse"
    judged = replace(case, steps=[step("2026-03-02", "court_order")])
    assert irrecoverability.litigious_claims(judged, AS_OF).outcome == "pass"
