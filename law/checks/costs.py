"""What may not be charged to a debtor: to a consumer, to a tenant, to anybody without a title."""

from __future__ import annotations

from law.case import Case, Claim
from law.findings import Check
from law.french import money
from law.regime import regime_name
from law.wording import check, claim_name


def consumer_terms(case: Case) -> list[Check]:
    """Against a consumer or a tenant: no flat fee, no commercial penalty, no penalty on rent."""
    code, article = "consumer-penalties", "art. L. 441-10 C. com. ; art. R. 212-2 3° C. conso."
    debtor = case.debtor
    if debtor is None or debtor.is_professional:
        text = "Le débiteur est un professionnel."
        return [check(code, "pass", article, "/case/debtor", text)]
    found = []
    for at, claim in enumerate(case.claims):
        pointer = f"/case/claims/{at}"
        if regime_name(case.creditor, debtor, claim) == "residential_rent":
            found += _rent_terms(claim, pointer)
            continue
        if claim.late_interest and claim.late_interest.basis in {"ecb_plus", "legal_multiple"}:
            text = (
                "Taux de retard propre aux professionnels réclamé à un consommateur, {claim} : "
                "clause à vérifier, le juge écarte une clause abusive."
            )
            pointer_to = f"{pointer}/late_interest"
            found.append(check(code, "warn", article, pointer_to, text, claim=claim_name(claim)))
        if claim.penalty_clause:
            text = "Clause pénale opposée à un consommateur, {claim} : risque de clause abusive."
            pointer_to = f"{pointer}/penalty_clause"
            found.append(check(code, "warn", article, pointer_to, text, claim=claim_name(claim)))
    text = "Ni indemnité forfaitaire ni pénalité de retard n'est réclamée au consommateur."
    return found or [check(code, "pass", article, "/case/claims", text)]


def _rent_terms(claim: Claim, pointer: str) -> list[Check]:
    agreed = claim.late_interest is not None and claim.late_interest.basis not in {"legal", "none"}
    found = []
    for key, is_there in (("late_interest", agreed), ("penalty_clause", claim.penalty_clause)):
        if is_there:
            text = "Pénalité de retard écartée, nulle contre un locataire d'habitation : {claim}."
            found.append(
                check(
                    "consumer-penalties",
                    "warn",
                    "art. 4 loi n° 89-462 du 6 juillet 1989",
                    f"{pointer}/{key}",
                    text,
                    claim=claim_name(claim),
                )
            )
    return found


def collection_costs(case: Case) -> Check:
    """Costs of recovery without an enforceable title stay with the creditor."""
    code, article = "collection-costs", "art. L. 111-8 CPCE"
    if case.debtor and not case.debtor.is_professional:
        article += " ; art. L. 121-21 C. conso."
    has_title = any(step.type == "court_order" for step in case.steps)
    has_cheque = any(claim.type == "cheque" for claim in case.claims)
    for at, cost in enumerate(case.costs):
        is_owed = has_title or (has_cheque and cost.type in {"bank_fee", "service"})
        if cost.borne_by == "debtor" and not is_owed:
            text = (
                "Sans titre exécutoire, les frais de recouvrement restent à la charge du "
                "créancier : {amount}."
            )
            pointer = f"/case/costs/{at}/borne_by"
            amount = money(cost.amount_cents)
            return check(code, "refuse", article, pointer, text, amount=amount)
    text = "Aucuns frais de recouvrement sans titre ne sont réclamés."
    return check(code, "pass", article, "/case/costs", text)
