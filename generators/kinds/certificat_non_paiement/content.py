"""What the certificate of non-payment says: the official model, filled in. Pure.

The words of the model stand in the template; what is here fills its blanks.
"""

from __future__ import annotations

from generators.attestations import (
    attestation_properties,
    issuer_values,
    place_and_date,
    signatory_of,
)
from generators.cheque_values import bank_name
from generators.kind import Context, Facts
from generators.letters import printed_name, registration
from law.case import Claim, Party
from law.checks.cheque_acts import the_cheque
from law.cheques import cheque_account
from law.french import date_unbroken, number, typographic
from law.quotations import quotation
from law.statement import Statement

TITLE = "Certificat de non-paiement"
_NOT_PUT_RIGHT = typographic(
    "Le titulaire du compte n'a pas justifié avoir régularisé cet incident dans le délai de trente"
    " jours à compter de sa première présentation"
)
_PURPOSE = typographic(
    "Le présent certificat de non-paiement est destiné à permettre au porteur du chèque d'exercer"
    " les recours prévus par la législation en vigueur"
)


def build(facts: Facts, _statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    claim, issuer, debtor = the_cheque(case), options.issuer, case.debtor
    cheque = claim.cheque
    if cheque is None or issuer is None or debtor is None:
        raise ValueError("a certificate needs a cheque, its drawer and its drawee")
    given_on = options.letter_date or facts.as_of
    head = issuer_values(issuer)
    return {
        "document": attestation_properties(case, issuer, options, facts.as_of, title=TITLE),
        "issuer": head,
        "act": {
            "reference": case.reference,
            "place_and_date": place_and_date(options, issuer, facts.as_of),
            "running": f"{head['name']} \u2013 {TITLE}",
        },
        "cheque": {
            "number": cheque.number,
            "amount": f"{number(claim.amount_incl_tax_cents)} euros",
            "drawer": _drawer(debtor),
            "account": cheque.drawer_account or "",
            "bank": bank_name(cheque.drawee_bank),
            "presented_on": _presented(claim),
            "unpaid": f"{number(cheque_account(case, claim, given_on).unpaid_cents)} euros",
        },
        "extract": [typographic(text) for text in quotation("cnp_l131_73", given_on).paragraphs],
        "signatory": signatory_of(issuer, options),
    }


def _drawer(debtor: Party) -> str:
    """Note (2) of the model: name and first names or company name, address."""
    address = [*debtor.address.lines, f"{debtor.address.postal_code} {debtor.address.city}"]
    return ", ".join(filter(None, (printed_name(debtor), registration(debtor), *address)))


def _presented(claim: Claim) -> str:
    cheque = claim.cheque
    if cheque is None or cheque.presented_on is None:
        raise ValueError("the first presentation is not known")
    first = date_unbroken(cheque.presented_on)
    again = cheque.second_presentation_on
    return f"{first}, puis le {date_unbroken(again)}" if again else first


def required(context: Context) -> list[str]:
    """Every line of the official model.

    Sources:
        Art. R. 131-48 CMF; arrêté of 20 April 2011 (NOR EFIT1108213A), art. 4 and annex.
    """
    cheque, act = context["cheque"], context["act"]
    return [
        "CERTIFICAT DE NON-PAIEMENT",
        "La banque certifie que le chèque",
        "Tiré par",
        "Titulaire du compte n°",
        "Ouvert sur les livres de",
        "Présenté au paiement le",
        "A été rejeté par elle pour défaut de provision suffisante",
        "Montant de l\u2019impayé",
        _NOT_PUT_RIGHT,
        _PURPOSE,
        "Nom et prénoms ou dénomination sociale, adresse",
        *cheque.values(),
        *context["extract"],
        act["place_and_date"],
        act["reference"],
        context["issuer"]["name"],
        *context["issuer"]["lines"],
        context["signatory"]["name"],
        *filter(None, (context["signatory"]["capacity"],)),
    ]
