"""Checks that summonses share: hearing, attempt to settle, representation, costs.

Sources:
    Art. 54, 56, 750-1 to 763, 853 to 861-2 CPC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from generators.court_debt import claimed_cents
from generators.court_rules import (
    capitalisation_check,
    claimant_insolvency_check,
    court_of,
    date_check,
    debt_checks,
    file_checks,
    is_protection,
    language_check,
    needs_power,
)
from generators.kind import Facts
from generators.summons_options import SummonsOptions
from law.calendar import is_working_day
from law.case import Case
from law.checks import SUMMONS, agency_mandate, exhibits_present, lawyer_bar
from law.court_answers import Procedure
from law.court_map import Court
from law.findings import Check
from law.french import money
from law.parameters import value_on_or_first
from law.rates import RateTables
from law.statement import Statement
from law.wording import check, claim_name

Regime = Literal["civil_with_lawyer", "civil", "commercial_with_lawyer", "commercial"]
"""Which mentions a summons has: by court, and by whether a lawyer is compulsory."""

_HEARING_DAYS: Final = "court.summons_days"


def regime_of(
    case: Case, options: SummonsOptions, court: Court, statement: Statement, as_of: date
) -> Regime:
    """Which mentions a summons before a court must have.

    Sources:
        Art. 760, 761, 853 CPC: a lawyer above the threshold, summary proceedings included; never
        before the juge des contentieux de la protection.
    """
    threshold = value_on_or_first("court.without_lawyer_cents", as_of).value
    is_above = claimed_cents(statement) > threshold
    if court.is_commercial:
        return "commercial_with_lawyer" if is_above else "commercial"
    is_compulsory = is_above and not is_protection(case, options)
    return "civil_with_lawyer" if is_compulsory else "civil"


def summons_checks(
    facts: Facts,
    rates: RateTables,
    computed: Statement | None,
    procedure: Procedure,
) -> list[Check]:
    """The checks of every summons; ``computed`` is None where no statement can be made."""
    case, options = facts.case, facts.options
    found = [
        language_check(facts),
        date_check(facts, options),
        claimant_insolvency_check(case),
        *debt_checks(facts, rates, SUMMONS),
        exhibits_present(case, "art. 56 3° CPC"),
        *file_checks(case),
        *capitalisation_check(options),
        agency_mandate(case, facts.as_of),
        lawyer_bar(case),
        *_hearing_checks(facts, options),
        *_domicile_check(case),
        *_basis_checks(case),
    ]
    if computed is None or any(one.outcome == "refuse" for one in found):
        return found
    choice = court_of(facts, computed, procedure, options)
    found += choice.checks
    if choice.court is None:
        return found
    regime = regime_of(case, options, choice.court, computed, facts.as_of)
    return [
        *found,
        *_timetable(facts, regime, procedure),
        *_amicable_checks(facts, regime, computed, procedure),
        *_lawyer_checks(case, regime),
        *_agent_checks(case, regime),
        *_power_checks(facts, regime),
        *_money_checks(choice.court, regime),
    ]


def _hearing_checks(facts: Facts, options: SummonsOptions) -> Iterator[Check]:
    """Place, day and hour of the hearing, had from the registry first (art. 56 1°, 751 CPC)."""
    code, article, pointer = "hearing", "art. 56 1° et 751 CPC", "/options/hearing"
    hearing = options.hearing
    if hearing is None:
        text = (
            "Jour et heure de l'audience à obtenir du greffe et à porter sur le projet, à peine de "
            "nullité."
        )
        yield check(code, "warn", article, pointer, text)
        return
    if hearing.on <= (options.letter_date or facts.as_of):
        text = "L'audience n'est pas postérieure à l'acte."
        yield check(code, "refuse", article, f"{pointer}/on", text)
        return
    if not is_working_day(hearing.on):
        text = "L'audience tombe un samedi, un dimanche ou un jour férié : à vérifier."
        yield check(code, "warn", article, f"{pointer}/on", text)
        return
    yield check(code, "pass", article, pointer, "Le lieu, le jour et l'heure sont indiqués.")


def _timetable(facts: Facts, regime: Regime, procedure: Procedure) -> Iterator[Check]:
    """Time between the summons and the hearing on the merits.

    Sources:
        Art. 856, 857 CPC: service 15 days, filing 8 days before. Art. 754 CPC: filing 15 days
        before. Shorter with leave (art. 755, 858 CPC).
    """
    hearing = facts.options.hearing
    if hearing is None or procedure != "assignation_paiement":
        return
    left = (hearing.on - facts.as_of).days
    days = int(value_on_or_first(_HEARING_DAYS, facts.as_of).value)
    code, pointer = "hearing-time", "/options/hearing/on"
    is_commercial = regime.startswith("commercial")
    article = "art. 856, 857 et 858 CPC" if is_commercial else "art. 754 et 755 CPC"
    if left < days:
        text = (
            "Moins de quinze jours avant l'audience : l'assignation doit être délivrée quinze "
            "jours avant et remise au greffe huit jours avant, sauf abréviation autorisée."
            if is_commercial
            else "Moins de quinze jours avant l'audience : l'assignation doit être remise au "
            "greffe quinze jours avant, à peine de caducité, sauf abréviation autorisée."
        )
        yield check(code, "warn", article, pointer, text)
    else:
        text = "L'audience laisse le temps de délivrer l'assignation et de la remettre au greffe."
        yield check(code, "pass", article, pointer, text)


def _domicile_check(case: Case) -> Iterator[Check]:
    """A claimant abroad elects domicile in France; its lawyer's constitution does it."""
    is_abroad = case.creditor.address.country != "FR"
    has_lawyer = case.representative is not None and case.representative.role == "lawyer"
    if is_abroad and not has_lawyer:
        text = (
            "Demandeur établi hors de France : une élection de domicile en France est requise, à "
            "peine de nullité ; l'indiquer par un avocat."
        )
        pointer = "/case/creditor/address/country"
        yield check("elected-domicile", "refuse", "art. 753 et 855 CPC", pointer, text)


