"""What the instruction to serve a certificate of non-payment says. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generators.cheque_values import bank_name, calendar_rows, cheque_values, holder_sentence
from generators.kind import Context, Facts
from generators.kinds.signification_certificat_non_paiement.certificate import (
    certificate_of,
    instructing,
    officer_of,
)
from generators.letters import (
    document_properties,
    enclosure_lines,
    full_identity,
    letter_values,
    recipient,
    required_of_letter,
    signatory,
    unbroken,
)
from generators.representatives import sender_of, writer
from law.case import Case, Party
from law.checks.cheque_acts import the_cheque
from law.cheques import ChequeAccount, cheque_account
from law.french import NBSP, date_unbroken, euros, typographic
from law.statement import Statement

TITLE = "Demande de signification d\u2019un certificat de non-paiement"
_TO_BE_NAMED: Final = {
    "lines": ["Commissaire de justice", "(étude à désigner)"],
    "attention": None,
}
_MINUS: Final = "\u2212"
_LAW: Final = "art. L. 131-73 CMF"


def build(facts: Facts, _statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = instructing(facts.case), facts.options
    claim, certificate, officer = the_cheque(case), certificate_of(facts), officer_of(facts)
    if claim.cheque is None or certificate is None or case.debtor is None:
        raise ValueError("there is no certificate to serve")
    who = writer(case)
    subject = f"{TITLE} \u2013 chèque n°{NBSP}{claim.cheque.number}"
    letter = letter_values(
        case, options, officer or case.creditor, facts.as_of, subject=subject, writer=who
    )
    issued_on = date_unbroken(certificate.issued_on)
    account = cheque_account(case, claim, facts.as_of)
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE, writer=who),
        "sender": sender_of(case),
        "recipient": recipient(officer) if officer else _TO_BE_NAMED,
        "letter": {
            **letter,
            "salutation": "Maître,",
            "continuation": f"{letter['continuation']} \u2013 certificat de non-paiement",
        },
        "cheque": cheque_values(case, claim, masked=True),
        "said": {
            "holder": holder_sentence(case),
            "applicant": full_identity(case.creditor),
            "issued_on": issued_on,
            "reference": certificate.reference,
            "bank": bank_name(claim.cheque.drawee_bank),
        },
        "account": _account_rows(account),
        "total": euros(account.due_cents),
        "calendar": calendar_rows(
            claim,
            [
                ("Délivrance du certificat de non-paiement", issued_on, "art. R. 131-48 CMF"),
                ("Signification", "à réception de la présente", _LAW),
                ("Paiement attendu", "15 jours de la signification", _LAW),
                ("Titre exécutoire, faute de paiement", "à partir du 16e jour", _LAW),
            ],
        ),
        "tracing": list(_tracing(case, case.debtor)),
        "signatory": signatory(case, options, writer=who),
        "enclosures": enclosure_lines(case.exhibits),
    }


def _account_rows(account: ChequeAccount) -> list[dict[str, str]]:
    """What the title may hold, line by line."""
    rows = [("Montant du chèque (somme en lettres)", account.amount_cents)]
    if account.paid_cents:
        rows.append(("Règlements reçus du tireur", -account.paid_cents))
    rows += [(cost.label, cost.amount_cents) for cost in account.costs]
    return [
        {"label": label, "amount": f"{_MINUS}{NBSP}{euros(-cents)}" if cents < 0 else euros(cents)}
        for label, cents in rows
    ]


def _tracing(case: Case, debtor: Party) -> Iterator[str]:
    """What the file knows of the drawer that helps to serve and to enforce."""
    told: list[tuple[str, Any]] = [
        ("Téléphone", unbroken(debtor.phone) if debtor.phone else None),
        ("Courriel", debtor.email),
        ("Profession", debtor.occupation),
        ("Représentant", debtor.legal_representative and debtor.legal_representative.name),
    ]
    for label, value in told:
        if value:
            yield f"{label}{NBSP}: {value}"
    for step in case.steps:
        if step.type in {"tracing", "undeliverable"}:
            found = " \u2013 ".join(filter(None, (step.reference, step.outcome)))
            yield f"{date_unbroken(step.on)}{NBSP}: {found or 'recherche sans suite notée'}"


MISSION: Final = tuple(
    typographic(text)
    for text in (
        "vaut commandement de payer",
        "dans les quinze jours de la réception de la signification",
        "délivrer le titre exécutoire",
        "dont l'original est à signifier",
    )
)


def required(context: Context) -> list[str]:
    """What the officer needs for the deed and the title, and what is asked.

    Sources:
        Art. 648 CPC: applicant and addressee. Art. L. 131-73 §4 and §5 CMF: the mission.
    """
    cheque, said = context["cheque"], context["said"]
    return [
        *MISSION,
        "article L. 131-73",
        "Nous nous engageons à vous signaler sans délai tout paiement",
        *filter(None, said.values()),
        *(value for key, value in cheque.items() if value and key not in _NOT_PRINTED),
        *(value for row in context["account"] for value in row.values()),
        context["total"],
        *(value for row in context["calendar"] for value in row.values()),
        *context["tracing"],
        *required_of_letter(context),
    ]


_NOT_PRINTED: Final = frozenset({"again_on", "reason"})
