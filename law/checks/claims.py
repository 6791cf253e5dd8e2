"""Whether claims may be asked for in this act: due, in time, of the right nature, undisputed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from law.case import Case
from law.findings import Check, LegalWarning, Outcome
from law.french import date_longue, money
from law.ledger import PaymentExceedsDebt
from law.rates import RateTables
from law.statement import Statement, statement
from law.wording import check, claim_name


def claims_due(case: Case, as_of: date) -> Check:
    """Every claim of a demand must be due."""
    code, article = "claim-not-due", "art. 1305-2 C. civ."
    for at, claim in enumerate(case.claims):
        if claim.due_on > as_of:
            text = "La {claim} n'est exigible que le {day}."
            text = text if claim.type in {"invoice", "other"} else text.replace("La", "Le", 1)
            return check(
                code,
                "refuse",
                article,
                f"/case/claims/{at}/due_on",
                text,
                claim=claim_name(claim),
                day=date_longue(claim.due_on),
            )
    for at, claim in enumerate(case.claims):
        if claim.due_on == as_of:
            text = "Échéance du jour même, {claim} : le débiteur peut encore payer à temps."
            pointer = f"/case/claims/{at}/due_on"
            return check(code, "warn", article, pointer, text, claim=claim_name(claim))
    text = "Toutes les créances sont exigibles."
    return check(code, "pass", article, "/case/claims", text)


def claims_not_late(case: Case, as_of: date) -> Check:
    """A reminder before the due date speaks of nothing late."""
    code, article = "claim-already-late", "art. L. 441-10 II C. com."
    for at, claim in enumerate(case.claims):
        if claim.due_on < as_of:
            text = "L'échéance est passée depuis le {day}, {claim} : un rappel avant échéance ne "
            text += "convient plus."
            pointer = f"/case/claims/{at}/due_on"
            day = date_longue(claim.due_on)
            return check(code, "refuse", article, pointer, text, day=day, claim=claim_name(claim))
    return check(code, "pass", article, "/case/claims", "Aucune échéance n'est passée.")


def claims_contractual(case: Case) -> list[Check]:
    """An order for payment needs a contract, a statute or a bill, for a determined amount."""
    article = "art. 1405 CPC"
    found = []
    for at, claim in enumerate(case.claims):
        name, basis = claim_name(claim), f"/case/claims/{at}/legal_basis"
        if claim.type == "cheque":
            text = "Un chèque impayé relève du certificat de non-paiement : {claim}."
            pointer = f"/case/claims/{at}/type"
            cheque_article = "art. L. 131-73 CMF"
            found.append(
                check("cheque-own-procedure", "refuse", cheque_article, pointer, text, claim=name)
            )
        elif claim.legal_basis == "damages":
            text = (
                "Des dommages-intérêts ne peuvent être demandés par injonction de payer : {claim}."
            )
            found.append(check("amount-undetermined", "refuse", article, basis, text, claim=name))
        elif claim.legal_basis == "other":
            text = "La créance ne naît ni d'un contrat, ni d'un statut, ni d'un effet : {claim}."
            found.append(check("not-contractual", "refuse", article, basis, text, claim=name))
    text = "Les créances ont une cause contractuelle ou statutaire et un montant déterminé."
    return found or [check("not-contractual", "pass", article, "/case/claims", text)]


def claims_in_euros(case: Case) -> Check:
    """What is asked of a French court is asked in euros."""
    code, article = "currency-not-euro", "art. 1407 CPC"
    for at, claim in enumerate(case.claims):
        if claim.currency != "EUR":
            text = "Seules des sommes en euros peuvent être demandées : {claim}."
            pointer = f"/case/claims/{at}/currency"
            return check(code, "refuse", article, pointer, text, claim=claim_name(claim))
    return check(code, "pass", article, "/case/claims", "Les créances sont en euros.")


def claims_undisputed(
    case: Case, as_of: date, *, outcome: Outcome = "warn", article: str = "art. 1219 C. civ."
) -> list[Check]:
    """What the debtor contests, one finding a claim or step.

    ``outcome`` is ``refuse`` where an act makes no sense before the dispute is decided.
    """
    code = "claim-disputed"
    found = [
        check(
            code, outcome, article, f"/case/claims/{at}/disputed",
            "Le débiteur conteste : {claim}.", claim=claim_name(claim),
        )
        for at, claim in enumerate(case.claims)
        if claim.disputed
    ]  # fmt: skip
    found += [
        check(
            "open-matter", "warn", article, f"/case/steps/{at}",
            "Une contestation figure au dossier, le {day} : vérifier qu'elle a reçu réponse.",
            day=date_longue(step.on),
        )
        for at, step in enumerate(case.steps)
        if step.type == "dispute" and step.on <= as_of
    ]  # fmt: skip
    text = "Aucune contestation ne figure au dossier."
    return found or [check(code, "pass", article, "/case/claims", text)]


def no_running_plan(case: Case, as_of: date) -> Check:
    """A plan or a promise not yet broken speaks against the act."""
    code, article = "payment-plan", "art. 1305-2 C. civ."
    for at, step in enumerate(case.steps):
        if step.type in {"payment_plan", "promise_to_pay"} and step.on <= as_of:
            text = "Un échéancier ou une promesse du {day} figure au dossier : vérifier qu'il "
            text += "n'est plus en cours."
            day = date_longue(step.on)
            return check(code, "warn", article, f"/case/steps/{at}", text, day=day)
    return check(code, "pass", article, "/case/steps", "Aucun échéancier ne figure au dossier.")


def statement_checks(
    case: Case, as_of: date, rates: RateTables, *, notice_on: date | None = None
) -> list[Check]:
    """What the statement itself says: payments above the debt, rates below the floor."""
    code = "payment-exceeds-debt"
    try:
        computed = statement(case, as_of, rates, notice_on=notice_on)
    except PaymentExceedsDebt as error:
        text = "Les versements ou avoirs dépassent la dette du jour où ils ont été reçus."
        pointer = error.faults[0].pointer
        return [check(code, "refuse", "art. 1302 C. civ.", pointer, text)]
    text = "Aucun versement ne dépasse la dette."
    return [
        check(code, "pass", "art. 1302 C. civ.", "/case/payments", text),
        _nothing_due(computed),
        _floor(computed),
    ]


def _nothing_due(computed: Statement) -> Check:
    code, article = "nothing-due", "art. 1342 C. civ."
    if computed.totals.due_cents == 0:
        return check(code, "refuse", article, "/case/claims", "Rien n'est plus dû.")
    text = "Il reste dû {amount}."
    amount = money(computed.totals.due_cents, computed.currency)
    return check(code, "pass", article, "/case/claims", text, amount=amount)


def _floor(computed: Statement) -> Check:
    code, article = "rate-below-floor", "art. L. 441-10 II C. com."
    found: Sequence[LegalWarning] = [w for w in computed.warnings if w.code == code]
    if found:
        return Check(
            code=code,
            outcome="warn",
            article=article,
            detail=found[0].detail,
            pointer="/case/claims",
        )
    text = "Aucun taux convenu entre professionnels n'est inférieur à trois fois le taux légal."
    return check(code, "pass", article, "/case/claims", text)
