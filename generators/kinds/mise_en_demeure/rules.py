"""What must hold before a formal notice is made: the law, then what this letter can say rightly.

A letter says right law only of the cases it knows; what lies outside is refused, never adapted by
guess. `docs/decisions/0121` to `0124` say where the texts leave a choice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from generators.agency_options import AgencyLetterOptions
from generators.kind import Facts
from generators.kinds.mise_en_demeure.cheques import is_for_want_of_funds
from generators.kinds.mise_en_demeure.family import (
    family_of,
    has_cheques,
    has_rent,
    usual_deadline_days,
)
from generators.letter_checks import language_check, letter_date_check, open_matter_checks
from generators.letters import address_checks
from generators.reach_checks import (
    claims_in_euros_checks,
    consumer_contact_checks,
    debtor_in_france_check,
    free_text_checks,
    own_name_check,
    public_buyer_checks,
)
from generators.representatives import writer
from law.case import Case, Claim, ClaimType
from law.checks import FORMAL_NOTICE, Subject, run
from law.checks.representative import representative_checks
from law.findings import Check
from law.french import count
from law.rates import RateTables
from law.wording import check, claim_name

_ALLOWED: Final[frozenset[ClaimType]] = frozenset({"invoice", "cheque", "rent", "loan", "other"})
_CHEQUE_RULES: Final = ("cheque-missing", "cheque-number", "cheque-guaranteed")
_OF_PROFESSIONALS: Final = frozenset({"ecb_plus", "legal_multiple"})


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a formal notice; none but the refusals of scope when it is out of scope."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        *_sender_checks(facts, options),
        debtor_in_france_check(case),
        *claims_in_euros_checks(case, _ALLOWED, why={}),
        *_kinds_of_claim_checks(case),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    subject = Subject(
        case=case,
        as_of=facts.as_of,
        rates=rates,
        notice_on=facts.as_of,
        delivery=options.delivery,
        payment_deadline_days=options.payment_deadline_days,
    )
    rules = (*FORMAL_NOTICE, *(_CHEQUE_RULES if has_cheques(case) else ()), "delivery-proof")
    return [
        *scope,
        *run(rules, subject),
        *_family_checks(facts, options),
        *open_matter_checks(case),
        *free_text_checks(options, case.debtor),
        *(address_checks(case.debtor, "/case/debtor/address") if case.debtor else ()),
    ]


# -- who writes -----------------------------------------------------------------------------------


def _sender_checks(facts: Facts, options: AgencyLetterOptions) -> list[Check]:
    """Whether the creditor may claim by this letter, and what binds whoever writes it."""
    case = facts.case
    creditor = own_name_check(replace(case, representative=None))
    found = [creditor] if case.representative is None or creditor.outcome == "refuse" else []
    found += representative_checks(
        case,
        written_on=options.letter_date or facts.as_of,
        delivery=options.delivery,
        first_letter=options.first_letter,
    )
    if case.representative is not None and case.representative.role == "collection_agency":
        text = (
            "La lettre de la société de recouvrement vaut mise en demeure si le mandat du créancier"
            " le prévoit : à vérifier."
        )
        pointer, article = "/case/representative/mandate_date", "art. 1344 et 1984 C. civ."
        found.append(check("agency-notice-power", "warn", article, pointer, text))
    return found


# -- of what ----------------------------------------------------------------------------------


def _kinds_of_claim_checks(case: Case) -> list[Check]:
    """Cheques and rents have a letter of their own: theirs is another law than that of a price.

    Sources:
        Art. L. 131-67 CMF: a cheque does not extinguish the claim that it was to pay, so that to
        claim both would be to claim it twice.
    """
    code, pointer = "claims-mixed", "/case/claims"
    types = {claim.type for claim in case.claims}
    if len(types) > 1 and "cheque" in types:
        text = (
            "Un chèque impayé et d'autres créances ne se réclament pas par la même lettre : la "
            "créance que le chèque devait payer serait demandée deux fois."
        )
        return [check(code, "refuse", "art. L. 131-67 CMF", pointer, text)]
    if len(types) > 1 and "rent" in types:
        text = "Des loyers et d'autres créances ne se réclament pas par la même lettre."
        return [check(code, "refuse", "art. 24 loi n° 89-462", pointer, text)]
    return [check(code, "pass", None, pointer, "Les créances relèvent d'une même lettre.")]


def _family_checks(facts: Facts, options: AgencyLetterOptions) -> list[Check]:
    case = facts.case
    return [
        *_damages_checks(case),
        *_consumer_checks(facts, options),
        *_rent_checks(case),
        *(_cheque_checks(case) if has_cheques(case) else ()),
        *public_buyer_checks(case),
        *_loan_checks(case),
    ]


def _damages_checks(case: Case) -> list[Check]:
    """Damages are for a judge to fix; to bill them to a consumer is a breach.

    Sources:
        Art. 1231-6 al. 3 C. civ.; art. L. 121-21 C. conso.; ADR 0122.
    """
    is_consumer = case.debtor is not None and not case.debtor.is_professional
    code, article = "damages-claimed", "art. 1231-6 C. civ."
    return [
        check(
            code, "refuse" if is_consumer else "warn", article, f"/case/claims/{at}/legal_basis",
            "Des dommages-intérêts ne sont fixés que par le juge ou d'un commun accord : {claim}.",
            claim=claim_name(claim),
        )
        for at, claim in enumerate(case.claims)
        if claim.legal_basis == "damages"
    ]  # fmt: skip


def _consumer_checks(facts: Facts, options: AgencyLetterOptions) -> list[Check]:
    """Against a consumer: the price, interest that the contract or the law gives, nothing else.

    Sources:
        Art. L. 441-10 C. com.: penalties are for professionals. Art. L. 121-16 C. conso.
    """
    case = facts.case
    if family_of(case) not in {"consumer", "residential_rent"}:
        return []
    found = [
        check(
            "consumer-interest", "refuse", "art. L. 441-10 C. com. ; art. L. 121-21 C. conso.",
            f"/case/claims/{at}/late_interest/basis",
            "Le taux de retard des professionnels ne se réclame pas à un consommateur : {claim}.",
            claim=claim_name(claim),
        )
        for at, claim in enumerate(case.claims)
        if claim.type != "rent"
        and claim.late_interest is not None
        and claim.late_interest.basis in _OF_PROFESSIONALS
    ]  # fmt: skip
    as_written = replace(case, creditor=writer(case), representative=None)
    return [*found, *consumer_contact_checks(as_written), *_consumer_deadline(facts, options)]


def _consumer_deadline(facts: Facts, options: AgencyLetterOptions) -> list[Check]:
    code, pointer = "consumer-deadline", "/options/payment_deadline_days"
    usual, days = usual_deadline_days(facts.case, facts.as_of), options.payment_deadline_days
    if days is None or days >= usual:
        return []
    text = "L'usage laisse {usual} à un particulier ; la lettre en laisse {days}."
    values = {"usual": count(usual, "jour", "jours"), "days": count(days, "jour", "jours")}
    return [check(code, "warn", "art. 1231 C. civ.", pointer, text, **values)]


def _rent_checks(case: Case) -> list[Check]:
    """A lease is ended by a commandement, never by this letter, which does not invoke its clause.

    Sources:
        Art. 24 loi n° 89-462; art. L. 145-41 C. com.
    """
    clause = case.contract.resolutive_clause if case.contract else None
    if clause is None or not has_rent(case):
        return []
    of_home = family_of(case) == "residential_rent"
    article = "art. 24 loi n° 89-462 du 6 juillet 1989" if of_home else "art. L. 145-41 C. com."
    text = (
        "La clause résolutoire d'un bail ne joue que par un commandement de payer : la lettre ne "
        "la vise pas."
    )
    pointer = "/case/contract/resolutive_clause"
    return [check("resolutive-clause-of-lease", "warn", article, pointer, text)]


def _loan_checks(case: Case) -> list[Check]:
    """A professional's loan to a consumer has rules that the letter cannot follow alone.

    Sources:
        Cass. 1re civ., 22 March 2023, n° 21-16.044; art. L. 312-35-1 C. conso.
    """
    debtor = case.debtor
    if debtor is None or debtor.is_professional or not case.creditor.is_professional:
        return []
    text = (
        "Prêt d'un professionnel à un consommateur, {claim} : un délai raisonnable et une "
        "renégociation sont dus avant toute exécution ; la lettre ne prononce pas la déchéance du "
        "terme."
    )
    return [
        check(
            "consumer-credit", "warn", "art. L. 312-35-1 C. conso.", f"/case/claims/{at}/type",
            text, claim=claim_name(claim),
        )
        for at, claim in enumerate(case.claims)
        if claim.type == "loan"
    ]  # fmt: skip


def _cheque_checks(case: Case) -> list[Check]:
    """What a letter to the drawer may claim and announce.

    Sources:
        Art. L. 131-8 CMF: an interest clause in a cheque is void. Art. L. 131-67: penalties and
        the fixed fee belong to the claim that the cheque was to pay. Art. L. 131-35, R. 131-47:
        a rejection for another reason gives no certificate. Art. L. 131-73: costs of rejection.
    """
    found = [found for at, claim in enumerate(case.claims) for found in _cheque_terms(at, claim)]
    if not is_for_want_of_funds(case):
        text = (
            "Un chèque n'a pas été rejeté pour défaut de provision, ou le motif manque : la lettre "
            "n'annonce pas de certificat de non-paiement et ne réclame que le paiement."
        )
        article = "art. L. 131-35, L. 131-73 et R. 131-47 CMF"
        found.append(check("cheque-without-certificate", "warn", article, "/case/claims", text))
    found += [
        check(
            "cheque-presentation", "warn", "art. L. 131-73 CMF",
            f"/case/claims/{at}/cheque/presented_on",
            "Le jour de la première présentation manque, dont courent les trente jours : {claim}.",
            claim=claim_name(claim),
        )
        for at, claim in enumerate(case.claims)
        if claim.cheque and claim.cheque.presented_on is None
    ]  # fmt: skip
    for at, cost in enumerate(case.costs):
        if cost.borne_by == "debtor":
            text = (
                "Ne réclamer que des frais supportés par le porteur et justifiés : le plafond de "
                "l'article D. 131-25 est celui des frais de la banque du tireur."
            )
            pointer = f"/case/costs/{at}"
            article = "art. L. 131-73 et D. 131-25 CMF"
            found.append(check("cheque-rejection-costs", "warn", article, pointer, text))
    return found


def _cheque_terms(at: int, claim: Claim) -> list[Check]:
    agreed = claim.late_interest is not None and claim.late_interest.basis not in {"legal", "none"}
    terms = (("late_interest", agreed), ("penalty_clause", claim.penalty_clause is not None))
    return [
        check(
            "cheque-terms", "refuse", "art. L. 131-8 et L. 131-67 CMF",
            f"/case/claims/{at}/{key}",
            "Un chèque ne porte ni intérêt convenu ni clause pénale ; ils relèvent de la créance "
            "qu'il devait payer : {claim}.",
            claim=claim_name(claim),
        )
        for key, is_there in terms
        if is_there
    ]  # fmt: skip