def _basis_checks(case: Case) -> Iterator[Check]:
    """A claim whose ground the case does not tell is argued by the lawyer."""
    for at, claim in enumerate(case.claims):
        if claim.legal_basis == "other":
            text = "Le fondement juridique est à compléter dans le projet : {claim}."
            pointer = f"/case/claims/{at}/legal_basis"
            name = claim_name(claim)
            yield check("legal-ground", "warn", "art. 56 2° CPC", pointer, text, claim=name)


def _amicable_checks(
    facts: Facts, regime: Regime, computed: Statement, procedure: Procedure
) -> Iterator[Check]:
    """Up to 5 000 € before the tribunal judiciaire, an attempt to settle comes first.

    Sources:
        Art. 750-1 CPC: conciliation, mediation or participatory procedure, or an exemption; a
        formal notice is none. It does not bind the commercial court.
    """
    code, article, pointer = "amicable-attempt", "art. 750-1 CPC", "/options/amicable"
    most = int(value_on_or_first("court.amicable_attempt_cents", facts.as_of).value)
    if regime.startswith("commercial") or claimed_cents(computed) > most:
        text = "Aucune tentative amiable préalable n'est exigée."
        yield check(code, "pass", article, pointer, text)
        return
    if facts.options.amicable is not None:
        text = "La tentative amiable, ou sa dispense, est indiquée."
        yield check(code, "pass", article, pointer, text)
        return
    text = (
        "Jusqu'à {most}, une conciliation, une médiation ou une procédure participative doit "
        "précéder la demande, à peine d'irrecevabilité relevée d'office, sauf dispense ; une mise "
        "en demeure n'en tient pas lieu."
    )
    outcome: Literal["warn", "refuse"] = "refuse" if procedure == "assignation_paiement" else "warn"
    yield check(code, outcome, article, pointer, text, most=money(most))


def _lawyer_checks(case: Case, regime: Regime) -> Iterator[Check]:
    code, pointer = "lawyer-required", "/case/representative"
    article = "art. 853 CPC" if regime.startswith("commercial") else "art. 760 et 761 CPC"
    has_lawyer = case.representative is not None and case.representative.role == "lawyer"
    if has_lawyer:
        yield check(code, "pass", article, pointer, "Un avocat agit pour le demandeur.")
    elif regime.endswith("_with_lawyer"):
        text = (
            "L'avocat est obligatoire : sa constitution et sa signature sont laissées à compléter "
            "dans le projet."
        )
        yield check(code, "warn", article, pointer, text)
    else:
        yield check(code, "pass", article, pointer, "L'avocat n'est pas obligatoire.")


def _agent_checks(case: Case, regime: Regime) -> Iterator[Check]:
    """A collection agency represents nobody before the tribunal judiciaire."""
    agent = case.representative
    if agent is None or agent.role != "collection_agency":
        return
    code, pointer = "agent-not-admitted", "/case/representative/role"
    if regime == "commercial":
        text = "Une personne du choix du créancier peut le représenter, munie d'un pouvoir spécial."
        yield check(code, "pass", "art. 853 CPC", pointer, text)
        return
    article = "art. 853 CPC" if regime == "commercial_with_lawyer" else "art. 762 CPC"
    text = "Une société de recouvrement ne peut représenter le créancier devant cette juridiction."
    yield check(code, "refuse", article, pointer, text)


def _power_checks(facts: Facts, regime: Regime) -> Iterator[Check]:
    if not needs_power(facts.case, facts.options):
        return
    article = "art. 853 CPC" if regime.startswith("commercial") else "art. 762 CPC"
    text = (
        "Le signataire n'est ni le représentant légal ni un avocat : le pouvoir spécial joint est "
        "à signer par le créancier ou son représentant légal, et la qualité du signataire à "
        "vérifier."
    )
    yield check("signatory-power", "warn", article, "/options/signatory", text)


def _money_checks(court: Court, regime: Regime) -> Iterator[Check]:
    """The stamp of civil cases, and what of the mentions is left to the lawyer."""
    if not court.is_commercial:
        text = (
            "Contribution pour l'aide juridique de 50 € due par le demandeur en matière civile "
            "devant le tribunal judiciaire."
        )
        article = "art. 1635 bis Q CGI"
        yield check("court-stamp", "warn", article, "/options/court_id", text)
    if court.kind == "TJ_CHAMBRE_COMMERCIALE":
        text = (
            "Chambre commerciale d'Alsace-Moselle : les mentions retenues sont celles du tribunal "
            "de commerce ; à vérifier."
        )
        yield check("alsace-moselle-mentions", "warn", None, "/options/court_id", text)
    if regime == "civil":
        text = (
            "Le rappel des dispositions de l'article 832 est résumé : en reproduire le texte en "
            "vigueur."
        )
        yield check("reminder-to-quote", "warn", "art. 753 CPC", "/options/court_id", text)
    elif regime.startswith("commercial"):
        text = (
            "Le rappel des dispositions de l'article 861-2 est résumé : en reproduire le texte en "
            "vigueur."
        )
        yield check("reminder-to-quote", "warn", "art. 855 CPC", "/options/court_id", text)
