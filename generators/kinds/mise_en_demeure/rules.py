"""What must hold before a formal notice is made: the law, then what this letter can say rightly.

The letter is written by a professional creditor to a professional debtor of France for unpaid
invoices. For any other case it would say wrong law, so it is refused, not adapted by guess.
"""

from __future__ import annotations

from generators.kind import Facts
from generators.letters import address_checks
from generators.options import LetterOptions
from law.case import Case, Party
from law.checks import formal_notice_checks
from law.findings import Check
from law.rates import RateTables
from law.wording import check, claim_name


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a formal notice; none but the refusals of scope when it is out of scope."""
    case, options = facts.case, facts.options
    scope = [
        _language(facts),
        _sender(case),
        _debtor(case),
        *_claims(case),
        _letter_date(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    return [
        *scope,
        *formal_notice_checks(
            case,
            facts.as_of,
            rates,
            delivery=options.delivery,
            payment_deadline_days=options.payment_deadline_days,
        ),
        _proof_of_delivery(options),
        *_open_disputes(case),
        *(address_checks(case.debtor, "/case/debtor/address") if case.debtor else ()),
    ]


def _language(facts: Facts) -> Check:
    code, pointer = "language-not-supported", "/language"
    if facts.language == "fr":
        return check(code, "pass", None, pointer, "L'acte est rédigé en français.")
    text = "La mise en demeure n'existe qu'en français."
    return check(code, "refuse", None, pointer, text)


def _sender(case: Case) -> Check:
    code, article, pointer = "sender-not-supported", "art. 1344 C. civ.", "/case/creditor"
    why = _why_sender_not_supported(case)
    if why is None:
        return check(code, "pass", article, pointer, "Le créancier écrit en son nom.")
    return check(code, "refuse", article, *why)


def _why_sender_not_supported(case: Case) -> tuple[str, str] | None:
    creditor = case.creditor
    if case.representative is not None:
        return "/case/representative", (
            "La mise en demeure envoyée par un mandataire (société de recouvrement, avocat, "
            "commissaire de justice) obéit à d'autres règles et n'est pas encore proposée."
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
    if not _is_french(creditor):
        return "/case/creditor/address/country", (
            "Le créancier est établi hors de France : la loi applicable est à vérifier."
        )
    return None


def _debtor(case: Case) -> Check:
    code, article = "debtor-not-supported", "art. L. 441-10 C. com."
    debtor = case.debtor
    if debtor is None or not debtor.is_professional:
        text = (
            "Le débiteur n'est pas un professionnel : ni pénalités de l'article L. 441-10 ni "
            "indemnité de 40 € ne peuvent lui être réclamées. La mise en demeure d'un particulier "
            "n'est pas encore proposée."
        )
        return check(code, "refuse", article, "/case/debtor", text)
    if debtor.type == "public_body":
        text = (
            "Le débiteur est une personne publique : le retard de paiement relève du code de la "
            "commande publique (art. L. 2192-13). Cette lettre n'est pas encore proposée."
        )
        return check(code, "refuse", "art. L. 2192-13 CCP", "/case/debtor/type", text)
    if not _is_french(debtor):
        text = (
            "Le débiteur est établi hors de France : la loi applicable et l'envoi sont à vérifier."
        )
        return check(code, "refuse", None, "/case/debtor/address/country", text)
    text = "Le débiteur est un professionnel établi en France."
    return check(code, "pass", article, "/case/debtor", text)


def _is_french(party: Party) -> bool:
    return party.address.country == "FR"


def _claims(case: Case) -> list[Check]:
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


def _letter_date(facts: Facts, options: LetterOptions) -> Check:
    code, pointer = "letter-date", "/options/letter_date"
    if options.letter_date is not None and options.letter_date < facts.as_of:
        text = "La lettre est datée d'avant le jour auquel le décompte est arrêté."
        return check(code, "refuse", None, pointer, text)
    text = "La lettre n'est pas antérieure au décompte."
    return check(code, "pass", None, pointer, text)


def _proof_of_delivery(options: LetterOptions) -> Check:
    code, article, pointer = "delivery-proof", "art. 1344 C. civ.", "/options/delivery"
    if options.delivery in {"simple", "email"}:
        text = "Envoi sans preuve certaine de réception : préférer le recommandé, ou le doubler."
        return check(code, "warn", article, pointer, text)
    return check(code, "pass", article, pointer, "L'envoi laisse une preuve.")


def _open_disputes(case: Case) -> list[Check]:
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
