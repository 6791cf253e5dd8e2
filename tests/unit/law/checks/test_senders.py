"""Who may send an act and what it must say of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from law.case import Case, Channel, LegalRepresentative, Representative, ShareCapital, Step
from law.checks import sender
from law.findings import Outcome
from tests.support.law_facts import COMPANY, INDIVIDUAL, SOLE_TRADER, case_of, day, invoice

AS_OF = day("2026-11-22")


def through_agency(mandate: str | None = "2026-03-02", *steps: Step) -> Case:
    """A case in the hands of a collection agency."""
    agency = Representative(
        role="collection_agency", party=COMPANY, mandate_on=day(mandate) if mandate else None
    )
    return case_of(invoice(), representative=agency, steps=steps)


def letter(on: str, reference: str | None = "R-1", channel: Channel = "letter") -> Step:
    """A reminder by letter."""
    return Step(on=day(on), type="reminder", channel=channel, reference=reference)


@pytest.mark.parametrize(
    ("mandate", "outcome"),
    [
        pytest.param(None, "refuse", id="no mandate"),
        pytest.param("2026-11-21", "pass", id="day before the act"),
        pytest.param("2026-11-22", "pass", id="day of the act"),
        pytest.param("2026-11-23", "refuse", id="day after the act"),
    ],
)
def test_an_agency_needs_a_mandate_that_is_not_later_than_the_act(
    mandate: str | None, outcome: Outcome
) -> None:
    found = sender.agency_mandate(through_agency(mandate), AS_OF)
    assert (found.outcome, found.article) == (outcome, "art. R. 124-3 CPCE")


def test_nobody_else_needs_a_mandate_of_that_kind() -> None:
    lawyer = Representative(role="lawyer", party=SOLE_TRADER)
    for case in (case_of(invoice()), case_of(invoice(), representative=lawyer)):
        assert sender.agency_mandate(case, AS_OF).outcome == "pass"
        assert sender.agency_first_letter_recalled(case, AS_OF).outcome == "pass"
        assert sender.first_agency_letter(case, AS_OF) is None


def test_the_first_letter_of_an_agency_is_the_first_under_its_mandate() -> None:
    steps = (letter("2026-02-02", "of the creditor"), letter("2026-05-04"), letter("2026-03-09"))
    first = sender.first_agency_letter(through_agency("2026-03-02", *steps), AS_OF)
    assert first == letter("2026-03-09")


@pytest.mark.parametrize(
    ("steps", "outcome", "pointer"),
    [
        pytest.param((), "refuse", "/case/steps", id="no letter"),
        pytest.param((letter("2026-03-01"),), "refuse", "/case/steps", id="before the mandate"),
        pytest.param(
            (letter("2026-03-09", channel="phone"),), "refuse", "/case/steps", id="a call"
        ),
        pytest.param(
            (letter("2026-03-09", None),), "refuse", "/case/steps/0/reference", id="no reference"
        ),
        pytest.param((letter("2026-03-09"),), "pass", "/case/steps/0", id="told"),
        pytest.param((letter("2026-11-23"),), "refuse", "/case/steps", id="after the act"),
    ],
)
def test_later_steps_of_an_agency_recall_its_first_letter(
    steps: tuple[Step, ...], outcome: Outcome, pointer: str
) -> None:
    found = sender.agency_first_letter_recalled(through_agency("2026-03-02", *steps), AS_OF)
    assert (found.outcome, found.pointer) == (outcome, pointer)


def test_only_the_roles_of_the_kind_may_send_it() -> None:
    case = through_agency()
    assert sender.sender_allowed(case, ["creditor", "collection_agency"]).outcome == "pass"
    found = sender.sender_allowed(case, ["creditor"])
    assert (found.outcome, found.pointer) == ("refuse", "/case/representative/role")
    assert "société de recouvrement" in found.detail
    assert sender.sender_allowed(case_of(invoice()), ["lawyer"]).pointer == "/case/creditor"


def test_a_company_before_a_court_names_its_form_and_who_represents_it() -> None:
    found = sender.identity_before_court(case_of(invoice()))
    assert [(one.outcome, one.pointer) for one in found] == [
        ("refuse", "/case/creditor/legal_representative")
    ]
    whole = replace(
        COMPANY, legal_representative=LegalRepresentative(name="Mme Essai", capacity="gérante")
    )
    (passed,) = sender.identity_before_court(case_of(invoice(), creditor=whole))
    assert passed.outcome == "pass"
    formless = replace(whole, legal_form=None)
    (missing,) = sender.identity_before_court(case_of(invoice(), creditor=formless))
    assert missing.pointer == "/case/creditor/legal_form"


def test_a_natural_person_before_a_court_gives_birth_nationality_and_occupation() -> None:
    found = sender.identity_before_court(case_of(invoice(), creditor=INDIVIDUAL))
    assert [one.pointer.rpartition("/")[2] for one in found] == [
        "birth_date",
        "birth_place",
        "nationality",
        "occupation",
    ]
    assert {one.article for one in found} == {"art. 54 3° CPC"}


def test_an_agent_that_is_no_lawyer_shows_a_power() -> None:
    assert sender.signatory_power(through_agency(), AS_OF).outcome == "warn"
    assert sender.signatory_power(through_agency(None), AS_OF).outcome == "refuse"
    lawyer = Representative(role="lawyer", party=SOLE_TRADER)
    assert (
        sender.signatory_power(case_of(invoice(), representative=lawyer), AS_OF).outcome == "pass"
    )


@pytest.mark.parametrize(("bar", "outcome"), [(None, "warn"), ("Lyon", "pass")])
def test_a_lawyer_names_its_bar(bar: str | None, outcome: Outcome) -> None:
    lawyer = Representative(role="lawyer", party=SOLE_TRADER, bar=bar)
    assert sender.lawyer_bar(case_of(invoice(), representative=lawyer)).outcome == outcome


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"siren": None}, "numéro SIREN"),
        ({"rcs_city": None}, "immatriculation au RCS"),
        ({"share_capital": None}, "capital social"),
        ({"legal_form": None}, "forme juridique"),
    ],
)
def test_the_letter_of_a_company_bears_its_mentions(missing: dict[str, None], said: str) -> None:
    whole = replace(COMPANY, share_capital=ShareCapital(amount_cents=1_000_000))
    assert sender.creditor_identity(case_of(invoice(), creditor=whole)).outcome == "pass"
    found = sender.creditor_identity(case_of(invoice(), creditor=replace(whole, **missing)))
    assert found.outcome == "warn"
    assert said in found.detail


def test_a_sole_trader_says_so_and_a_private_person_needs_nothing() -> None:
    trader = replace(SOLE_TRADER, legal_form=None, siren="812345676")
    found = sender.creditor_identity(case_of(invoice(), creditor=trader))
    assert "entrepreneur individuel" in found.detail
    assert sender.creditor_identity(case_of(invoice(), creditor=INDIVIDUAL)).outcome == "pass"
