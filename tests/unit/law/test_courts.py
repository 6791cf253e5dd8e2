"""Which court: the decision order, its articles, its bounds a cent and a day to either side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from law.court_answers import CompetentCourts, CourtQuestion
from law.court_map import COURT_KINDS, CourtMap
from law.courts import courts_for
from law.parameters import ValueNotCovered

MAP = CourtMap.load()
IP = "requete_injonction_de_payer"
SUMMONS = "assignation_paiement"
REFERE = "assignation_refere_provision"
DAY = date(2026, 11, 22)
BORDEAUX = "33063"  # no tribunal de proximité of its own, tribunal de commerce
DINAN = "22050"  # tribunal de proximité, in the ressort of Saint-Malo
PARIS = "75056"
STRASBOURG = "67482"
HAGUENAU = "67180"


def answer(insee_code: str, procedure: str = IP, **facts: Any) -> CompetentCourts:
    """The courts for a claim of a trader on a trader unless facts say otherwise."""
    question: dict[str, Any] = {
        "procedure": procedure,
        "creditor_activity": "commercial",
        "debtor_activity": "commercial",
        "amount_cents": 100_000,
        "as_of": DAY,
        **facts,
    }
    return courts_for(MAP.commune(insee_code), CourtQuestion(**question))


def ids(found: CompetentCourts) -> list[str]:
    """The courts of an answer, the default marked."""
    return [f"{each.court.id}{' *' * each.is_default}" for each in found.courts]


def codes(found: CompetentCourts) -> set[str]:
    """The codes of the warnings of an answer."""
    return {warning.code for warning in found.warnings}


# Step 1: juge des contentieux de la protection.


@pytest.mark.parametrize("matter", ["consumer_credit", "residential_lease"])
@pytest.mark.parametrize("amount", [1_00, 10_000_00, 10_000_01, 80_000_00])
def test_credit_and_lease_go_to_the_protection_judge_nearby_whatever_the_sum(
    matter: str, amount: int
) -> None:
    found = answer(DINAN, matter=matter, debtor_activity="none", amount_cents=amount)
    assert ids(found) == ["tprx-dinan *", "tj-saint-malo"]
    assert found.courts[0].article == "art. L. 213-4-4 et L. 213-4-5 COJ ; art. 1406 CPC"
    assert "juge des contentieux de la protection" in found.courts[0].reason
    assert found.courts[1].article == "art. 82-1 CPC"


@pytest.mark.parametrize("debtor", ["none", "commercial", None])
def test_the_protection_judge_does_not_depend_on_the_trade_of_the_debtor(debtor: Any) -> None:
    found = answer(BORDEAUX, matter="consumer_credit", debtor_activity=debtor)
    assert ids(found) == ["tj-bordeaux *"]


# Step 2: between traders and artisans.


@pytest.mark.parametrize("creditor", ["commercial", "artisan"])
@pytest.mark.parametrize("debtor", ["commercial", "artisan"])
@pytest.mark.parametrize("amount", [1_00, 10_000_00, 10_000_01, 1_000_000_00])
def test_traders_and_artisans_go_to_the_commercial_court_whatever_the_sum(
    creditor: str, debtor: str, amount: int
) -> None:
    facts = {"creditor_activity": creditor, "debtor_activity": debtor, "amount_cents": amount}
    found = answer(BORDEAUX, **facts)
    assert ids(found) == ["tc-bordeaux *"]
    assert found.courts[0].article == "art. L. 721-3 C. com. ; art. 1406 CPC"
    assert codes(found) == set()


@pytest.mark.parametrize(
    ("insee_code", "court", "kind", "article"),
    [
        pytest.param(DINAN, "tc-saint-malo", "TC", "art. L. 721-3 C. com.", id="Dinan"),
        pytest.param("26362", "tc-romans", "TC", "art. L. 721-3 C. com.", id="Valence"),
        pytest.param("38053", "tc-vienne", "TC", "art. L. 721-3 C. com.", id="Bourgoin-Jallieu"),
        pytest.param("25388", "tc-belfort", "TC", "art. L. 721-3 C. com.", id="Montbéliard"),
        pytest.param(PARIS, "tae-paris", "TAE", "art. L. 721-3 C. com.", id="Paris"),
        pytest.param("75116", "tae-paris", "TAE", "art. L. 721-3 C. com.", id="Paris 16e"),
        pytest.param("69383", "tae-lyon", "TAE", "art. L. 721-3 C. com.", id="Lyon 3e"),
        pytest.param("13216", "tae-marseille", "TAE", "art. L. 721-3 C. com.", id="Marseille"),
        pytest.param(
            STRASBOURG, "tjcc-strasbourg", "TJ_CHAMBRE_COMMERCIALE", "art. L. 731-1", id="67"
        ),
        pytest.param("68224", "tjcc-mulhouse", "TJ_CHAMBRE_COMMERCIALE", "art. L. 731-1", id="68"),
        pytest.param("57463", "tjcc-metz", "TJ_CHAMBRE_COMMERCIALE", "art. L. 731-1", id="57"),
        pytest.param("97120", "tmc-pointe-a-pitre", "TMC", "art. L. 731-1 et s.", id="971"),
        pytest.param("97209", "tmc-fort-de-france", "TMC", "art. L. 731-1 et s.", id="972"),
        pytest.param("97302", "tmc-cayenne", "TMC", "art. L. 731-1 et s.", id="973"),
        pytest.param(
            "97411", "tmc-saint-denis-de-la-reunion", "TMC", "art. L. 731-1 et s.", id="974"
        ),
        pytest.param("97611", "tmc-mamoudzou", "TMC", "art. L. 731-1 et s.", id="976"),
    ],
)
def test_the_commercial_court_is_that_of_the_commune(
    insee_code: str, court: str, kind: str, article: str
) -> None:
    (found,) = answer(insee_code).courts
    assert (found.court.id, found.court.kind, found.is_default) == (court, kind, True)
    assert article in found.article


def test_a_bill_of_exchange_is_commercial_even_for_a_consumer() -> None:
    found = answer(BORDEAUX, debtor_activity="none", is_bill_of_exchange=True)
    assert ids(found) == ["tc-bordeaux *"]
    assert found.courts[0].article.startswith("art. L. 110-1 10° et L. 721-3 C. com.")
    assert "bill-of-exchange" in codes(found)


# Step 3: acte mixte.


@pytest.mark.parametrize("creditor", ["liberal", "agricultural", "civil", "none"])
def test_a_creditor_without_trade_may_choose_against_a_trader(creditor: str) -> None:
    found = answer(BORDEAUX, creditor_activity=creditor)
    assert ids(found) == ["tc-bordeaux *", "tj-bordeaux"]
    assert codes(found) == {"acte-mixte"}


def test_the_choice_against_an_artisan_is_said_to_be_unsure() -> None:
    found = answer(BORDEAUX, creditor_activity="liberal", debtor_activity="artisan")
    assert ids(found) == ["tc-bordeaux *", "tj-bordeaux"]
    assert codes(found) == {"acte-mixte", "acte-mixte-artisan"}


def test_an_unknown_creditor_leaves_the_commercial_court_as_default() -> None:
    found = answer(BORDEAUX, creditor_activity=None)
    assert ids(found) == ["tc-bordeaux *", "tj-bordeaux"]
    assert codes(found) == {"creditor-activity-unknown"}


@pytest.mark.parametrize(
    ("amount", "other"),
    [(9_999_99, "tprx-dinan"), (10_000_00, "tprx-dinan"), (10_000_01, "tj-saint-malo")],
)
def test_the_civil_court_of_a_choice_depends_on_the_sum(amount: int, other: str) -> None:
    found = answer(DINAN, creditor_activity="liberal", amount_cents=amount)
    assert ids(found)[:2] == ["tc-saint-malo *", other]


# Steps 4 and 5: a debtor without trade.


@pytest.mark.parametrize("debtor", ["liberal", "agricultural", "civil", "none"])
@pytest.mark.parametrize("creditor", ["commercial", "artisan", "liberal", "none", None])
@pytest.mark.parametrize("insee_code", [BORDEAUX, PARIS, STRASBOURG, "97209", HAGUENAU])
def test_a_debtor_without_trade_never_goes_to_the_commercial_court(
    debtor: str, creditor: Any, insee_code: str
) -> None:
    for amount in (100, 1_000_000, 1_000_001, None):
        facts = {
            "creditor_activity": creditor,
            "debtor_activity": debtor,
            "amount_cents": amount,
        }
        found = answer(insee_code, **facts)
        assert {each.court.kind for each in found.courts} <= {"TJ", "TPRX"}


def test_where_the_seat_serves_itself_it_judges_whatever_the_sum() -> None:
    for amount in (100, 1_000_000, 1_000_001, None):
        found = answer(BORDEAUX, debtor_activity="none", amount_cents=amount)
        assert ids(found) == ["tj-bordeaux *"]
        assert found.courts[0].article == "art. L. 721-3 C. com. a contrario ; art. 1406 CPC"


@pytest.mark.parametrize(
    ("amount", "courts", "article"),
    [
        pytest.param(
            9_999_99, ["tprx-dinan *", "tj-saint-malo"], "art. L. 212-8 et", id="a cent below"
        ),
        pytest.param(
            10_000_00, ["tprx-dinan *", "tj-saint-malo"], "art. L. 212-8 et", id="10 000 euros"
        ),
        pytest.param(10_000_01, ["tj-saint-malo *"], "art. L. 721-3 C. com. a c", id="a cent more"),
    ],
)
def test_small_claims_go_to_the_court_nearby(amount: int, courts: list[str], article: str) -> None:
    found = answer(DINAN, debtor_activity="none", amount_cents=amount)
    assert ids(found) == courts
    assert found.courts[0].article.startswith(article)
    assert ("proximity-list" in codes(found)) == (len(courts) == 2)


def test_without_a_sum_no_court_is_the_default_where_the_sum_decides() -> None:
    found = answer(DINAN, debtor_activity="none", amount_cents=None)
    assert ids(found) == ["tj-saint-malo", "tprx-dinan"]
    assert found.default is None
    assert "amount-unknown" in codes(found)


def test_without_the_trade_of_the_debtor_no_court_is_the_default() -> None:
    found = answer(BORDEAUX, debtor_activity=None)
    assert ids(found) == ["tc-bordeaux", "tj-bordeaux"]
    assert "debtor-activity-unknown" in codes(found)


# Step 7: charges of co-ownership.


def test_co_ownership_goes_to_the_court_of_the_building_with_a_warning() -> None:
    found = answer(DINAN, matter="co_ownership", debtor_activity="civil")
    assert ids(found) == ["tprx-dinan *", "tj-saint-malo"]
    assert found.courts[0].article.endswith("art. 60 décret n° 67-223 du 17 mars 1967")
    assert "art. 1406" not in found.courts[0].article
    assert "co-ownership-building" in codes(found)


def test_a_co_owner_in_trade_is_said_to_be_unsure() -> None:
    found = answer(BORDEAUX, matter="co_ownership", creditor_activity="civil")
    assert ids(found) == ["tj-bordeaux *"]
    assert {"co-ownership-building", "co-ownership-trader"} <= codes(found)


# Summons.


@pytest.mark.parametrize("procedure", [SUMMONS, REFERE])
def test_a_summons_rests_on_the_home_of_the_defendant_and_names_the_other_place(
    procedure: str,
) -> None:
    found = answer(BORDEAUX, procedure)
    assert ids(found) == ["tc-bordeaux *"]
    assert found.courts[0].article == "art. L. 721-3 C. com. ; art. 42 CPC"
    assert codes(found) == {"territorial-option"}


def test_the_place_of_a_lease_is_said_not_to_be_verified_for_a_summons() -> None:
    assert "lease-territory" in codes(answer(BORDEAUX, SUMMONS, matter="residential_lease"))
    assert "lease-territory" not in codes(answer(BORDEAUX, matter="residential_lease"))


# What is told beside.


@pytest.mark.parametrize(
    ("as_of", "code"),
    [
        (date(2028, 12, 30), "tae-experiment"),
        (date(2028, 12, 31), "tae-experiment"),
        (date(2029, 1, 1), "tae-experiment-over"),
    ],
)
def test_the_experiment_of_the_tae_ends_with_2028(as_of: date, code: str) -> None:
    found = answer(PARIS, as_of=as_of)
    assert codes(found) == {code}
    assert any("31 décembre 2028" in warning.detail for warning in found.warnings)


@pytest.mark.parametrize(
    ("amount", "owed"), [(49_999_99, False), (50_000_00, False), (50_000_01, True)]
)
def test_a_tae_asks_for_a_contribution_above_50_000_euros(amount: int, owed: bool) -> None:  # noqa: FBT001 - a column
    assert ("tae-contribution" in codes(answer(PARIS, amount_cents=amount))) == owed
    assert "tae-contribution" not in codes(answer(BORDEAUX, amount_cents=amount))


@pytest.mark.parametrize(
    ("as_of", "covered"),
    [(date(2024, 12, 31), False), (date(2025, 1, 1), True), (date(2025, 1, 2), True)],
)
def test_a_day_before_the_map_holds_is_refused(as_of: date, covered: bool) -> None:  # noqa: FBT001 - a column
    if covered:
        assert ids(answer(PARIS, as_of=as_of)) == ["tae-paris *"]
    else:
        with pytest.raises(ValueNotCovered):
            answer(PARIS, as_of=as_of)


def test_alsace_moselle_is_said_where_its_chamber_answers() -> None:
    order = next(w for w in answer(STRASBOURG).warnings if w.code == "alsace-moselle")
    assert "1425" in order.detail
    assert str(order.article).endswith("annexe du CPC, art. 46")
    summons = next(w for w in answer(STRASBOURG, SUMMONS).warnings if w.code == "alsace-moselle")
    assert "1425" not in summons.detail
    bill = answer(STRASBOURG, debtor_activity="none", is_bill_of_exchange=True)
    assert "alsace-moselle" in codes(bill)
    assert "alsace-moselle" not in codes(answer(STRASBOURG, debtor_activity="none"))


@pytest.mark.parametrize("insee_code", ["98613", "98735", "98818"])
@pytest.mark.parametrize("debtor", ["commercial", "none"])
def test_places_with_a_procedure_of_their_own_have_no_default(insee_code: str, debtor: str) -> None:
    found = answer(insee_code, debtor_activity=debtor)
    assert found.courts
    assert found.default is None
    assert "overseas-out-of-scope" in codes(found)


@pytest.mark.parametrize("insee_code", ["97502", "98411", "98901"])
def test_places_whose_law_was_not_read_are_said_to_be_unsure(insee_code: str) -> None:
    found = answer(insee_code)
    assert found.default is not None
    assert "overseas-unverified" in codes(found)


def test_a_court_that_is_both_is_named_once() -> None:
    found = answer("97502", creditor_activity="liberal")
    assert ids(found) == ["tpi-saint-pierre-et-miquelon *"]


@pytest.mark.parametrize(
    ("insee_code", "debtor"),
    [
        ("26362", "none"),
        ("76351", "commercial"),
        ("97105", "commercial"),
        ("97416", "commercial"),
        ("98735", "commercial"),
        ("98818", "commercial"),
    ],
)
def test_a_court_without_a_known_address_says_so(insee_code: str, debtor: str) -> None:
    found = answer(insee_code, debtor_activity=debtor)
    assert found.courts[0].court.address is None
    assert "court-address-unknown" in codes(found)


def test_a_former_commune_and_a_derived_court_are_said() -> None:
    assert "former-commune" in codes(answer("59540"))
    derived = [c for c in MAP.communes() if c.note == "derived"]
    assert len(derived) == 16
    for commune in derived:
        assert "commercial-court-derived" in codes(answer(commune.insee_code))
        assert (
            "commercial-court-derived"
            not in codes(answer(commune.insee_code, debtor_activity="none"))
            or commune.ressort.commercial is commune.ressort.tribunal_judiciaire
        )


# Every commune.


@pytest.mark.parametrize("procedure", [IP, SUMMONS])
@pytest.mark.parametrize(
    ("creditor", "debtor", "matter"),
    [
        ("commercial", "commercial", "contract"),
        ("liberal", "artisan", "contract"),
        ("commercial", "none", "contract"),
        (None, None, "contract"),
        ("commercial", "none", "consumer_credit"),
        ("none", "none", "residential_lease"),
        ("civil", "civil", "co_ownership"),
    ],
)
def test_every_commune_answers(procedure: Any, creditor: Any, debtor: Any, matter: Any) -> None:
    question = CourtQuestion(
        procedure=procedure,
        creditor_activity=creditor,
        debtor_activity=debtor,
        matter=matter,
        amount_cents=5_000_00,
        as_of=DAY,
    )
    answered = 0
    for commune in MAP.communes():
        found = courts_for(commune, question)
        assert found.courts
        assert sum(each.is_default for each in found.courts) <= 1
        is_told = matter != "contract" or debtor is not None
        is_covered = commune.department not in {"986", "987", "988"}
        assert (found.default is not None) == (is_told and is_covered)
        for each in found.courts:
            assert each.court in commune.ressort
            assert each.court.kind in COURT_KINDS
            assert each.reason
            assert each.article
        answered += 1
    assert answered == 35_031
