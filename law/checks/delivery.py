"""How a letter leaves and what it must tell: carrier, time left to pay, means of payment."""

from __future__ import annotations

from datetime import date
from typing import Literal

from law.case import Case
from law.findings import Check
from law.french import count, date_longue
from law.parameters import parameter
from law.wording import check

Delivery = Literal["simple", "registered", "electronic_registered", "email"]


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


def delivery_proof(delivery: Delivery | None) -> Check:
    """A notice whose receipt cannot be proved may be worth nothing."""
    code, article, pointer = "delivery-proof", "art. 1344 C. civ.", "/options/delivery"
    if delivery in {"simple", "email"}:
        text = "Envoi sans preuve certaine de réception : préférer le recommandé, ou le doubler."
        return check(code, "warn", article, pointer, text)
    return check(code, "pass", article, pointer, "L'envoi laisse une preuve.")


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
