"""Checks of acts by which a debtor undertakes to pay: of whom, what, until when, at what cost.

`generators.undertakings` has what such acts say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from generators.undertakings import CONSUMER_NOTICE_DAYS, is_consumer_matter, plan_of
from law.calendar import next_working_day, plus_months
from law.case import Case
from law.findings import Check
from law.french import count, date_longue, enumerate_and, euros
from law.instalments import MonthlyPlan, Plan, PlanImpossible, PlannedInstalment, out_of_order
from law.limitation import limitation
from law.wording import check, claim_name

_PLAN: Final = "/options/instalments"
_YEARS_OF_A_JUDGE: Final = 2
_OF_PROFESSIONALS: Final = frozenset({"ecb_plus", "legal_multiple"})
_CREDIT_REFORM: Final = date(2026, 11, 20)


def parties_checks(case: Case) -> list[Check]:
    """Whose undertakings the act is written for: not those of public bodies.

    Sources:
        Art. L. 2192-14 CCP: a public buyer's interest cannot be waived.
    """
    code, debtor = "party-not-supported", case.debtor
    if case.creditor.type == "public_body":
        text = "Une personne publique recouvre ses créances selon ses propres règles."
        return [check(code, "refuse", None, "/case/creditor/type", text)]
    if case.creditor.insolvency and case.creditor.insolvency.type == "liquidation":
        text = "Le créancier est en liquidation judiciaire : son liquidateur agit pour lui."
        return [check(code, "refuse", None, "/case/creditor/insolvency", text)]
    if debtor is None or debtor.type == "public_body":
        text = (
            "Le débiteur est une personne publique : elle paie selon la comptabilité publique, et "
            "il ne peut être renoncé aux intérêts moratoires."
        )
        return [check(code, "refuse", "art. L. 2192-14 CCP", "/case/debtor/type", text)]
    found = [
        check(code, "warn", None, f"/case/{role}/address/country",
              "Une partie est établie hors de France : la loi applicable est à vérifier.")
        for role, party in (("creditor", case.creditor), ("debtor", debtor))
        if party.address.country != "FR"
    ]  # fmt: skip
    text = "Les parties sont de droit privé et établies en France."
    return found or [check(code, "pass", None, "/case/debtor", text)]


def euros_check(case: Case) -> Check:
    """Whether the claims are in euros, in whose words the sum is written."""
    code = "currency-not-supported"
    for at, claim in enumerate(case.claims):
        if claim.currency != "EUR":
            text = "Seules les créances en euros sont proposées : {claim}."
            pointer = f"/case/claims/{at}/currency"
            return check(code, "refuse", None, pointer, text, claim=claim_name(claim))
    return check(code, "pass", None, "/case/claims", "Les créances sont en euros.")


def claims_mixed_check(case: Case) -> Check:
    """A cheque does not extinguish the claim that it was to pay: both would be owed twice.

    Sources:
        Art. L. 131-67 CMF.
    """
    code, article, pointer = "claims-mixed", "art. L. 131-67 CMF", "/case/claims"
    types = {claim.type for claim in case.claims}
    if len(types) > 1 and "cheque" in types:
        text = (
            "Un chèque impayé et d'autres créances ne se reconnaissent pas par le même acte : la "
            "créance que le chèque devait payer serait comptée deux fois."
        )
        return check(code, "refuse", article, pointer, text)
    return check(code, "pass", article, pointer, "Aucune créance n'est comptée deux fois.")


def consumer_claims_checks(case: Case) -> list[Check]:
    """What a consumer owes: the price, and the interest of the contract or the law.

    Sources:
        Art. L. 441-10 C. com. and L. 121-21 C. conso.: penalties of professionals are not for
        consumers. Art. L. 312-35-1 C. conso.: a loan of a professional is renegotiated first.
    """
    if case.debtor is None or case.debtor.is_professional:
        return []
    found = []
    for at, claim in enumerate(case.claims):
        agreed_interest = claim.late_interest
        if agreed_interest is not None and agreed_interest.basis in _OF_PROFESSIONALS:
            text = "Le taux des professionnels ne se réclame pas à un consommateur : {claim}."
            article = "art. L. 441-10 C. com. ; art. L. 121-21 C. conso."
            pointer = f"/case/claims/{at}/late_interest/basis"
            name = claim_name(claim)
            found.append(check("consumer-interest", "refuse", article, pointer, text, claim=name))
        if claim.type == "loan" and case.creditor.is_professional:
            text = (
                "Prêt d'un professionnel à un consommateur, {claim} : les règles du crédit à la "
                "consommation s'appliquent aux délais et aux renégociations ; à vérifier."
            )
            article, pointer = "art. L. 312-35-1 C. conso.", f"/case/claims/{at}/type"
            name = claim_name(claim)
            found.append(check("consumer-credit", "warn", article, pointer, text, claim=name))
    return found


def claims_not_due_checks(case: Case, as_of: date) -> list[Check]:
    """Debts that are not due yet may be put in an undertaking; a lawyer should know."""
    code, article = "claim-not-due", "art. 1305-2 C. civ."
    text = "Créance non échue comprise dans l'engagement, exigible le {day} : {claim}."
    found = [
        check(code, "warn", article, f"/case/claims/{at}/due_on", text,
              claim=claim_name(claim), day=date_longue(claim.due_on))
        for at, claim in enumerate(case.claims)
        if claim.due_on > as_of
    ]  # fmt: skip
    text = "Toutes les créances sont exigibles."
    return found or [check(code, "pass", article, "/case/claims", text)]


def limitation_waiver_checks(case: Case, as_of: date) -> list[Check]:
    """No consumer is made to acknowledge a debt whose limitation is over.

    Sources:
        Art. L. 218-1 C. conso.: limitation is neither lengthened nor waived by agreement.
    """
    code, article = "limitation-waived", "art. L. 218-1 C. conso."
    if not is_consumer_matter(case):
        text = "Le débiteur n'est pas un consommateur face à un professionnel."
        return [check(code, "pass", article, "/case/debtor", text)]
    found = []
    for at, claim in enumerate(case.claims):
        limit = limitation(case, claim, as_of)
        confirmed = limit.if_confirmed_on
        is_saved = confirmed is not None and next_working_day(confirmed) >= as_of
        if limit.outcome == "expired" and not is_saved:
            text = (
                "Prescription acquise depuis le {day}, {claim} : la reconnaissance demandée à un "
                "consommateur y renoncerait."
            )
            found.append(
                check(
                    code, "refuse", article, f"/case/claims/{at}/due_on", text,
                    day=date_longue(limit.last_day), claim=claim_name(claim),
                )
            )  # fmt: skip
    text = "Aucune créance prescrite n'est reconnue."
    return found or [check(code, "pass", article, "/case/claims", text)]


def free_of_charge_checks(case: Case, as_of: date, *, cost_at: str | None) -> list[Check]:
    """Time given to a consumer costs nothing, or else it is consumer credit.

    Args:
        case: The facts.
        as_of: Day of the act.
        cost_at: Pointer to what the time would cost, if anything.

    Sources:
        Art. L. 312-4 C. conso.; its numbering since the reform of 20 November 2026 is not known.
    """
    code, article = "consumer-plan-cost", "art. L. 312-4 C. conso."
    if not is_consumer_matter(case):
        text = "Le débiteur n'est pas un consommateur face à un professionnel."
        return [check(code, "pass", article, "/case/debtor", text)]
    if cost_at is not None:
        text = (
            "Les délais accordés à un consommateur ne portent ni intérêts ni frais : ils seraient "
            "un crédit à la consommation."
        )
        return [check(code, "refuse", article, cost_at, text)]
    text = "Aucun intérêt ni frais ne s'ajoute à la dette du consommateur."
    found = [check(code, "pass", article, "/options", text)]
    if as_of >= _CREDIT_REFORM:
        text = (
            "Crédit à la consommation réformé au 20 novembre 2026 (ord. n° 2025-880) : vérifier la "
            "rédaction en vigueur de l'exception pour délais de paiement sans frais."
        )
        found.append(check("consumer-credit-reform", "warn", article, "/options", text))
    return found


def instalment_checks(
    case: Case, plan: Plan, total_cents: int, written_on: date
) -> list[Check]:  # fmt: skip
    """The instalments pay the debt to the cent, one after the other, from the day of the act on.

    Sources:
        Art. 1342 C. civ.; art. 1343-5 C. civ. for how much time a judge gives.
    """
    try:
        instalments = plan_of(case, plan, total_cents)
    except PlanImpossible:
        text = "La dette de {total} ne se divise pas en autant d'échéances."
        total = euros(total_cents)
        return [check("instalments-total", "refuse", "art. 1342 C. civ.", _PLAN, text, total=total)]
    return [
        _total_check(instalments, total_cents),
        _order_check(instalments, plan),
        _past_check(instalments, plan, written_on),
        _working_days_check(instalments, plan),
        _length_check(instalments, written_on),
    ]


def _total_check(instalments: Sequence[PlannedInstalment], total_cents: int) -> Check:
    code, article = "instalments-total", "art. 1342 C. civ."
    paid = sum(instalment.amount_cents for instalment in instalments)
    values = {"paid": euros(paid), "total": euros(total_cents)}
    if paid != total_cents:
        text = (
            "Les échéances font {paid} et la dette est de {total} : elles doivent la payer au "
            "centime près, sans rien y ajouter."
        )
        return check(code, "refuse", article, _PLAN, text, **values)
    text = "Les échéances font exactement la dette, {total}."
    return check(code, "pass", article, _PLAN, text, **values)


def _order_check(instalments: Sequence[PlannedInstalment], plan: Plan) -> Check:
    code, article = "instalments-order", "art. 1342 C. civ."
    at = out_of_order(instalments)
    if at is None:
        return check(code, "pass", article, _PLAN, "Les échéances se suivent.")
    text = "L'échéance {number} ne tombe pas un jour ouvré postérieur à la précédente."
    pointer = _PLAN if isinstance(plan, MonthlyPlan) else f"{_PLAN}/{at}/due_on"
    return check(code, "refuse", article, pointer, text, number=str(at + 1))


def _past_check(instalments: Sequence[PlannedInstalment], plan: Plan, written_on: date) -> Check:
    code = "instalment-past"
    pointer = f"{_PLAN}/first_on" if isinstance(plan, MonthlyPlan) else f"{_PLAN}/0/due_on"
    first_on = instalments[0].wanted_on
    if first_on < written_on:
        text = "La première échéance, le {day}, est antérieure à l'acte."
        return check(code, "refuse", None, pointer, text, day=date_longue(first_on))
    text = "La première échéance n'est pas antérieure à l'acte."
    return check(code, "pass", None, pointer, text)


def _working_days_check(instalments: Sequence[PlannedInstalment], plan: Plan) -> Check:
    code = "instalment-moved"
    moved = [each for each in instalments if each.due_on != each.wanted_on]
    if not moved or isinstance(plan, MonthlyPlan):
        text = "Toutes les échéances tombent un jour ouvré."
        return check(code, "pass", None, _PLAN, text)
    text = "Échéances d'un jour non ouvré, reportées au jour ouvré suivant : {moved}."
    days = [
        f"du {date_longue(each.wanted_on)} au {date_longue(each.due_on)}" for each in moved
    ]  # fmt: skip
    return check(code, "warn", None, _PLAN, text, moved=enumerate_and(days))


def _length_check(instalments: Sequence[PlannedInstalment], written_on: date) -> Check:
    code, article = "plan-length", "art. 1343-5 C. civ."
    last_on = instalments[-1].due_on
    if last_on > plus_months(written_on, 12 * _YEARS_OF_A_JUDGE):
        text = "Le plan dépasse les deux années qu'un juge peut accorder : le vérifier."
        return check(code, "warn", article, _PLAN, text)
    text = "Le plan tient dans les deux années qu'un juge peut accorder."
    return check(code, "pass", article, _PLAN, text)


def notice_checks(case: Case, days: int) -> list[Check]:
    """A consumer's plan is lost only after a notice that leaves a reasonable time.

    Sources:
        Cass. 1re civ., 22 March 2023, n° 21-16.044; how long is enough is open.
    """
    if not is_consumer_matter(case) or days >= CONSUMER_NOTICE_DAYS:
        return []
    text = (
        "Un préavis de {days} avant la perte de l'échéancier est bref pour un consommateur : un "
        "délai qui n'est pas raisonnable rend la clause abusive."
    )
    article = "Cass. 1re civ., 22 mars 2023, n° 21-16.044"
    pointer, told = "/options/payment_deadline_days", count(days, "jour", "jours")
    return [check("plan-notice-period", "warn", article, pointer, text, days=told)]


def identity_checks(case: Case) -> list[Check]:
    """Who undertakes must not be mistaken for another: birth of a person, who acts for a firm.

    Sources:
        Practice (birth); art. 1153 C. civ.: who represents another binds it within its power.
    """
    debtor = case.debtor
    code, found = "debtor-identity", []
    if debtor is not None and debtor.type == "individual":
        wanted = {"birth_date": "sa date de naissance", "birth_place": "son lieu de naissance"}
        text = "Pour désigner le débiteur sans confusion, indiquer {what} : l'acte laisse un blanc."
        found = [
            check(code, "warn", "art. 1376 C. civ.", f"/case/debtor/{key}", text, what=what)
            for key, what in wanted.items()
            if getattr(debtor, key) is None and not debtor.is_professional
        ]
    elif debtor is not None and debtor.legal_representative is None:
        text = "Indiquer qui représente le débiteur : l'acte laisse un blanc."
        pointer = "/case/debtor/legal_representative"
        found = [check(code, "warn", "art. 1153 C. civ.", pointer, text)]
    text = "Le débiteur est désigné sans confusion."
    return found or [check(code, "pass", "art. 1376 C. civ.", "/case/debtor", text)]
