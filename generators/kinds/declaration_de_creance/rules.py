"""What must hold before a claim is declared (art. L. 622-24 C. com.)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generators.court_rules import (
    claimant_insolvency_check,
    court_costs_check,
    date_check,
    language_check,
    needs_power,
)
from generators.kind import Facts
from law.calendar import region_of, time_limit
from law.checks import (
    CLAIM_DECLARATION,
    Subject,
    agency_mandate,
    cheque_amounts,
    claims_in_euros,
    limitation_checks,
    run,
    statement_checks,
)
from law.findings import Check
from law.french import date_longue
from law.parameters import value_on_or_first
from law.rates import RateTables
from law.wording import check

_ARTICLE = "art. L. 622-24 C. com."
_INSOLVENCY = "/case/debtor/insolvency"
_REFINED = frozenset({"signatory-power", "statement"})


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a declaration; its sums are looked at as they stood before the opening."""
    case, as_of = facts.case, facts.as_of
    found = [
        language_check(facts),
        date_check(facts, facts.options),
        *run(
            (name for name in CLAIM_DECLARATION if name not in _REFINED),
            Subject(case=case, as_of=as_of, rates=rates),
        ),
        claimant_insolvency_check(case),
        claims_in_euros(case),
        court_costs_check(case),
        *cheque_amounts(case),
        *limitation_checks(case, as_of),
        agency_mandate(case, as_of),
        *_signatory(facts),
    ]
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None or any(one.outcome == "refuse" for one in found):
        return found
    eve = insolvency.opened_on - timedelta(days=1)
    return [
        *found,
        *statement_checks(case, eve, rates),
        *_proceedings(facts),
        *_deadline(facts),
        *_after_opening(facts),
        *_not_settled(facts),
    ]


def _proceedings(facts: Facts) -> Iterator[Check]:
    """To whom the claim is declared, and in which proceedings."""
    insolvency = facts.case.debtor.insolvency if facts.case.debtor else None
    if insolvency is None or not insolvency.officer:
        text = "Le mandataire judiciaire ou le liquidateur, qui reçoit la déclaration, manque."
        yield check("officer-missing", "refuse", _ARTICLE, f"{_INSOLVENCY}/officer", text)
        return
    text = "La déclaration est adressée à {officer}."
    pointer = f"{_INSOLVENCY}/officer"
    yield check("officer-missing", "pass", _ARTICLE, pointer, text, officer=insolvency.officer)
    if not insolvency.court:
        text = "La juridiction de la procédure n'est pas indiquée."
        yield check("proceedings-court", "warn", None, f"{_INSOLVENCY}/court", text)
    if facts.options.officer_address is None:
        text = "L'adresse de celui qui reçoit la déclaration n'est pas indiquée."
        yield check("officer-address", "warn", None, "/options/officer_address", text)


def _deadline(facts: Facts) -> Iterator[Check]:
    """The two months from the publication of the judgment."""
    code, pointer = "declaration-deadline", "/options/bodacc_published_on"
    published_on = facts.options.bodacc_published_on
    if published_on is None:
        text = (
            "La date de publication du jugement au BODACC n'est pas indiquée : la déclaration "
            "doit parvenir dans les deux mois de cette publication."
        )
        yield check(code, "warn", _ARTICLE, pointer, text)
        return
    insolvency = facts.case.debtor.insolvency if facts.case.debtor else None
    if insolvency and published_on < insolvency.opened_on:
        text = "La publication au BODACC est antérieure au jugement d'ouverture."
        yield check("publication-before-opening", "refuse", _ARTICLE, pointer, text)
        return
    row = value_on_or_first("insolvency.declaration_months", published_on)
    region = region_of(facts.case.creditor.address)
    limit = time_limit(published_on, months=int(row.value), region=region)
    day = date_longue(limit.last_day)
    if facts.as_of > limit.ends_on:
        text = (
            "Le délai de déclaration a pris fin le {day} ; la suite d'une déclaration "
            "tardive est à vérifier."
        )
        yield check(code, "warn", row.source, pointer, text, day=day)
    elif facts.as_of > limit.last_day:
        text = "Dernier jour du délai reporté depuis le {day} : déclarer aujourd'hui même."
        yield check(code, "warn", row.source, pointer, text, day=day)
    else:
        text = "La déclaration est à faire au plus tard le {day}."
        yield check(code, "pass", row.source, pointer, text, day=day)


def _after_opening(facts: Facts) -> Iterator[Check]:
    """Payments and credit notes on or after the opening are not in the sum of the eve."""
    case = facts.case
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None:
        return
    dated = [("payments", at, p.received_on) for at, p in enumerate(case.payments)]
    dated += [("credit_notes", at, n.issued_on) for at, n in enumerate(case.credit_notes)]
    for key, at, on in dated:
        if on >= insolvency.opened_on:
            text = (
                "Opération du {day}, postérieure au jugement d'ouverture, non comptée : le "
                "paiement d'une créance antérieure est interdit ; à vérifier."
            )
            pointer = f"/case/{key}/{at}"
            article = "art. L. 622-7 C. com."
            day = date_longue(on)
            yield check("operation-after-opening", "warn", article, pointer, text, day=day)


def _not_settled(facts: Facts) -> Iterator[Check]:
    """What the declaration leaves to a person."""
    contract = facts.case.contract
    if contract and contract.retention_of_title:
        text = (
            "Clause de réserve de propriété : la revendication des biens est une demande "
            "distincte, dont les conditions et le délai sont à vérifier."
        )
        pointer = "/case/contract/retention_of_title"
        yield check("retention-of-title", "warn", None, pointer, text)
    if facts.options.security is None:
        text = "La créance est déclarée sans privilège ni sûreté : à vérifier."
        yield check("security-not-told", "warn", None, "/options/security", text)
    penalties = [at for at, claim in enumerate(facts.case.claims) if claim.penalty_clause]
    if penalties:
        text = "Clause pénale déclarée : elle peut être contestée ou réduite."
        pointer = f"/case/claims/{penalties[0]}/penalty_clause"
        yield check("penalty-clause-reducible", "warn", "art. 1231-5 C. civ.", pointer, text)


def _signatory(facts: Facts) -> Iterator[Check]:
    code, pointer = "signatory-power", "/options/signatory"
    if needs_power(facts.case, facts.options):
        text = (
            "Le signataire n'est ni le représentant légal, ni un avocat, ni un commissaire de "
            "justice : le pouvoir spécial joint est à signer par le créancier ou son représentant "
            "légal."
        )
        yield check(code, "warn", _ARTICLE, pointer, text)
    else:
        text = "Le signataire n'a pas de pouvoir à justifier."
        yield check(code, "pass", _ARTICLE, pointer, text)
