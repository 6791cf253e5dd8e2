"""What the demand for a certificate of non-payment says. Pure."""

from __future__ import annotations

from typing import Final

from generators.cheque_values import (
    bank_party,
    bank_recipient,
    calendar_rows,
    cheque_values,
    holder_sentence,
    last_funding_day,
    rejection_paper,
)
from generators.kind import Context, Facts
from generators.letters import (
    document_properties,
    enclosure_lines,
    letter_values,
    required_of_letter,
    signatory,
)
from generators.representatives import sender_of, writer
from law.checks.cheque_acts import the_cheque
from law.cheques import cheque_account, is_failed_again
from law.french import NBSP, euros
from law.statement import Statement

TITLE = "Demande de certificat de non-paiement"
_ANSWER: Final = (
    "Délivrance du certificat, au plus tard",
    "15 jours de la demande",
    "art. R. 131-48 CMF",
)


def build(facts: Facts, _statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    claim, who = the_cheque(case), writer(case)
    cheque = claim.cheque
    if cheque is None:
        raise ValueError("the claim is no cheque")
    bank = bank_party(cheque.drawee_bank)
    subject = f"{TITLE} \u2013 chèque n°{NBSP}{cheque.number}"
    letter = letter_values(case, options, bank, facts.as_of, subject=subject, writer=who)
    account = cheque_account(case, claim, options.letter_date or facts.as_of)
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE, writer=who),
        "sender": sender_of(case),
        "recipient": bank_recipient(cheque.drawee_bank),
        "letter": {**letter, "continuation": f"{letter['continuation']} \u2013 {TITLE}"},
        "cheque": cheque_values(case, claim),
        "said": {
            "holder": holder_sentence(case),
            "funding_ends_on": last_funding_day(claim),
            "paper": rejection_paper(case),
            "own_motion": is_failed_again(cheque),
            "again": cheque.second_presentation_on is not None and not is_failed_again(cheque),
            "ban": cheque.rejection_reason == "bank_ban",
            "paid": euros(account.paid_cents) if account.paid_cents else None,
            "unpaid": euros(account.unpaid_cents),
        },
        "calendar": calendar_rows(claim, [_ANSWER]),
        "signatory": signatory(case, options, writer=who),
        "enclosures": enclosure_lines(case.exhibits),
    }


def required(context: Context) -> list[str]:
    """What identifies the cheque, shows that the time has come, and asks.

    Sources:
        Art. L. 131-73 §3 and R. 131-48 CMF.
    """
    cheque, said = context["cheque"], context["said"]
    return [
        "le certificat de non-paiement de ce chèque",
        "article L. 131-73",
        "arrêté du 20 avril 2011",
        "quinze jours",
        "payé ni que sa provision ait été constituée",
        said["holder"],
        said["funding_ends_on"],
        *filter(None, cheque.values()),
        *filter(None, (said["paper"], said["paid"])),
        *((said["unpaid"],) if said["paid"] else ()),
        *(("de votre propre initiative et sans frais",) if said["own_motion"] else ()),
        *(("article L. 131-81",) if said["ban"] else ()),
        *(value for row in context["calendar"] for value in row.values()),
        *required_of_letter(context),
    ]
