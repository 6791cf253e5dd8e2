"""What must hold before a claim is certified irrecoverable."""

from __future__ import annotations

from generators.bad_debt_values import unpaid_principal_check, vat_checks
from generators.kind import Facts
from generators.kinds.certificat_irrecouvrabilite.options import CertificateOptions
from generators.letter_checks import language_check, letter_date_check
from law.bad_debt_vat import mention_on
from law.case import Case
from law.checks import Subject, certificate_steps, run
from law.findings import Check
from law.french import date_longue
from law.rates import RateTables
from law.wording import check

_LAW = ("litigious-claim", "claim-not-due", "agency-mandate", "lawyer-bar", "limitation")
_ARTICLE = "art. 272, 1 CGI"


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of the certificate; those of scope alone when they refuse."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        issuer_check(case),
        *_euros(case),
        *vat_checks(case),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    subject = Subject(case=case, as_of=facts.as_of, rates=rates)
    return [
        *scope,
        unpaid_principal_check(case, facts.as_of, rates),
        certificate_steps(case, facts.as_of, options.told),
        *run((*_LAW, "statement"), subject),
        *_insolvency(case, options),
        _later_steps(facts),
        _exhibits(case),
        _particulars(case, options),
        _settled_law(facts),
    ]


def issuer_check(case: Case) -> Check:
    """A creditor does not certify its own loss: an agency, a lawyer or an officer does.

    Sources:
        No text defines the certificate; ADR 0142.
    """
    code, pointer = "issuer-not-allowed", "/case/representative"
    if case.representative is None:
        text = (
            "Le créancier ne se délivre pas à lui-même un certificat d'irrécouvrabilité : une "
            "société de recouvrement, un avocat ou un commissaire de justice le délivre."
        )
        return check(code, "refuse", _ARTICLE, pointer, text)
    text = "Le certificat est délivré par un tiers."
    return check(code, "pass", _ARTICLE, pointer, text)


def _euros(case: Case) -> list[Check]:
    return [
        check(
            "currency-not-euro", "refuse", _ARTICLE, f"/case/claims/{at}/currency",
            "Seules des créances en euros peuvent être certifiées.",
        )
        for at, claim in enumerate(case.claims)
        if claim.currency != "EUR"
    ]  # fmt: skip


def _insolvency(case: Case, options: CertificateOptions) -> list[Check]:
    """What proceedings need beside their judgment, and those that prove nothing yet."""
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None:
        return []
    pointer = "/case/debtor/insolvency"
    if insolvency.type != "liquidation":
        text = (
            "Une sauvegarde ou un redressement sans plan arrêté ne rend pas la créance "
            "irrécouvrable : le plan peut la payer."
        )
        return [check("insolvency-pending", "warn", _ARTICLE, pointer, text)]
    missing = [
        (name, key)
        for name, key, value in (
            (
                "la date de la déclaration de créance",
                "claim_declared_on",
                options.claim_declared_on,
            ),
            ("la référence au BODACC", "gazette_reference", options.gazette_reference),
        )
        if not value
    ]
    found = [
        check(
            "insolvency-evidence", "warn", _ARTICLE, f"/options/{key}",
            "La preuve par la liquidation demande aussi {what}.", what=name,
        )
        for name, key in missing
    ]  # fmt: skip
    if not insolvency.officer:
        text = "Le liquidateur, à qui va la facture rectifiée, n'est pas nommé."
        found.append(check("insolvency-evidence", "warn", _ARTICLE, f"{pointer}/officer", text))
    return found


def _later_steps(facts: Facts) -> Check:
    code, pointer = "step-to-come", "/case/steps"
    for at, step in enumerate(facts.case.steps):
        if step.on > facts.as_of:
            text = "La démarche du {day} est postérieure au certificat : elle n'y figure pas."
            day = date_longue(step.on)
            return check(code, "warn", None, f"{pointer}/{at}", text, day=day)
    return check(code, "pass", None, pointer, "Toutes les démarches sont accomplies.")


def _exhibits(case: Case) -> Check:
    code, pointer = "exhibits-missing", "/case/exhibits"
    if case.exhibits:
        text = "Des pièces sont annexées."
        return check(code, "pass", _ARTICLE, pointer, text)
    text = "Aucune pièce n'est annexée : le certificat n'est qu'une affirmation sans ses preuves."
    return check(code, "warn", _ARTICLE, pointer, text)


def _particulars(case: Case, options: CertificateOptions) -> Check:
    code, article, pointer = "agency-particulars", "art. R. 124-1 et R. 124-2 CPCE", "/options"
    is_agency = case.representative and case.representative.role == "collection_agency"
    if is_agency and not options.issuer_particulars:
        text = (
            "La déclaration d'activité, l'assurance et le compte dédié de la société de "
            "recouvrement ne sont pas indiqués."
        )
        pointer = "/options/issuer_particulars"
        return check(code, "warn", article, pointer, text)
    return check(code, "pass", article, pointer, "L'émetteur est identifié.")


def _settled_law(facts: Facts) -> Check:
    """The text that bears VAT moves on 1 January 2027; its new numbers are not all known."""
    options = facts.options
    mention = mention_on(options.letter_date or facts.as_of)
    code, pointer = "tax-code-moved", "/options/letter_date"
    if mention.is_settled:
        return check(code, "pass", mention.article, pointer, "Le texte fiscal cité est en vigueur.")
    text = (
        "La TVA relève du code des impositions sur les biens et services depuis le 1er janvier "
        "2027 : la référence au CGI est maintenue par tolérance, à vérifier."
    )
    return check(code, "warn", mention.article, pointer, text)
