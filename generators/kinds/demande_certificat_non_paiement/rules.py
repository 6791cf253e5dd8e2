"""What must hold before a certificate of non-payment is asked for."""

from __future__ import annotations

from generators.cheque_values import bank_address_check, bank_party, rejection_paper
from generators.kind import Facts
from generators.letter_checks import language_check, letter_date_check
from generators.letters import address_checks
from law.case import Case
from law.checks import CHEQUE_CERTIFICATE_REQUEST, Subject, run
from law.checks.cheque import cheques_only
from law.checks.cheque_acts import cheque_act_checks, drawer_proceedings, one_cheque, the_cheque
from law.findings import Check
from law.rates import RateTables
from law.wording import check


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of the demand; those of scope alone when they refuse."""
    case, options = facts.case, facts.options
    scope = [language_check(facts), cheques_only(case), one_cheque(case)]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    claim = the_cheque(case)
    written_on = options.letter_date or facts.as_of
    subject = Subject(case=case, as_of=written_on, rates=rates, delivery=options.delivery)
    found = [
        *scope,
        letter_date_check(facts, options),
        bank_address_check(claim),
        *run((*CHEQUE_CERTIFICATE_REQUEST, "lawyer-bar", "delivery-proof"), subject),
        *cheque_act_checks(case, written_on),
        *drawer_proceedings(case, written_on),
        _paper(case),
    ]
    bank = claim.cheque.drawee_bank if claim.cheque else None
    if bank and bank.address:
        pointer = "/case/claims/0/cheque/drawee_bank/address"
        found += address_checks(bank_party(bank), pointer)
    return found


def _paper(case: Case) -> Check:
    """The bank's attestation, which says that the certificate may be asked for.

    Sources:
        Art. R. 131-46 §4 CMF: it comes attached to the cheque that is returned.
    """
    code, article, pointer = "rejection-paper", "art. R. 131-46 CMF", "/case/exhibits"
    if rejection_paper(case):
        text = "L'attestation de rejet est jointe."
        return check(code, "pass", article, pointer, text)
    text = "L'attestation de rejet de la banque ne figure pas parmi les pièces : la joindre."
    return check(code, "warn", article, pointer, text)
