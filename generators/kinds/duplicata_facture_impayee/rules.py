"""What must hold before an invoice is duplicated with the mention of its being unpaid."""

from __future__ import annotations

from datetime import date
from typing import Final

from generators.bad_debt_values import unpaid_principal_check, vat_checks
from generators.kind import Facts
from generators.letter_checks import language_check, letter_date_check
from law.bad_debt_vat import has_vat, mention_on
from law.case import Case
from law.checks import Subject, certificate_steps, run
from law.findings import Check
from law.irrecoverability import OutsideTheCase, grounds
from law.rates import RateTables
from law.wording import check, claim_name

_ARTICLE: Final = "art. 272, 1 CGI"
_E_INVOICING_SINCE: Final = date(2026, 9, 1)


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of the duplicate; those of scope alone when they refuse."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        *_invoices(case),
        *vat_checks(case),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    subject = Subject(case=case, as_of=facts.as_of, rates=rates)
    return [
        *scope,
        unpaid_principal_check(case, facts.as_of, rates),
        *run(("claim-not-due", "litigious-claim", "creditor-identity", "statement"), subject),
        *_settled_in_part(case),
        _evidence(facts),
        *_vanished(facts),
        _original(case),
        _vat_number(case),
        _platform(facts),
        _mention(facts),
    ]


def _invoices(case: Case) -> list[Check]:
    """Only an invoice in euros whose VAT fell due has a duplicate to rectify it."""
    code, found = "invoice-needed", []
    for at, claim in enumerate(case.claims):
        pointer, name = f"/case/claims/{at}", claim_name(claim)
        if claim.type != "invoice":
            text = "Seule une facture a un duplicata : {claim} n'en est pas une."
            found.append(check(code, "refuse", _ARTICLE, f"{pointer}/type", text, claim=name))
        elif claim.currency != "EUR":
            text = "La mention est en euros : {claim}."
            found.append(check(code, "refuse", _ARTICLE, f"{pointer}/currency", text, claim=name))
        elif claim.vat_due_on == "payment":
            text = "TVA non exigible faute de paiement : rien à rectifier, {claim}."
            found.append(
                check("vat-not-due", "refuse", _ARTICLE, f"{pointer}/vat_due_on", text, claim=name)
            )
        elif claim.vat and not has_vat(claim):
            text = "Aucune TVA n'a été facturée : rien à rectifier, {claim}."
            found.append(
                check("vat-not-due", "refuse", _ARTICLE, f"{pointer}/vat", text, claim=name)
            )
    return found or [
        check(code, "pass", _ARTICLE, "/case/claims", "Les créances sont des factures.")
    ]


def _settled_in_part(case: Case) -> list[Check]:
    """A credit note changes what is unpaid, never the duplicate."""
    return [
        check(
            "credit-note", "warn", _ARTICLE, f"/case/credit_notes/{at}",
            "Un avoir réduit l'impayé ; le duplicata reproduit la facture d'origine sans "
            "changement.",
        )
        for at, _ in enumerate(case.credit_notes)
    ]  # fmt: skip


def _evidence(facts: Facts) -> Check:
    """Whether the claim is irrecoverable yet: the duplicate alone recovers nothing."""
    found = certificate_steps(facts.case, facts.as_of)
    if found.outcome == "pass":
        return found
    text = (
        "Le duplicata ne suffit pas : la taxe n'est récupérable qu'une fois la créance "
        "définitivement irrécouvrable, ce que le dossier ne prouve pas encore."
    )
    return check(found.code, "warn", _ARTICLE, "/case/steps", text)


def _vanished(facts: Facts) -> list[Check]:
    codes = {ground.code for ground in grounds(facts.case, facts.as_of, OutsideTheCase())}
    if "DISPARU" not in codes:
        return []
    text = (
        "Le débiteur a disparu : l'envoi du duplicata est dispensé par tolérance, rapportée sans "
        "que le texte en ait été lu ; le conserver, et le pli retourné."
    )
    return [check("duplicate-sending", "warn", "BOI-TVA-DED-40-10-20", "/case/debtor", text)]


def _original(case: Case) -> Check:
    """The duplicate has all the mentions of the invoice, unchanged."""
    code, article = "original-invoice", "BOI-TVA-DED-40-10-20"
    for at, claim in enumerate(case.claims):
        number = claim.number or claim.id
        if not any(number in exhibit.label for exhibit in case.exhibits):
            text = (
                "Le duplicata doit reproduire toutes les mentions de la facture d'origine, "
                "inchangées : comparer avec l'original et le joindre ({claim})."
            )
            pointer = f"/case/claims/{at}/number"
            return check(code, "warn", article, pointer, text, claim=claim_name(claim))
    text = "Les factures d'origine sont au dossier."
    return check(code, "pass", article, "/case/exhibits", text)


def _vat_number(case: Case) -> Check:
    code, pointer = "vat-number", "/case/creditor"
    if case.creditor.vat_number is None:
        text = "Le numéro de TVA du fournisseur, qu'une facture porte, manque."
        return check(code, "warn", None, f"{pointer}/vat_number", text)
    return check(code, "pass", None, pointer, "Le numéro de TVA du fournisseur est indiqué.")


def _platform(facts: Facts) -> Check:
    """No rule was found on how a duplicate travels through an approved platform."""
    code, pointer = "e-invoicing", "/options/letter_date"
    debtor = facts.case.debtor
    is_business = debtor is not None and debtor.is_professional
    if (facts.options.letter_date or facts.as_of) >= _E_INVOICING_SINCE and is_business:
        text = (
            "Facturation électronique : aucun texte ne dit comment un duplicata y circule. Ne pas "
            "le transmettre comme une facture ni un avoir ; le conserver en PDF, sous le même "
            "numéro."
        )
        return check(code, "warn", None, pointer, text)
    return check(code, "pass", None, pointer, "La facturation électronique n'est pas en cause.")


def _mention(facts: Facts) -> Check:
    mention = mention_on(facts.options.letter_date or facts.as_of)
    code, pointer = "tax-code-moved", "/options/letter_date"
    if mention.is_settled:
        text = "La mention est celle que la doctrine prescrit."
        return check(code, "pass", mention.article, pointer, text)
    text = (
        "La TVA relève du code des impositions sur les biens et services depuis le 1er janvier "
        "2027 et la nouvelle mention n'est pas publiée : celle du CGI est maintenue par tolérance, "
        "à vérifier."
    )
    return check(code, "warn", mention.article, pointer, text)
