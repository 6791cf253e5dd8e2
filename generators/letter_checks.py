"""Checks that letters between professionals share: who may write, to whom, of what, on which day.

A letter says right law only within its scope. What lies outside is refused, never adapted by
guess; a kind of act takes the checks that bound it.
"""

from __future__ import annotations

from generators.kind import Facts
from generators.options import ActOptions, LetterOptions
from law.case import Case, Party
from law.findings import Check
from law.wording import check, claim_name


def language_check(facts: Facts) -> Check:
    """Whether the act exists in the language asked for."""
    code, pointer = "language-not-supported", "/language"
    if facts.language == "fr":
        return check(code, "pass", None, pointer, "L'acte est rédigé en français.")
    return check(code, "refuse", None, pointer, "Cet acte n'existe qu'en français.")


def creditor_writes_check(case: Case, *, article: str = "art. 1344 C. civ.") -> Check:
    """Whether a professional creditor of France writes in its own name."""
    code, pointer = "sender-not-supported", "/case/creditor"
    why = _why_creditor_does_not_write(case)
    if why is None:
        return check(code, "pass", article, pointer, "Le créancier écrit en son nom.")
    return check(code, "refuse", article, *why)


def _why_creditor_does_not_write(case: Case) -> tuple[str, str] | None:
    creditor = case.creditor
    if case.representative is not None:
        return "/case/representative", (
            "L'acte envoyé par un mandataire (société de recouvrement, avocat, commissaire de "
            "justice) obéit à d'autres règles et n'est pas encore proposé."
        )
    if creditor.type == "public_body":
        return "/case/creditor/type", (
            "Une personne publique recouvre ses créances selon ses propres règles : cette lettre "
            "ne lui convient pas."
        )
    if not creditor.is_professional:
        return "/case/creditor/acts_as_professional", (
            "Le créancier n'agit pas à titre professionnel : les pénalités de retard et "
            "l'indemnité de 40 € ne lui sont pas dues. Cette lettre n'est pas encore proposée."
        )
    if creditor.insolvency and creditor.insolvency.type == "liquidation":
        return "/case/creditor/insolvency", (
            "Le créancier est en liquidation judiciaire : son liquidateur agit pour lui."
        )
    if not is_french(creditor):
        return "/case/creditor/address/country", (
            "Le créancier est établi hors de France : la loi applicable est à vérifier."
        )
    return None


def professional_debtor_check(case: Case) -> Check:
    """Whether the debtor is a professional of France, of private law.

    Sources:
        Art. L. 441-10 C. com.; art. L. 2192-13 CCP for public bodies.
    """
    code, article = "debtor-not-supported", "art. L. 441-10 C. com."
    debtor = case.debtor
    if debtor is None or not debtor.is_professional:
        text = (
            "Le débiteur n'est pas un professionnel : ni pénalités de l'article L. 441-10 ni "
            "indemnité de 40 € ne peuvent lui être réclamées. Cette lettre n'est pas encore "
            "proposée pour un particulier."
        )
        return check(code, "refuse", article, "/case/debtor", text)
    if debtor.type == "public_body":
        text = (
            "Le débiteur est une personne publique : le retard de paiement relève du code de la "
            "commande publique (art. L. 2192-13). Cette lettre n'est pas encore proposée."
        )
        return check(code, "refuse", "art. L. 2192-13 CCP", "/case/debtor/type", text)
    if not is_french(debtor):
        text = (
            "Le débiteur est établi hors de France : la loi applicable et l'envoi sont à vérifier."
        )
        return check(code, "refuse", None, "/case/debtor/address/country", text)
    text = "Le débiteur est un professionnel établi en France."
    return check(code, "pass", article, "/case/debtor", text)


def is_french(party: Party) -> bool:
    """Whether the party's address is in France."""
    return party.address.country == "FR"


def invoices_in_euros_checks(case: Case) -> list[Check]:
    """Whether every claim is an invoice in euros, born of a contract."""
    code, article = "claim-type-not-supported", "art. L. 441-10 C. com."
    found = []
    for at, claim in enumerate(case.claims):
        if claim.type != "invoice" or claim.legal_basis != "contract":
            text = (
                "Cette lettre réclame le prix de factures ; {claim} n'en est pas une née d'un "
                "contrat. Loyers, chèques, prêts et autres créances ne sont pas encore proposés."
            )
            pointer = f"/case/claims/{at}/type"
            found.append(check(code, "refuse", article, pointer, text, claim=claim_name(claim)))
        elif claim.currency != "EUR":
            text = "Seules les factures en euros sont proposées : {claim}."
            pointer = f"/case/claims/{at}/currency"
            found.append(
                check(
                    "currency-not-supported", "refuse", None, pointer, text,
                    claim=claim_name(claim),
                )
            )  # fmt: skip
    text = "Les créances sont des factures en euros."
    return found or [check(code, "pass", article, "/case/claims", text)]


def letter_date_check(facts: Facts, options: ActOptions) -> Check:
    """Whether the letter bears a day on or after that of its statement."""
    code, pointer = "letter-date", "/options/letter_date"
    if options.letter_date is not None and options.letter_date < facts.as_of:
        text = "La lettre est datée d'avant le jour auquel le décompte est arrêté."
        return check(code, "refuse", None, pointer, text)
    text = "La lettre n'est pas antérieure au décompte."
    return check(code, "pass", None, pointer, text)


def delivery_proof_check(options: LetterOptions) -> Check:
    """Whether the way of sending leaves a proof; a demand without one is valid all the same."""
    code, article, pointer = "delivery-proof", "art. 1344 C. civ.", "/options/delivery"
    if options.delivery in {"simple", "email"}:
        text = "Envoi sans preuve certaine de réception : préférer le recommandé, ou le doubler."
        return check(code, "warn", article, pointer, text)
    return check(code, "pass", article, pointer, "L'envoi laisse une preuve.")


def open_matter_checks(case: Case) -> list[Check]:
    """Facts of the file that speak against sending now; a lawyer decides."""
    found = [
        check(
            "claim-disputed", "warn", "art. 1219 C. civ.", f"/case/claims/{at}/disputed",
            "Le débiteur conteste : {claim}.", claim=claim_name(claim),
        )
        for at, claim in enumerate(case.claims)
        if claim.disputed
    ]  # fmt: skip
    texts = {
        "dispute": "Une contestation figure au dossier : vérifier qu'elle a reçu réponse.",
        "payment_plan": "Un échéancier figure au dossier : vérifier qu'il n'est plus en cours.",
    }
    found += [
        check("open-matter", "warn", None, f"/case/steps/{at}", texts[step.type])
        for at, step in enumerate(case.steps)
        if step.type in texts
    ]
    return found
