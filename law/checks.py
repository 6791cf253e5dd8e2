"""Rules of law run before an act is made: each says what it found, in French, with its article.

A check is a small function from the facts to findings; a kind of act composes those it needs.
Each returns at least one `Check`, so that a passed rule shows too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from law.calendar import next_working_day
from law.case import Case, Claim, Party
from law.findings import Check, LegalWarning, Outcome
from law.french import count, date_longue, enumerate_and, money
from law.ledger import PaymentExceedsDebt
from law.limitation import Limitation, limitation
from law.number_words import cents_from_words
from law.parameters import parameter
from law.rates import RateTables
from law.regime import regime_name
from law.statement import Statement, statement
from law.wording import check, claim_name

Delivery = Literal["simple", "registered", "electronic_registered", "email"]

_CAPITAL_FORMS = frozenset(
    {"SA", "SAS", "SASU", "SARL", "EURL", "SCA", "SCS", "SE", "SELARL", "SELAS"}
)
_REGISTERED_FORMS = _CAPITAL_FORMS | {"SNC", "GIE", "SCI", "SCP", "SCOP"}


def formal_notice_checks(
    case: Case,
    as_of: date,
    rates: RateTables,
    *,
    delivery: Delivery | None = None,
    payment_deadline_days: int | None = None,
) -> list[Check]:
    """All checks of a *mise en demeure* of a day.

    Raises:
        RateUnknown: the statement needs a rate that is not published.
    """
    return [
        *base_checks(case, as_of),
        claims_due(case, as_of),
        collection_costs(case),
        *statement_checks(case, as_of, rates, notice_on=as_of),
        electronic_consent(case, delivery),
        payment_deadline(payment_deadline_days, as_of),
        means_of_payment(case),
    ]


def base_checks(case: Case, as_of: date) -> list[Check]:
    """The checks of every act that asks a debtor for money."""
    return [
        debtor_in_insolvency(case, as_of),
        debtor_over_indebted(case, as_of),
        *limitation_checks(case, as_of),
        creditor_identity(case),
        *consumer_terms(case),
        *cheque_amounts(case),
    ]


def debtor_in_insolvency(case: Case, as_of: date) -> Check:
    """No demand for a claim born before the opening of insolvency proceedings."""
    code, article = "debtor-in-insolvency", "art. L. 622-7 et L. 622-21 C. com."
    pointer = "/case/debtor/insolvency"
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None or insolvency.opened_on > as_of:
        return check(code, "pass", article, pointer, "Aucune procédure collective ouverte.")
    earlier = [c for c in case.claims if (c.issued_on or c.due_on) < insolvency.opened_on]
    opened_on = date_longue(insolvency.opened_on)
    if not earlier:
        text = "Créances nées après le jugement d'ouverture du {day} : traitement à vérifier."
        return check(code, "warn", "art. L. 622-17 C. com.", pointer, text, day=opened_on)
    text = (
        "Une procédure collective est ouverte contre le débiteur depuis le {day} : le paiement "
        "d'une créance antérieure ne peut lui être demandé ({claims}). Elle se déclare au passif."
    )
    names = _names(earlier)
    return check(code, "refuse", article, pointer, text, day=opened_on, claims=names)


def debtor_over_indebted(case: Case, as_of: date) -> Check:
    """No demand for an earlier debt to a person admitted to over-indebtedness proceedings."""
    code, article = "debtor-over-indebted", "art. L. 722-2 et L. 722-5 C. conso."
    pointer = "/case/debtor/over_indebtedness"
    admitted_on = case.debtor.over_indebtedness_admitted_on if case.debtor else None
    if admitted_on is None or admitted_on > as_of:
        return check(code, "pass", article, pointer, "Aucun dossier de surendettement recevable.")
    earlier = [c for c in case.claims if (c.issued_on or c.due_on) < admitted_on]
    if not earlier:
        text = "Créances nées après la recevabilité du {day} : traitement à vérifier."
        return check(code, "warn", article, pointer, text, day=date_longue(admitted_on))
    text = (
        "Le dossier de surendettement du débiteur est recevable depuis le {day} : il ne peut payer "
        "une dette antérieure, qui ne peut lui être réclamée ({claims})."
    )
    names = _names(earlier)
    return check(code, "refuse", article, pointer, text, day=date_longue(admitted_on), claims=names)


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


def limitation_checks(case: Case, as_of: date, *, before_court: bool = False) -> list[Check]:
    """Tells of a claim whose limitation is over, near or doubtful, one finding a claim.

    ``before_court`` says that the act goes to a judge, who may himself raise the limitation of
    consumer law: an act for a claim that is over is then refused (art. R. 632-1 C. conso.).
    """
    limits = [(claim, limitation(case, claim, as_of)) for claim in case.claims]
    found = [
        _limitation_check(claim, limit, as_of, at, before_court=before_court)
        for at, (claim, limit) in enumerate(limits)
        if limit.outcome != "open" or limit.doubts
    ]
    if found:
        return found
    if not limits:
        return [check("limitation", "pass", None, "/case/claims", "Aucune créance.")]
    claim, first = min(limits, key=lambda pair: pair[1].last_day)
    articles = dict.fromkeys(limit.article for _, limit in limits)
    text = "Aucune créance n'est prescrite ni près de l'être ; première échéance : {day}, {claim}."
    return [
        check(
            "limitation",
            "pass",
            " ; ".join(articles),
            "/case/claims",
            text,
            day=date_longue(first.last_day),
            claim=claim_name(claim),
        )
    ]


def _limitation_check(
    claim: Claim, limit: Limitation, as_of: date, at: int, *, before_court: bool
) -> Check:
    """One finding: what is settled, what a person may confirm, what else can be done."""
    sentences = [_LIMITATION_TEXTS["title" if limit.is_title else "suit", limit.outcome]]
    article = limit.article
    outcome: Outcome = "warn"
    if limit.outcome != "open":
        sentences += limit.notes
    confirmed_on = limit.if_confirmed_on
    if confirmed_on is not None:
        sentences.append("Si tout ce qui est à confirmer l'est, le terme est le {confirmed}.")
    is_saved = confirmed_on is not None and next_working_day(confirmed_on) >= as_of
    if before_court and _is_raised_by_judge(limit) and not is_saved:
        outcome, article = "refuse", f"{limit.article} ; art. R. 632-1 C. conso."
        sentences.append("Le juge peut le relever d'office contre un professionnel.")
    sentences += limit.doubts
    return check(
        "limitation",
        outcome,
        article,
        f"/case/claims/{at}/due_on",
        " ".join(sentences),
        day=date_longue(limit.last_day),
        confirmed=date_longue(confirmed_on or limit.last_day),
        claim=claim_name(claim),
    )


def _is_raised_by_judge(limit: Limitation) -> bool:
    return limit.outcome == "expired" and limit.is_consumer_law


_LIMITATION_TEXTS = {
    ("suit", "open"): "Prescription le {day}, sous réserve, {claim}.",
    ("suit", "near"): (
        "Prescription proche, le {day}, {claim} : une mise en demeure ne l'interrompt pas "
        "(Cass. com., 18 mai 2022, n° 20-23.204)."
    ),
    ("suit", "expired"): "Prescription acquise depuis le {day}, {claim}.",
    ("title", "open"): "Le titre s'exécute jusqu'au {day}, sous réserve, {claim}.",
    ("title", "near"): "Le titre ne s'exécutera plus après le {day}, {claim}.",
    ("title", "expired"): "Le titre ne s'exécute plus depuis le {day}, {claim}.",
}


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


def creditor_identity(case: Case) -> Check:
    """The mentions that a registered creditor must put on its letters."""
    code, article = "creditor-identity", "art. R. 123-237 et R. 123-238 C. com."
    missing = _missing_mentions(case.creditor)
    if not missing:
        text = "Les mentions d'identité du créancier sont complètes."
        return check(code, "pass", article, "/case/creditor", text)
    text = "Mentions obligatoires absentes pour le créancier : {missing}."
    names = enumerate_and(missing)
    return check(code, "warn", article, "/case/creditor", text, missing=names)


def _missing_mentions(party: Party) -> list[str]:
    form = (party.legal_form or "").upper()
    is_company = party.type == "company"
    is_trader = party.type == "individual" and party.is_professional
    wanted = {
        "forme juridique": is_company and not party.legal_form,
        "numéro SIREN": (is_company or is_trader) and not party.siren,
        "ville d'immatriculation au RCS": (
            is_company and (not form or form in _REGISTERED_FORMS) and not party.rcs_city
        ),
        "capital social": form in _CAPITAL_FORMS and not party.share_capital,
        "« EI » ou « entrepreneur individuel »": is_trader and not party.legal_form,
    }
    return [mention for mention, is_missing in wanted.items() if is_missing]


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


def cheque_amounts(case: Case) -> list[Check]:
    """The words of a cheque prevail over its figures; the claim must be the sum in words."""
    code, article = "cheque-amount", "art. L. 131-10 CMF"
    found = []
    for at, claim in enumerate(case.claims):
        cheque = claim.cheque
        if cheque is None or cheque.amount_in_words is None:
            continue
        pointer = f"/case/claims/{at}/cheque/amount_in_words"
        in_words = cents_from_words(cheque.amount_in_words)
        outcome: Outcome
        if in_words is None:
            outcome, text = "warn", "Somme en lettres à relire, {claim}."
        elif in_words != claim.amount_incl_tax_cents:
            outcome = "refuse"
            text = "La somme réclamée n'est pas la somme en lettres, {amount} : {claim}."
        elif cheque.amount_cents not in {None, in_words}:
            outcome = "warn"
            text = "Lettres et chiffres diffèrent ; la somme en lettres l'emporte : {claim}."
        else:
            outcome, text = "pass", "Lettres et chiffres concordent : {claim}."
        amount = money(in_words or 0, claim.currency)
        found.append(
            check(code, outcome, article, pointer, text, claim=claim_name(claim), amount=amount)
        )
    return found


def electronic_consent(case: Case, delivery: Delivery | None) -> Check:
    """An electronic registered letter needs the prior consent of a non-professional."""
    code = "electronic-registered-consent"
    article = "art. L. 100 code des postes et des communications électroniques"
    pointer = "/case/debtor/electronic_registered_consent_on"
    debtor = case.debtor
    if delivery != "electronic_registered" or debtor is None or debtor.is_professional:
        text = "Le consentement du destinataire n'est pas requis pour cet envoi."
        return check(code, "pass", article, pointer, text)
    consent_on = debtor.electronic_registered_consent_on
    if consent_on is None:
        text = (
            "Le destinataire, non professionnel, n'a pas consenti à recevoir une lettre "
            "recommandée électronique."
        )
        return check(code, "refuse", article, pointer, text)
    text = "Le destinataire a consenti le {day}."
    return check(code, "pass", article, pointer, text, day=date_longue(consent_on))


def payment_deadline(days: int | None, as_of: date) -> Check:
    """The time left to pay must be reasonable; usage does not go below eight days."""
    code, article = "payment-deadline", "art. 1231 et 1344 C. civ."
    pointer = "/options/payment_deadline_days"
    usual = int(parameter("formal_notice.usual_deadline_days").on(as_of).value)
    if days is not None and days < usual:
        text = "Le délai de {days} est plus court que l'usage ({usual}) : il doit être raisonnable."
        values = {"days": count(days, "jour", "jours"), "usual": count(usual, "jour", "jours")}
        return check(code, "warn", article, pointer, text, **values)
    return check(code, "pass", article, pointer, "Le délai de paiement est conforme à l'usage.")


def means_of_payment(case: Case) -> Check:
    """The debtor must be told how to pay."""
    code = "means-of-payment"
    role = case.representative.role if case.representative else None
    through_agency = role == "collection_agency"
    article = "art. R. 124-4 4° CPCE" if through_agency else None
    candidates = [("/case/creditor/iban", case.creditor.iban)]
    if case.representative:
        candidates.insert(0, ("/case/representative/party/iban", case.representative.party.iban))
    if any(iban for _, iban in candidates):
        return check(code, "pass", article, candidates[-1][0], "Un compte à créditer est indiqué.")
    text = "Aucun IBAN : la lettre ne dit pas comment payer."
    return check(code, "warn", article, candidates[0][0], text)


def _names(claims: Sequence[Claim]) -> str:
    return enumerate_and(claim_name(claim) for claim in claims)
