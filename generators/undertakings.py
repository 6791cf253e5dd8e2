"""What acts share by which a debtor undertakes to pay: the debt, its instalments, who undertakes.

Amounts are those of the statement and of `law.instalments`; nothing is computed here but sums of
what they hold. The blocks of `templates.builder.undertakings` print these values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from generators.letters import full_identity, printed_name, sender
from law.calendar import next_working_day, plus_months, region_of
from law.case import Case, Party
from law.findings import Check
from law.french import (
    NBSP,
    agreed,
    count,
    date_courte,
    date_longue,
    date_unbroken,
    enumerate_and,
    euros,
    typographic,
)
from law.instalments import (
    MonthlyPlan,
    Plan,
    PlanImpossible,
    PlannedInstalment,
    out_of_order,
    planned,
)
from law.limitation import limitation
from law.number_words import amount_in_words
from law.statement import Statement
from law.wording import check, claim_name

BLANK: Final = "\u2026" * 14
"""What a person fills in by hand."""
_MINUS: Final = "\u2212"
_PLAN: Final = "/options/instalments"
_YEARS_OF_A_JUDGE: Final = 2
_NOTICE_DAYS: Final = 8
_CONSUMER_NOTICE_DAYS: Final = 15
_CREDIT_REFORM: Final = date(2026, 11, 20)


# -- values -------------------------------------------------------------------------------------


def words_of(cents: int) -> str:
    """A sum in words, as printed."""
    return typographic(amount_in_words(cents))


def mention_of(cents: int) -> str:
    """What the debtor writes himself: the sum in words and in figures (art. 1376 C. civ.)."""
    told = f"Je reconnais devoir la somme de {amount_in_words(cents)}, soit"
    return f"«{NBSP}{typographic(told)} {euros(cents)}.{NBSP}»"


def debt_summary(case: Case, statement: Statement) -> dict[str, Any]:
    """The debt claim by claim, by kind of sum, and in all, for any kind of claim and debtor.

    Returns:
        ``rows`` (``index``, ``what``, ``issued_on``, ``due_on``, ``amount``, ``outstanding``),
        ``outstanding`` their total, ``recap`` the sums by kind (empty when principal alone is
        owed), ``figures`` and ``words`` of all that is owed, ``mention`` which the debtor writes,
        ``as_of``.
    """
    claims = {claim.id: claim for claim in case.claims}
    rows = []
    for index, row in enumerate(statement.claims, start=1):
        claim = claims[row.id]
        name = claim_name(claim)
        what = f" \u2013 {claim.description}" if claim.description else ""
        rows.append(
            {
                "index": str(index),
                "what": f"{name[0].upper()}{name[1:]}{what}",
                "issued_on": date_courte(claim.issued_on) if claim.issued_on else "\u2013",
                "due_on": date_courte(claim.due_on),
                "amount": euros(claim.amount_incl_tax_cents),
                "outstanding": euros(row.outstanding_cents),
            }
        )
    due = statement.totals.due_cents
    return {
        "rows": rows,
        "outstanding": euros(sum(row.outstanding_cents for row in statement.claims)),
        "recap": _recap(case, statement),
        "figures": euros(due),
        "words": words_of(due),
        "mention": mention_of(due),
        "as_of": date_unbroken(statement.as_of),
    }


def _recap(case: Case, statement: Statement) -> list[dict[str, str]]:
    """Each kind of sum apart; an agency tells it even when there is one (R. 124-4 3° CPCE)."""
    totals = statement.totals
    credited = " (avoirs déduits)" if case.credit_notes else ""
    lines = [
        (f"Principal{credited}", totals.principal_cents),
        (f"Intérêts de retard au {date_unbroken(statement.as_of)}", totals.interest_cents),
        ("Indemnité forfaitaire pour frais de recouvrement", totals.fixed_indemnity_cents),
        ("Clause pénale", totals.penalty_clause_cents),
        ("Frais à la charge du débiteur", totals.costs_cents),
        ("Règlements reçus", -totals.paid_cents),
    ]
    kept = [(label, cents) for label, cents in lines if cents]
    through_agency = case.representative and case.representative.role == "collection_agency"
    if len(kept) == 1 and not through_agency:
        return []
    return [
        {"label": label, "amount": euros(cents) if cents > 0 else f"{_MINUS}{NBSP}{euros(-cents)}"}
        for label, cents in kept
    ]


def contract_named(case: Case) -> dict[str, str | None]:
    """The contract from which the debt comes, when the case tells it."""
    contract = case.contract
    signed_on = contract.signed_on if contract else None
    return {
        "reference": contract.reference if contract else None,
        "signed_on": date_unbroken(signed_on) if signed_on else None,
    }


def plan_of(case: Case, plan: Plan, total_cents: int) -> list[PlannedInstalment]:
    """The instalments of a debt, on the working days of the debtor's place.

    Raises:
        PlanImpossible: as `law.instalments.planned`.
    """
    if case.debtor is None:
        raise ValueError("instalments need a debtor")
    return planned(plan, total_cents, region_of(case.debtor.address))


def plan_values(instalments: Sequence[PlannedInstalment]) -> dict[str, Any]:
    """The instalments as the rows of a table, how many they are, when the first and last fall."""
    total = sum(instalment.amount_cents for instalment in instalments)
    return {
        "rows": [
            {
                "index": str(index),
                "due_on": date_unbroken(instalment.due_on),
                "amount": euros(instalment.amount_cents),
                "balance": euros(instalment.balance_cents),
            }
            for index, instalment in enumerate(instalments, start=1)
        ],
        "one": len(instalments) == 1,
        "count": count(len(instalments), "échéance", "échéances"),
        "first_on": date_unbroken(instalments[0].due_on),
        "last_on": date_unbroken(instalments[-1].due_on),
        "total": euros(total),
    }


def party_in_full(party: Party) -> str:
    """A party as contracts name it, a sole trader as such.

    Sources:
        Art. R526-27 C. com.: "EI" next to the name.
    """
    return full_identity(party).replace(printed_name(party), str(sender(party)["name"]), 1)


def undersigned(party: Party) -> str:
    """A party that binds itself, named in full, with blanks for what the case does not tell.

    Sources:
        Art. 1376 C. civ. wants the debtor's act; practice names birth, or who represents.
    """
    named = party_in_full(party)
    if party.type == "individual" and not party.is_professional:
        born = agreed(party.civility, "né", "née")
        missing = [
            *([f"{born} le {BLANK}"] if party.birth_date is None else []),
            *([f"à {BLANK}"] if party.birth_place is None else []),
        ]
        return ", ".join([named, " ".join(missing)]) if missing else named
    if party.type != "individual" and party.legal_representative is None:
        return f"{named}, représentée par {BLANK}"
    return named


def notice_days(case: Case, wanted: int | None) -> int:
    """Days that a formal notice leaves before a plan is lost.

    Sources:
        Art. 1231 C. civ.: a reasonable time; eight days are too few for a consumer (Cass. 1re
        civ., 22 March 2023, n° 21-16.044, which does not say how many are enough).
    """
    is_professional = case.debtor is not None and case.debtor.is_professional
    return wanted or (_NOTICE_DAYS if is_professional else _CONSUMER_NOTICE_DAYS)


def notice_period(days: int) -> str:
    """The same as printed."""
    return count(days, "jour", "jours").replace(" ", NBSP)


def required_of_undertaking(context: Mapping[str, Any]) -> list[str]:
    """The debt and its instalments, each line of them.

    Sources:
        Art. 1376 C. civ.: the sum in words and in figures. Art. 1342: the instalments.
    """
    debt, plan = context["debt"], context.get("plan")
    return [
        debt["figures"],
        debt["words"],
        debt["mention"],
        *(value for row in debt["rows"] for value in row.values()),
        *(value for row in debt["recap"] for value in row.values()),
        *((value for row in plan["rows"] for value in row.values()) if plan else ()),
    ]


# -- checks -------------------------------------------------------------------------------------


def is_consumer_matter(case: Case) -> bool:
    """Whether a professional asks one who is none."""
    debtor = case.debtor
    return case.creditor.is_professional and debtor is not None and not debtor.is_professional


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
    if not is_consumer_matter(case) or days >= _CONSUMER_NOTICE_DAYS:
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
