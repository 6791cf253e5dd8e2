"""The court of a case: found from its parties, checked when the request names one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from law.case import Address, Case, Contract, Party
from law.court_checks import CourtChoice, competent_courts
from law.findings import Check
from law.qualities import activity_of
from tests.support.law_facts import (
    COMPANY,
    INDIVIDUAL,
    OTHER_COMPANY,
    PUBLIC_BUYER,
    SOLE_TRADER,
    case_of,
    day,
    invoice,
)

IP = "requete_injonction_de_payer"
SUMMONS = "assignation_paiement"
ASSOCIATION = replace(COMPANY, name="Les Amis de l'Essai", legal_form="Association loi 1901")


def at(
    party: Party, insee_code: str | None = None, postal_code: str = "", city: str = "", **more: str
) -> Party:
    """A party that lives elsewhere."""
    address = Address(
        lines=["1 rue de l'Essai"],
        postal_code=postal_code or party.address.postal_code,
        city=city or party.address.city,
        insee_code=insee_code,
        **more,
    )
    return replace(party, address=address)


def chosen(case: Case, procedure: Any = IP, **more: Any) -> CourtChoice:
    """The choice for 1 000 euros in November 2026, unless a test says otherwise."""
    facts = {"as_of": day("2026-11-22"), "amount_cents": 100_000, **more}
    return competent_courts(case, procedure, **facts)


def debtor_case(debtor: Party, **more: Any) -> Case:
    """A case of a company against a debtor."""
    return case_of(invoice(), debtor=debtor, **more)


def verdict(choice: CourtChoice) -> tuple[str | None, str, str]:
    """The court, and the first check."""
    first = choice.checks[0]
    return choice.court.id if choice.court else None, first.code, first.outcome


def found(choice: CourtChoice, code: str) -> Check:
    """The one check of a code."""
    (only,) = [check for check in choice.checks if check.code == code]
    return only


DINAN_CONSUMER = at(INDIVIDUAL, "22050", "22100", "Dinan")
DINAN_COMPANY = at(OTHER_COMPANY, "22050", "22100", "Dinan")


def test_the_default_court_is_taken_and_explained() -> None:
    choice = chosen(debtor_case(DINAN_COMPANY))
    assert verdict(choice) == ("tc-saint-malo", "competent-court", "pass")
    assert choice.checks[0].article == "art. L. 721-3 C. com. ; art. 1406 CPC"
    assert choice.checks[0].detail.startswith("Tribunal de commerce de Saint-Malo.")
    assert choice.checks[0].pointer == "/options/court_id"


@pytest.mark.parametrize(
    ("debtor", "procedure", "named", "expected"),
    [
        pytest.param(
            DINAN_COMPANY, IP, "tc-saint-malo", ("tc-saint-malo", "competent-court", "pass")
        ),
        pytest.param(DINAN_COMPANY, IP, "tc-rennes", (None, "wrong-court", "refuse")),
        pytest.param(DINAN_COMPANY, IP, "tj-saint-malo", (None, "wrong-court", "refuse")),
        pytest.param(DINAN_COMPANY, IP, "tc-nowhere", (None, "court-unknown", "refuse")),
        pytest.param(DINAN_CONSUMER, IP, "tc-saint-malo", (None, "wrong-court", "refuse")),
        pytest.param(
            DINAN_CONSUMER, IP, "tj-saint-malo", ("tj-saint-malo", "competent-court", "warn")
        ),
        pytest.param(DINAN_CONSUMER, IP, "tj-rennes", (None, "wrong-court", "refuse")),
        pytest.param(DINAN_COMPANY, SUMMONS, "tc-rennes", ("tc-rennes", "court-by-option", "warn")),
        pytest.param(DINAN_COMPANY, SUMMONS, "tj-rennes", (None, "wrong-court", "refuse")),
        pytest.param(DINAN_CONSUMER, SUMMONS, "tc-rennes", (None, "wrong-court", "refuse")),
    ],
)
def test_a_named_court_is_checked(
    debtor: Party, procedure: str, named: str, expected: tuple[str | None, str, str]
) -> None:
    assert verdict(chosen(debtor_case(debtor), procedure, court_id=named)) == expected


def test_a_wrong_court_names_the_right_one_and_its_article() -> None:
    refused = chosen(debtor_case(DINAN_CONSUMER), court_id="tc-saint-malo").checks[0]
    assert "Tribunal de proximité de Dinan" in refused.detail
    assert refused.article == "art. 1406 CPC ; art. L. 721-3 C. com."


def test_another_chamber_of_the_same_tribunal_is_a_warning_only() -> None:
    consumer = debtor_case(DINAN_CONSUMER)
    choice = chosen(consumer, amount_cents=1_000_001, court_id="tprx-dinan")
    assert verdict(choice) == ("tprx-dinan", "court-of-same-tribunal", "warn")
    assert choice.checks[0].article == "art. 82-1 CPC"


def test_a_creditor_without_trade_may_name_the_civil_court() -> None:
    case = debtor_case(DINAN_COMPANY, creditor=ASSOCIATION)
    assert verdict(chosen(case)) == ("tc-saint-malo", "competent-court", "pass")
    civil = chosen(case, court_id="tprx-dinan")
    assert verdict(civil) == ("tprx-dinan", "competent-court", "warn")
    assert found(civil, "acte-mixte").outcome == "warn"


@pytest.mark.parametrize(
    ("party", "activity"),
    [
        pytest.param(COMPANY, "commercial", id="SARL"),
        pytest.param(replace(COMPANY, legal_form="S.A.S."), "commercial", id="S.A.S."),
        pytest.param(
            replace(COMPANY, legal_form="Société à responsabilité limitée"),
            "commercial",
            id="SARL in full",
        ),
        pytest.param(
            replace(COMPANY, activity="agricultural"), "commercial", id="form before activity"
        ),
        pytest.param(replace(COMPANY, legal_form="SCI"), "civil", id="SCI"),
        pytest.param(replace(COMPANY, legal_form="EARL"), "civil", id="EARL"),
        pytest.param(ASSOCIATION, "civil", id="association"),
        pytest.param(replace(COMPANY, legal_form="SELARL"), None, id="SELARL: not told"),
        pytest.param(
            replace(COMPANY, legal_form="SELARL", activity="liberal"), "liberal", id="SELARL, told"
        ),
        pytest.param(replace(COMPANY, legal_form=None), None, id="no form"),
        pytest.param(INDIVIDUAL, "none", id="consumer"),
        pytest.param(SOLE_TRADER, "artisan", id="artisan"),
        pytest.param(replace(SOLE_TRADER, activity=None), None, id="EI says nothing"),
        pytest.param(
            replace(SOLE_TRADER, acts_as_professional=False), "none", id="artisan at home"
        ),
        pytest.param(PUBLIC_BUYER, "civil", id="public body"),
    ],
)
def test_form_and_activity_tell_the_quality_of_a_party(party: Party, activity: str | None) -> None:
    assert activity_of(party) == activity


def test_a_debtor_of_unknown_activity_is_asked_about() -> None:
    debtor = at(replace(SOLE_TRADER, activity=None), "22050", "22100", "Dinan")
    for named in (None, "tc-saint-malo"):
        choice = chosen(debtor_case(debtor), court_id=named)
        assert verdict(choice) == (None, "activity-unknown", "refuse")
        assert choice.checks[0].pointer == "/case/debtor/activity"


def test_a_form_that_overrides_the_stated_activity_is_said() -> None:
    choice = chosen(debtor_case(replace(DINAN_COMPANY, activity="agricultural")))
    assert verdict(choice) == ("tc-saint-malo", "competent-court", "pass")
    assert found(choice, "commercial-by-form").article == "art. L. 210-1 C. com."


def test_the_postcode_is_enough_when_its_courts_are_shared() -> None:
    assert verdict(chosen(debtor_case(OTHER_COMPANY)))[0] == "tc-clermont-ferrand"


def test_a_postcode_that_straddles_courts_is_resolved_by_the_town_else_refused() -> None:
    lajoux = at(OTHER_COMPANY, postal_code="01410", city="LAJOUX")
    assert verdict(chosen(debtor_case(lajoux)))[0] == "tc-lons-le-saunier"
    elsewhere = at(OTHER_COMPANY, postal_code="01410", city="Le Hameau")
    choice = chosen(debtor_case(elsewhere))
    assert verdict(choice) == (None, "postal-code-ambiguous", "refuse")
    assert "Mijoux (01247)" in choice.checks[0].detail
    assert choice.checks[0].pointer == "/case/debtor/address/insee_code"


@pytest.mark.parametrize(
    ("debtor", "pointer"),
    [
        (at(OTHER_COMPANY, postal_code="69433", city="Lyon Cedex 03"), "postal_code"),
        (at(OTHER_COMPANY, "22999"), "insee_code"),
    ],
)
def test_an_unknown_place_is_refused(debtor: Party, pointer: str) -> None:
    choice = chosen(debtor_case(debtor))
    assert verdict(choice) == (None, "commune-unknown", "refuse")
    assert choice.checks[0].pointer == f"/case/debtor/address/{pointer}"


def test_a_code_and_a_postcode_of_different_towns_are_a_warning() -> None:
    choice = chosen(debtor_case(at(OTHER_COMPANY, "22050", "75001", "Paris")))
    assert found(choice, "insee-postal-code-mismatch").outcome == "warn"
    assert "insee-postal-code-mismatch" not in {
        check.code for check in chosen(debtor_case(DINAN_COMPANY)).checks
    }


def test_a_debtor_abroad_is_not_for_the_order_for_payment() -> None:
    debtor = at(OTHER_COMPANY, postal_code="1000", city="Bruxelles", country="BE")
    assert verdict(chosen(debtor_case(debtor))) == (None, "debtor-abroad", "refuse")
    assert verdict(chosen(debtor_case(debtor), SUMMONS)) == (None, "debtor-abroad", "refuse")
    named = chosen(debtor_case(debtor), SUMMONS, court_id="tae-le-havre")
    assert verdict(named) == ("tae-le-havre", "debtor-abroad", "warn")
    assert found(named, "court-address-unknown").outcome == "warn"


def test_the_communities_overseas_are_not_abroad() -> None:
    reunion = at(OTHER_COMPANY, postal_code="97400", city="Saint-Denis", country="RE")
    assert verdict(chosen(debtor_case(reunion)))[0] == "tmc-saint-denis-de-la-reunion"


@pytest.mark.parametrize("insee_code", ["98613", "98735", "98818"])
def test_no_act_is_made_where_another_procedure_holds(insee_code: str) -> None:
    choice = chosen(debtor_case(at(OTHER_COMPANY, insee_code)))
    assert verdict(choice) == (None, "overseas-out-of-scope", "refuse")


@pytest.mark.parametrize("court_id", ["tpi-noumea", "tmc-papeete", "tpi-mata-utu"])
@pytest.mark.parametrize("procedure", [IP, SUMMONS])
def test_no_act_goes_to_a_court_of_another_procedure(court_id: str, procedure: str) -> None:
    abroad = at(OTHER_COMPANY, postal_code="1000", city="Bruxelles", country="BE")
    for debtor in (DINAN_COMPANY, DINAN_CONSUMER, abroad):
        choice = chosen(debtor_case(debtor), procedure, court_id=court_id)
        assert verdict(choice) == (None, "overseas-out-of-scope", "refuse")
        assert choice.checks[0].pointer == "/options/court_id"


def test_a_clause_is_void_for_the_order_and_to_be_checked_for_a_summons() -> None:
    case = debtor_case(DINAN_COMPANY, contract=Contract(jurisdiction_clause=True))
    assert found(chosen(case), "jurisdiction-clause").article == "art. 1406 CPC"
    assert found(chosen(case, SUMMONS), "jurisdiction-clause").article == "art. 48 CPC"


def test_a_public_debtor_is_warned_of_and_never_before_a_commercial_court() -> None:
    public = at(PUBLIC_BUYER, "22050", "22100", "Dinan")
    choice = chosen(debtor_case(public))
    assert verdict(choice) == ("tprx-dinan", "competent-court", "pass")
    assert found(choice, "debtor-public-body").outcome == "warn"
    in_trade = chosen(debtor_case(replace(public, activity="commercial")))
    assert found(in_trade, "debtor-public-body").outcome == "refuse"


def test_a_loan_to_a_consumer_is_consumer_credit_and_rent_is_a_lease() -> None:
    for kind in ("loan", "rent"):
        case = case_of(invoice(type=kind), debtor=DINAN_CONSUMER)
        choice = chosen(case, amount_cents=2_000_000)
        assert verdict(choice) == ("tprx-dinan", "competent-court", "pass")
        assert str(choice.checks[0].article).startswith("art. L. 213-4-4 et L. 213-4-5 COJ")


def test_claims_of_different_courts_need_an_act_each() -> None:
    loan = invoice("c2", type="loan")
    case = case_of(invoice(), loan, debtor=DINAN_CONSUMER)
    assert verdict(chosen(case))[0] == "tprx-dinan"
    choice = chosen(case, amount_cents=2_000_000)
    assert verdict(choice) == (None, "claims-of-several-courts", "refuse")
    seat = chosen(case, amount_cents=2_000_000, court_id="tj-saint-malo")
    assert seat.court is not None
    bill = case_of(invoice(), invoice("c2", legal_basis="bill_of_exchange"), debtor=DINAN_CONSUMER)
    assert verdict(chosen(bill)) == (None, "claims-of-several-courts", "refuse")


def test_co_ownership_takes_the_commune_of_the_building() -> None:
    case = debtor_case(at(INDIVIDUAL, "75112", "75012", "Paris"), creditor=ASSOCIATION)
    choice = chosen(case, matter="co_ownership", insee_code="22050")
    assert verdict(choice)[0] == "tprx-dinan"
    assert found(choice, "co-ownership-building").outcome == "warn"


def test_only_the_address_of_the_court_seised_is_asked_for() -> None:
    havre = at(OTHER_COMPANY, "76351", "76600", "Le Havre")
    assert found(chosen(debtor_case(havre)), "court-address-unknown").outcome == "warn"
    case = debtor_case(havre, creditor=ASSOCIATION)
    named = chosen(case, court_id="tj-le-havre")
    assert "court-address-unknown" not in {check.code for check in named.checks}


def test_a_case_without_debtor_has_no_court() -> None:
    with pytest.raises(ValueError, match="debtor"):
        chosen(Case(reference="T-1", creditor=COMPANY))
