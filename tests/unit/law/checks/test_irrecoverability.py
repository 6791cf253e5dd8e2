"""What a certificate of irrecoverability must rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from law.case import Channel, Insolvency, InsolvencyType, Step, StepType
from law.checks import irrecoverability
from law.findings import Outcome
from law.irrecoverability import OutsideTheCase, grounds
from tests.support.law_facts import OTHER_COMPANY, case_of, day, invoice

AS_OF = day("2026-11-22")
FUTILE = OutsideTheCase(futility="Créance de 90 €, frais estimés à 220 €.")


def step(
    on: str, type_: StepType, channel: Channel | None = None, outcome: str | None = None
) -> Step:
    """A step of a day."""
    return Step(on=day(on), type=type_, channel=channel, outcome=outcome)


ORDER = step("2026-02-02", "court_order", "court", "Il est fait droit à la demande")
VOID = step("2026-03-02", "enforcement", "court", "Infructueuse : compte débiteur")
AMICABLE = [
    step("2026-03-02", "reminder", "letter"),
    step("2026-03-09", "phone_call"),
    step("2026-04-01", "formal_notice", "registered_letter"),
]
SEARCH = step("2026-04-20", "tracing", "email", "Aucun bien connu")
RETURNED = step("2026-03-02", "undeliverable", "registered_letter")


@pytest.mark.parametrize(
    ("steps", "told", "outcome"),
    [
        pytest.param([], FUTILE, "refuse", id="nothing was done"),
        pytest.param(AMICABLE, FUTILE, "refuse", id="no finding on solvency"),
        pytest.param([*AMICABLE, SEARCH], None, "refuse", id="nothing on what a court would cost"),
        pytest.param([*AMICABLE, SEARCH], FUTILE, "warn", id="small claim: tax office weighs"),
        pytest.param([*AMICABLE[:2], SEARCH], FUTILE, "refuse", id="two steps"),
        pytest.param([AMICABLE[0]] * 3 + [SEARCH], FUTILE, "refuse", id="one channel"),
        pytest.param([ORDER, VOID], None, "pass", id="enforcement in vain"),
        pytest.param([VOID], None, "refuse", id="enforcement without a title"),
        pytest.param(
            [VOID, replace(ORDER, on=day("2026-03-03"))], None, "refuse", id="title after"
        ),
        pytest.param([ORDER, replace(VOID, outcome=None)], None, "refuse", id="no result told"),
        pytest.param(
            [ORDER, replace(VOID, outcome="Solde versé au créancier")], None, "refuse", id="paid"
        ),
        pytest.param(
            [replace(ORDER, outcome="Demande rejetée"), VOID], None, "refuse", id="no title won"
        ),
        pytest.param([ORDER, replace(VOID, on=day("2026-11-23"))], None, "refuse", id="to come"),
        pytest.param([RETURNED, SEARCH], None, "refuse", id="one search"),
        pytest.param([SEARCH, SEARCH], None, "refuse", id="searches, but no letter came back"),
        pytest.param(
            [RETURNED, step("2026-04-02", "tracing"), SEARCH], None, "pass", id="disappeared"
        ),
        pytest.param(
            [
                step("2026-03-02", "formal_notice", "registered_letter", "Retour NPAI"),
                step("2026-04-02", "tracing"),
                SEARCH,
            ],
            None,
            "pass",
            id="the notice itself came back",
        ),
        pytest.param(
            [RETURNED, SEARCH, step("2026-05-02", "tracing", None, "Nouvelle adresse à Riom")],
            None,
            "refuse",
            id="found again",
        ),
        pytest.param(
            [step("2026-03-02", "service", None, "PV de recherches, art. 659 CPC")],
            None,
            "pass",
            id="record of article 659",
        ),
    ],
)
def test_a_certificate_rests_on_what_was_done(
    steps: list[Step], told: OutsideTheCase | None, outcome: Outcome
) -> None:
    found = irrecoverability.certificate_steps(case_of(invoice(), steps=steps), AS_OF, told)
    assert (found.code, found.outcome) == ("insufficient-evidence", outcome)


@pytest.mark.parametrize(
    ("type_", "outcome"),
    [("liquidation", "pass"), ("receivership", "refuse"), ("safeguard", "refuse")],
)
def test_only_liquidation_proves_it_by_itself(type_: InsolvencyType, outcome: Outcome) -> None:
    insolvency = Insolvency(type=type_, opened_on=day("2026-05-04"))
    debtor = replace(OTHER_COMPANY, insolvency=insolvency)
    case = case_of(invoice(), debtor=debtor, steps=[AMICABLE[0]])
    assert irrecoverability.certificate_steps(case, AS_OF).outcome == outcome
    assert irrecoverability.certificate_steps(case, day("2026-05-03")).outcome == "refuse"


@pytest.mark.parametrize(
    ("closed_on", "code", "established_on"),
    [
        (None, "LJ", "2026-05-04"),
        ("2026-10-01", "LJ_CLOTURE", "2026-10-01"),
        ("2026-12-01", "LJ", "2026-05-04"),
        ("2026-01-01", "LJ", "2026-05-04"),
    ],
)
def test_a_liquidation_dates_from_its_judgment_or_its_closing(
    closed_on: str | None, code: str, established_on: str
) -> None:
    insolvency = Insolvency(type="liquidation", opened_on=day("2026-05-04"))
    case = case_of(invoice(), debtor=replace(OTHER_COMPANY, insolvency=insolvency))
    told = OutsideTheCase(
        liquidation_closed_on=date.fromisoformat(closed_on) if closed_on else None
    )
    (found,) = grounds(case, AS_OF, told)
    assert (found.code, found.established_on) == (code, day(established_on))


def test_irrecoverability_dates_from_the_last_void_deed_not_from_the_certificate() -> None:
    later = replace(VOID, on=day("2026-06-01"), outcome="Procès-verbal de carence")
    (found,) = grounds(case_of(invoice(), steps=[ORDER, VOID, later]), AS_OF, OutsideTheCase())
    assert (found.code, found.established_on, list(found.steps)) == (
        "EXEC_VAINE", day("2026-06-01"), [1, 2],
    )  # fmt: skip


def test_a_contested_claim_waits_for_a_decision() -> None:
    case = case_of(invoice(disputed=True))
    assert irrecoverability.litigious_claims(case, AS_OF).outcome == "refuse"
    judged = replace(case, steps=[step("2026-03-02", "court_order")])
    assert irrecoverability.litigious_claims(judged, AS_OF).outcome == "pass"


def test_a_dispute_after_the_decision_waits_for_another() -> None:
    steps = [step("2026-03-02", "court_order"), step("2026-05-02", "dispute")]
    found = irrecoverability.litigious_claims(case_of(invoice(), steps=steps), AS_OF)
    assert (found.outcome, found.pointer) == ("refuse", "/case/steps/1")


@pytest.mark.parametrize(
    "outcome",
    [
        "Infructueuse : compte débiteur", "Procès-verbal de carence", "Aucun bien saisissable",
        "Compte clôturé", "Solde nul", "Sans résultat", "Saisie vaine", "Échec",
        "Provision insuffisante", "Débiteur introuvable",
    ],
)  # fmt: skip
def test_the_failure_of_an_enforcement_is_read_in_its_outcome(outcome: str) -> None:
    steps = [ORDER, replace(VOID, outcome=outcome)]
    assert (
        irrecoverability.certificate_steps(case_of(invoice(), steps=steps), AS_OF).outcome == "pass"
    )


@pytest.mark.parametrize("outcome", [None, "Saisie de 320,00 €", "Fructueuse", "En cours"])
def test_an_enforcement_that_is_not_told_to_fail_proves_nothing(outcome: str | None) -> None:
    steps = [ORDER, replace(VOID, outcome=outcome)]
    found = irrecoverability.certificate_steps(case_of(invoice(), steps=steps), AS_OF)
    assert found.outcome == "refuse"
