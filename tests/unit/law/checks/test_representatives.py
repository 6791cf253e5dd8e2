"""What binds whoever writes for a creditor, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from law.case import Case, Cost, Representative, ShareCapital, Step
from law.checks.representative import FirstLetter, representative_checks
from tests.support.law_facts import (
    COMPANY,
    INDIVIDUAL,
    OTHER_COMPANY,
    SOLE_TRADER,
    case_of,
    day,
    invoice,
)

TODAY = day("2026-11-22")
AGENCY = replace(
    COMPANY,
    name="Recouvrement Modèle SAS",
    legal_form="SAS",
    siren="877889907",
    share_capital=ShareCapital(amount_cents=4_000_000),
    iban="FR7630006000017000000000772",
)


def by(role: Any, party: Any = AGENCY, *, mandate: str | None = "2026-09-01", **more: Any) -> Case:
    """A case in which somebody acts for the creditor."""
    mandate_on = day(mandate) if mandate else None
    representative = Representative(role=role, party=party, mandate_on=mandate_on)
    return case_of(invoice(), representative=representative, **more)


def found(case: Case, **more: Any) -> dict[str, tuple[str, str]]:
    """The findings by code: outcome and pointer."""
    return {
        one.code: (one.outcome, one.pointer)
        for one in representative_checks(case, written_on=TODAY, **more)
    }


def first(sent_on: str) -> FirstLetter:
    return FirstLetter(reference="R-1", sent_on=day(sent_on))


def test_nothing_binds_a_creditor_who_writes_in_its_own_name() -> None:
    assert found(case_of(invoice())) == {"agency-first-letter": ("pass", "/case/representative")}


def test_an_agency_with_its_mentions_and_its_account_passes() -> None:
    assert {outcome for outcome, _ in found(by("collection_agency")).values()} == {"pass"}


@pytest.mark.parametrize("key", ["siren", "rcs_city", "legal_form", "share_capital"])
def test_an_agency_without_a_mention_of_identity_is_refused_r124_4_1(key: str) -> None:
    case = by("collection_agency", replace(AGENCY, **{key: None}))
    assert found(case)["representative-identity"][0] == "refuse"


def test_for_a_lawyer_a_missing_mention_is_only_a_warning() -> None:
    case = by("lawyer", replace(AGENCY, rcs_city=None))
    assert found(case)["representative-identity"][0] == "warn"


def test_an_agency_without_an_account_is_warned_of_r124_3() -> None:
    case = by("collection_agency", replace(AGENCY, iban=None))
    assert found(case)["agency-account"] == ("warn", "/case/representative/party/iban")


@pytest.mark.parametrize(
    ("sent_on", "outcome"),
    [
        pytest.param("2026-08-31", "refuse", id="the day before the mandate"),
        pytest.param("2026-09-01", "pass", id="the day of the mandate"),
        pytest.param("2026-11-22", "pass", id="the day of the letter"),
        pytest.param("2026-11-23", "refuse", id="the day after the letter"),
    ],
)
def test_the_first_letter_lies_between_mandate_and_letter(sent_on: str, outcome: str) -> None:
    case = by("collection_agency")
    assert found(case, first_letter=first(sent_on))["agency-first-letter"][0] == outcome


def test_only_an_agency_recalls_a_first_letter() -> None:
    for case in (case_of(invoice()), by("lawyer")):
        finding = found(case, first_letter=first("2026-10-01"))["agency-first-letter"]
        assert finding == ("refuse", "/options/first_letter")


def test_a_letter_under_the_mandate_speaks_against_a_first_letter() -> None:
    steps = [
        Step(on=day("2026-08-18"), type="reminder", channel="letter"),
        Step(on=day("2026-10-18"), type="reminder", channel="letter"),
    ]
    finding = found(by("collection_agency", steps=steps))["agency-first-letter"]
    assert finding == ("warn", "/case/steps/1")
    assert found(by("collection_agency", steps=steps[:1]))["agency-first-letter"][0] == "pass"


def test_nobody_recovers_a_claim_of_their_own_for_others() -> None:
    case = by("collection_agency", replace(AGENCY, siren=COMPANY.siren))
    assert found(case)["representative-not-supported"][0] == "refuse"


def test_a_representative_abroad_is_refused() -> None:
    abroad = replace(AGENCY, address=replace(AGENCY.address, country="BE"))
    assert found(by("lawyer", abroad))["representative-not-supported"][0] == "refuse"


def test_funds_that_pass_by_a_lawyer_must_go_through_the_carpa() -> None:
    assert found(by("lawyer"))["lawyer-funds"][0] == "warn"
    assert found(by("lawyer", replace(AGENCY, iban=None)))["lawyer-funds"][0] == "pass"


def test_a_lawyer_writes_to_an_adversary_by_letter() -> None:
    assert found(by("lawyer"), delivery="email")["lawyer-contact"][0] == "warn"
    assert found(by("lawyer"), delivery="registered")["lawyer-contact"][0] == "pass"


def test_a_commissaire_charges_no_sum_but_the_claim() -> None:
    cost = Cost(label="Acte", amount_cents=2_500, type="service", borne_by="debtor")
    case = by("commissaire_de_justice", costs=[cost])
    assert found(case)["commissaire-costs"] == ("refuse", "/case/costs/0/borne_by")
    borne = replace(cost, borne_by="creditor")
    assert found(by("commissaire_de_justice", costs=[borne]))["commissaire-costs"][0] == "pass"


def test_a_commissaire_has_a_written_mandate() -> None:
    def outcome(mandate: str | None) -> str:
        return found(by("commissaire_de_justice", mandate=mandate))["commissaire-mandate"][0]

    assert outcome(None) == "warn"
    assert outcome("2026-11-22") == "pass"
    assert outcome("2026-11-23") == "refuse"


def test_the_flat_fee_in_a_letter_of_a_commissaire_is_to_be_checked() -> None:
    between_firms = by("commissaire_de_justice", debtor=OTHER_COMPANY)
    assert found(between_firms)["commissaire-recovery-fee"][0] == "warn"
    consumer = by("commissaire_de_justice", debtor=INDIVIDUAL)
    assert found(consumer)["commissaire-recovery-fee"][0] == "pass"


def test_a_commissaire_warns_of_a_claim_that_is_disputed_or_time_barred() -> None:
    def outcome(**claim: Any) -> str:
        representative = Representative(role="commissaire_de_justice", party=SOLE_TRADER)
        case = case_of(invoice(**claim), representative=representative)
        return found(case)["commissaire-claim"][0]

    assert outcome() == "pass"
    assert outcome(disputed=True) == "warn"
    assert outcome(due="2020-01-31") == "warn"
    assert outcome(due=date(2027, 1, 1).isoformat()) == "warn"
