"""What a request or a summons rests on: documents, earlier steps, thresholds, penalties."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from law.case import Case
from law.findings import Check
from law.french import money
from law.parameters import value_on_or_first
from law.place_names import plain_place
from law.wording import check

CourtAct = Literal["payment_order", "summons", "summary_proceedings"]
Court = Literal["tribunal_judiciaire", "tribunal_de_commerce"]
_OF_THE_DEBTOR = re.compile(
    r"\b(CONTRAT|COMMANDES?|DEVIS|BAIL|PRET|CONVENTION|CONDITIONS|ACCORD|LIVRAISON|RECEPTION"
    r"|RECONNAISSANCE|ENGAGEMENT|OFFRE|MARCHE|LETTRE DE CHANGE|BILLET|CHEQUE|STATUTS|REGLEMENT"
    r"|ASSEMBLEE|EMARGEMENT|CGV|BON)\b"
)
"""Words of a document that the debtor made, signed or received the thing by."""


def exhibits_present(case: Case, article: str = "art. 1407 et 1409 CPC") -> Check:
    """A judge who decides on documents needs some, and one that the creditor alone did not write.

    What an exhibit is, its label tells. A contract that the case only mentions proves nothing, and
    where an order, a delivery note or a cheque is joined, none needs to be mentioned.

    Args:
        case: The facts.
        article: What asks for documents before that court.
    """
    code, pointer = "exhibits-missing", "/case/exhibits"
    if not case.exhibits:
        text = "Aucune pièce : la demande doit être accompagnée de documents justificatifs."
        return check(code, "refuse", article, pointer, text)
    if not any(_OF_THE_DEBTOR.search(plain_place(each.label)) for each in case.exhibits):
        text = (
            "Aucune pièce ne paraît émaner du débiteur (contrat, commande, devis signé, bon de "
            "livraison) : une facture que le créancier a établie peut ne pas suffire."
        )
        return check(code, "warn", article, pointer, text)
    return check(code, "pass", article, pointer, "Des pièces justifient la créance.")


def formal_notice_given(case: Case, as_of: date) -> Check:
    """An order for payment needs no formal notice; interest and the penalty clause may."""
    code, article = "formal-notice-missing", "art. 1231-5, 1231-6 et 1344-1 C. civ."
    if any(step.type == "formal_notice" and step.on <= as_of for step in case.steps):
        text = "Une mise en demeure figure au dossier."
        return check(code, "pass", article, "/case/steps", text)
    text = (
        "Aucune mise en demeure : elle n'est pas exigée, mais l'intérêt au taux légal et la clause "
        "pénale en dépendent."
    )
    return check(code, "warn", article, "/case/steps", text)


def amicable_attempt(amount_cents: int, as_of: date, act: CourtAct, court: Court) -> Check:
    """Small claims before the *tribunal judiciaire* follow an attempt to settle.

    A formal notice is none of the three attempts of the text, and steps name none of them.

    Sources:
        Art. 750-1 CPC: up to 5 000 EUR, conciliation, mediation or participatory procedure.
        Neither for an order for payment nor before the commercial court.
    """
    code, article, pointer = "amicable-attempt", "art. 750-1 CPC", "/case/steps"
    most = int(value_on_or_first("court.amicable_attempt_cents", as_of).value)
    if act == "payment_order" or court == "tribunal_de_commerce" or amount_cents > most:
        text = "Aucune tentative amiable préalable n'est exigée."
        return check(code, "pass", article, pointer, text)
    text = (
        "Jusqu'à {most}, une conciliation, une médiation ou une procédure participative doit "
        "précéder la demande, à peine d'irrecevabilité, sauf dispense : à vérifier (une mise en "
        "demeure n'en tient pas lieu). Somme en jeu : {amount}."
    )
    amounts = {"most": money(most), "amount": money(amount_cents)}
    return check(code, "warn", article, pointer, text, **amounts)


def lawyer_required(amount_cents: int, as_of: date, act: CourtAct) -> Check:
    """Above 10 000 EUR a summons is a lawyer's; an order for payment never needs one."""
    code, article, pointer = (
        "lawyer-required",
        "art. 760, 761 3° et 853 CPC",
        "/case/representative",
    )
    most = int(value_on_or_first("court.without_lawyer_cents", as_of).value)
    if act == "payment_order" or amount_cents <= most:
        return check(code, "pass", article, pointer, "L'avocat n'est pas obligatoire.")
    text = "Au-delà de {most}, l'avocat est obligatoire ({amount} demandés)."
    amounts = {"most": money(most), "amount": money(amount_cents)}
    return check(code, "warn", article, pointer, text, **amounts)


def penalty_clause_before_court(case: Case, as_of: date) -> Check:
    """A judge may of his own motion reduce or increase a penalty."""
    code, article = "penalty-clause-reducible", "art. 1231-5 C. civ."
    for at, claim in enumerate(case.claims):
        if claim.penalty_clause and claim.due_on <= as_of:
            text = "Le juge peut, même d'office, modérer ou augmenter la clause pénale."
            return check(code, "warn", article, f"/case/claims/{at}/penalty_clause", text)
    return check(code, "pass", article, "/case/claims", "Aucune clause pénale n'est demandée.")
