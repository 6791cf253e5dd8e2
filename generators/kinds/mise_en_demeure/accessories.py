"""What a formal notice claims beside the principal, by the law that governs each claim.

Amounts are those of the statement. The letter is itself a notice, so that a penalty clause may be
incurred by it and legal interest start with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generators.claim_values import daily_texts, interest_name, interest_texts
from generators.debt_values import interest_values, penalty_clause, recovery_fee
from generators.kinds.mise_en_demeure.wording import said
from law.case import Case, Claim
from law.french import enumerate_and
from law.regime import regime_name
from law.statement import Statement

_FEE_LAWS = {
    False: "articles L. 441-10, II, et D. 441-5 du Code de commerce",
    True: "articles L. 2192-13 et D. 2192-35 du Code de la commande publique",
}


def accessories(case: Case, statement: Statement) -> dict[str, Any]:
    """What is owed beside the principal and why.

    Returns:
        ``any`` whether there is anything, its ``heading``, the paragraphs ``interest`` and
        ``more``, the ``lines`` of interest with their ``total``, ``in_annex`` whether they are
        many.
    """
    claims = {claim.id: claim for claim in case.claims}
    interest = interest_values(claims, statement)
    totals = statement.totals
    lines = interest["lines"]
    more = [
        *(daily_texts(case, statement) if lines else ()),
        *_fee(case, statement),
        *_penalty(case, statement),
    ]
    is_more = bool(totals.fixed_indemnity_cents or totals.penalty_clause_cents)
    headings = [
        interest_name(case, statement) if lines else "",
        "indemnités" if totals.fixed_indemnity_cents else "",
        "clause pénale" if totals.penalty_clause_cents and not totals.fixed_indemnity_cents else "",
    ]
    return {
        "any": bool(lines) or is_more,
        "heading": enumerate_and(filter(None, headings)).capitalize() if any(headings) else "",
        "interest": list(interest_texts(case, statement)),
        "more": more,
        "lines": lines,
        "total": interest["total"],
        "in_annex": interest["in_annex"],
    }


def _fee(case: Case, statement: Statement) -> Iterable[str]:
    """Sources: art. D. 441-5 C. com., D. 2192-35 CCP; L. 441-10 II, L. 2192-13 for more."""
    fee = recovery_fee(statement)
    if fee is None or case.debtor is None:
        return
    yield said(
        "Une indemnité forfaitaire pour frais de recouvrement est due de plein droit pour chaque"
        " facture payée en retard ({law}), soit {detail}. Une indemnisation complémentaire pourra"
        " être demandée, sur justification, si les frais de recouvrement excèdent ce montant.",
        law=_FEE_LAWS[case.debtor.type == "public_body"],
        detail=fee["detail"],
    )


def _penalty(case: Case, statement: Statement) -> Iterable[str]:
    """Sources: art. 1231-5 C. civ.: incurred by formal notice, this one or an earlier one."""
    penalty = penalty_clause(case, statement)
    if penalty is None:
        return
    by = " par l'effet de la présente mise en demeure" if penalty["by_this_letter"] else ""
    yield said(
        f"La clause pénale stipulée au contrat est encourue{by} (article 1231-5 du Code civil)."
        " Elle s'élève à {detail}.",
        detail=penalty["detail"],
    )


def noticed_now(case: Case, statement: Statement) -> list[Claim]:
    """The claims on which this letter, their first notice, starts interest.

    Sources:
        Art. 1231-6 and 1344-1 C. civ.; damages bear interest from the decision only (1231-7).
    """
    if case.debtor is None:
        return []
    rows = {row.id: row for row in statement.claims}
    return [
        claim
        for claim in case.claims
        if regime_name(case.creditor, case.debtor, claim) in {"civil", "residential_rent"}
        and rows[claim.id].outstanding_principal_cents
        and not rows[claim.id].interest
        and claim.due_on < statement.as_of
        and claim.legal_basis != "damages"
        and claim.interest_from is None
        and not (claim.late_interest and claim.late_interest.basis == "none")
    ]
