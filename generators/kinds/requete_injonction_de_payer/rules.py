"""What must hold before an order for payment is asked for (art. 1405 to 1407 CPC)."""

from __future__ import annotations

from collections.abc import Iterator

from generators.court_rules import (
    capitalisation_check,
    claimant_insolvency_check,
    court_of,
    date_check,
    debt_checks,
    disputed_checks,
    file_checks,
    language_check,
    near_limitation_check,
    needs_power,
)
from generators.kind import Facts
from law.case import Case
from law.checks import PAYMENT_ORDER, agency_mandate
from law.court_answers import ORDER_FOR_PAYMENT
from law.court_checks import CourtChoice
from law.court_map import CourtMap
from law.findings import Check
from law.qualities import activity_of
from law.rates import RateTables
from law.statement import statement
from law.wording import check

_REFERRAL = "/options/on_opposition/referral_court_id"


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a request; the court is looked for once the debt itself passes."""
    case, options = facts.case, facts.options
    found = [
        language_check(facts),
        date_check(facts, options),
        claimant_insolvency_check(case),
        *debt_checks(facts, rates, PAYMENT_ORDER),
        *disputed_checks(
            case,
            "Contestation ({what}) : l'injonction de payer finira sans doute par une opposition ; "
            "préférer l'assignation.",
            "art. 1416 CPC",
        ),
        *file_checks(case),
        *near_limitation_check(
            case,
            facts.as_of,
            "Prescription proche, {claim} : la requête n'interrompt pas la prescription, seule la "
            "signification de l'ordonnance l'interrompt (Cass. 1re civ., 10 juillet 1990, "
            "n° 89-13.345) ; préférer l'assignation.",
        ),
        *capitalisation_check(options),
        *_power_checks(facts),
        *_frais_checks(facts),
        *_commercial_alternative(case),
    ]
    if any(one.outcome == "refuse" for one in found):
        return found
    choice = court_of(facts, statement(case, facts.as_of, rates), ORDER_FOR_PAYMENT, options)
    return [
        *found,
        *choice.checks,
        *_referral(facts, choice),
        *_registry(choice),
    ]


def _power_checks(facts: Facts) -> Iterator[Check]:
    """Who may file: the creditor or any agent, the power of some being asked for.

    Sources:
        Art. 1407 CPC; Cass. 2e civ., 27 June 2002, n° 98-17.028: filing needs no mandate of
        representation in court. Registries ask for the power of who is no lawyer.
    """
    case = facts.case
    code, article, pointer = "signatory-power", "art. 1407 CPC", "/options/signatory"
    agent = case.representative
    if not needs_power(case, facts.options):
        text = "Le signataire n'a pas de pouvoir à justifier."
        yield check(code, "pass", article, pointer, text)
        return
    if agent is not None:
        pointer = "/case/representative"
        yield agency_mandate(case, facts.as_of)
        text = (
            "Après une opposition, une société de recouvrement ne représente le créancier que "
            "devant le tribunal de commerce, jusqu'à 10 000 €, munie d'un pouvoir spécial."
        )
        yield check("agent-on-opposition", "warn", "art. 762 et 853 CPC", pointer, text)
    text = (
        "Le signataire n'est ni le représentant légal, ni un avocat, ni un commissaire de "
        "justice : le pouvoir spécial joint est à signer par le créancier ou son représentant "
        "légal."
    )
    yield check(code, "warn", article, pointer, text)


def _frais_checks(facts: Facts) -> Iterator[Check]:
    if facts.options.frais_irrepetibles_cents:
        text = (
            "La somme de l'article 700 du code de procédure civile est demandée à part ; la "
            "pratique des greffes diffère sur ce point en injonction de payer."
        )
        pointer = "/options/frais_irrepetibles"
        yield check("frais-irrepetibles", "warn", "art. 700 CPC", pointer, text)


def _commercial_alternative(case: Case) -> Iterator[Check]:
    """The procedure of undisputed invoices between traders, told and no more."""
    debtor = case.debtor
    is_between_traders = debtor is not None and {
        activity_of(case.creditor),
        activity_of(debtor),
    } == {"commercial"}
    if (
        is_between_traders
        and all(claim.type == "invoice" for claim in case.claims)
        and not any(claim.disputed for claim in case.claims)
    ):
        text = (
            "Autre voie pour des factures non contestées entre commerçants : le recouvrement par "
            "commissaire de justice des articles L. 126-1 et suivants, dont le décret "
            "d'application est à vérifier."
        )
        article = "art. L. 126-1 CPCE"
        yield check("commercial-recovery-alternative", "pass", article, "/case/claims", text)


def _registry(choice: CourtChoice) -> Iterator[Check]:
    """What filing costs: a deposit before a commercial court, no stamp as far as is known.

    Sources:
        Art. 1425 CPC, written for the tribunal de commerce: a TAE is one by another name, the
        commercial chamber of a tribunal judiciaire is none. Art. 1635 bis Q CGI: the exemption of
        orders for payment was read in secondary sources only.
    """
    court, pointer = choice.court, "/options/court_id"
    if court is None:
        return
    if court.kind in {"TC", "TAE", "TMC"}:
        text = (
            "Les frais de greffe sont à consigner dans les quinze jours de la demande, à peine de "
            "caducité."
        )
        yield check("registry-deposit", "pass", "art. 1425 CPC", pointer, text)
    elif not court.is_commercial:
        text = (
            "Contribution pour l'aide juridique de 50 € : l'injonction de payer en serait "
            "exonérée, ce que le texte officiel n'a pas permis de vérifier."
        )
        yield check("court-stamp", "warn", "art. 1635 bis Q CGI", pointer, text)


def _referral(facts: Facts, choice: CourtChoice) -> Iterator[Check]:
    """The court to which the case is to go on opposition.

    Sources:
        Art. 1408 CPC: the creditor names the court it holds competent.
    """
    asked = facts.options.on_opposition
    if asked is None:
        return
    article = "art. 1408 CPC"
    court = CourtMap.load().courts.get(asked.referral_court_id)
    if court is None:
        text = "La juridiction de renvoi n'existe pas dans le référentiel : {court}."
        unknown = asked.referral_court_id
        yield check("court-unknown", "refuse", article, _REFERRAL, text, court=unknown)
        return
    competent = [each.court for each in choice.competent.courts] if choice.competent else []
    if court in competent:
        text = "Renvoi demandé devant {court}, compétent."
        yield check("referral-court", "pass", article, _REFERRAL, text, court=court.name)
    elif court.is_commercial and not any(each.is_commercial for each in competent):
        text = "{court} ne peut juger un débiteur qui n'est ni commerçant ni artisan."
        yield check("referral-court", "refuse", article, _REFERRAL, text, court=court.name)
    else:
        text = "Renvoi demandé devant {court} : compétence à vérifier."
        yield check("referral-court", "warn", article, _REFERRAL, text, court=court.name)
