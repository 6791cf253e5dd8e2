"""An unpaid cheque and its calendar as template values, for the acts that follow its rejection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from generators.letters import (
    WINDOW_LINES,
    full_identity,
    printed_name,
    recipient,
    window_height,
)
from generators.representatives import named_with_address, quality
from law.case import Address, Case, Cheque, Claim, DraweeBank, Party, RejectionReason
from law.cheques import ChequeCalendar, cheque_calendar
from law.findings import Check
from law.french import date_unbroken, euros, typographic
from law.number_words import amount_in_words
from law.wording import check

REASONS: Final[dict[RejectionReason, str]] = {
    "insufficient_funds": "défaut de provision suffisante",
    "closed_account": "compte clôturé",
    "bank_ban": typographic("chèque émis au mépris d'une injonction ou d'une interdiction"),
    "opposition": "opposition",
    "irregular": "chèque irrégulier",
    "other": "motif indiqué par la banque",
}
_REJECTION: Final = re.compile(r"(?:attestation|avis) de rejet", re.IGNORECASE)


def bank_party(bank: DraweeBank) -> Party:
    """The drawee as a recipient: its name, its branch, its address."""
    if bank.address is None:
        raise ValueError("the drawee has no address")
    lines = [*filter(None, (bank.branch,)), *bank.address.lines]
    return Party(
        type="company",
        name=bank.name,
        address=Address(
            lines=lines,
            postal_code=bank.address.postal_code,
            city=bank.address.city,
            country=bank.address.country,
        ),
    )


def bank_recipient(bank: DraweeBank) -> dict[str, Any]:
    """The drawee in the window of the envelope; its branch below when there is no room for it."""
    whole = recipient(bank_party(bank))
    if bank.branch is None or window_height(whole["lines"]) <= WINDOW_LINES:
        return whole
    return {
        "lines": [line for line in whole["lines"] if line != bank.branch],
        "attention": bank.branch,
    }


def bank_name(bank: DraweeBank) -> str:
    """The drawee in a line: name, branch, address."""
    address = bank.address
    where = [*address.lines, f"{address.postal_code} {address.city}"] if address else []
    return ", ".join(filter(None, (bank.name, bank.branch, *where)))


def bank_address_check(claim: Claim) -> Check:
    """Whether the drawee can be written to."""
    code, pointer = "drawee-address", "/case/claims/0/cheque/drawee_bank/address"
    if claim.cheque is None or claim.cheque.drawee_bank.address is None:
        text = "L'adresse de la banque tirée manque : la demande se fait au tiré, à nul autre."
        return check(code, "refuse", "art. L. 131-73 et R. 131-48 CMF", pointer, text)
    return check(code, "pass", "art. R. 131-48 CMF", pointer, "La banque tirée a une adresse.")


def cheque_values(case: Case, claim: Claim, *, masked: bool = False) -> dict[str, Any]:
    """The cheque, told so that it cannot be mistaken for another.

    Args:
        case: The facts.
        claim: The claim that it is.
        masked: Whether only the last figures of the account are shown.

    Sources:
        Art. R. 131-48 CMF: drawer, drawee, number, amount.
    """
    cheque = claim.cheque
    if cheque is None or case.debtor is None:
        raise ValueError("the cheque or its drawer is missing")
    account = cheque.drawer_account
    return {
        "number": cheque.number,
        "amount": euros(claim.amount_incl_tax_cents),
        "words": cheque.amount_in_words or amount_in_words(claim.amount_incl_tax_cents),
        "issued": _issued(claim, cheque),
        "bank": bank_name(cheque.drawee_bank),
        "account": _masked(account) if account and masked else account,
        "drawer": full_identity(case.debtor),
        "payee": printed_name(case.creditor),
        "purpose": claim.description,
        "presented_on": date_unbroken(cheque.presented_on) if cheque.presented_on else None,
        "again_on": (
            date_unbroken(cheque.second_presentation_on) if cheque.second_presentation_on else None
        ),
        "rejected_on": date_unbroken(cheque.rejected_on) if cheque.rejected_on else None,
        "reason": rejection_reason(cheque),
    }


def _issued(claim: Claim, cheque: Cheque) -> str:
    day = date_unbroken(claim.issued_on or claim.due_on)
    return f"{day}, à {cheque.issued_at}" if cheque.issued_at else day


def _masked(account: str) -> str:
    shown = account[-4:]
    return f"se terminant par {shown}" if len(account) > len(shown) else account


def rejection_reason(cheque: Cheque) -> str:
    """Why it was refused: in the bank's words, else in ours."""
    if cheque.rejection_label:
        return cheque.rejection_label
    return REASONS[cheque.rejection_reason] if cheque.rejection_reason else "non précisé"


def rejection_paper(case: Case) -> str | None:
    """The bank's paper of the rejection among the exhibits, with its day."""
    for exhibit in case.exhibits:
        if _REJECTION.search(exhibit.label):
            day = f" du {date_unbroken(exhibit.on)}" if exhibit.on else ""
            return f"{exhibit.label[0].lower()}{exhibit.label[1:]}{day}"
    return None


def holder_sentence(case: Case) -> str:
    """For whom whoever writes acts, and by what right, as the head of a sentence."""
    representative = case.representative
    if representative is None or representative.role == "commissaire_de_justice":
        return "En qualité de bénéficiaire et porteur"
    what = quality(representative)
    since = representative.mandate_on
    mandate = f", en vertu d\u2019un mandat écrit du {date_unbroken(since)}" if since else ""
    return (
        f"{what}, agissant au nom et pour le compte de {named_with_address(case.creditor)},"
        f" bénéficiaire et porteur{mandate}"
    )


def calendar_rows(claim: Claim, more: Iterable[tuple[str, str, str]] = ()) -> list[dict[str, str]]:
    """The days of the cheque in order, each with its basis.

    Args:
        claim: The cheque.
        more: Further rows of the kind: what, day, basis.
    """
    cheque, days = claim.cheque, cheque_calendar(claim)
    if cheque is None:
        raise ValueError("the claim is no cheque")
    known: list[tuple[str, date | None, str]] = [
        ("Émission du chèque", days.issued_on, "date portée au chèque"),
        ("Première présentation", cheque.presented_on, "art. L. 131-31 CMF"),
        ("Fin du délai de présentation (8 jours)", days.presentation_ends_on, "art. L. 131-32 CMF"),
        ("Rejet du chèque", cheque.rejected_on, "art. R. 131-46 CMF"),
        (
            "Fin du délai de régularisation (30 jours de la première présentation)",
            days.funding_ends_on, "art. L. 131-73 CMF",
        ),
        ("Certificat pouvant être demandé", days.certificate_from, "art. L. 131-73, R. 131-3 CMF"),
        ("Nouvelle présentation", cheque.second_presentation_on, "art. L. 131-73 CMF"),
    ]  # fmt: skip
    dated = sorted((row for row in known if row[1]), key=lambda row: row[1] or date.min)
    rows = [(what, date_unbroken(day), basis) for what, day, basis in dated if day]
    return [
        {"what": typographic(what), "day": day, "basis": typographic(basis)}
        for what, day, basis in (*rows, *more, *_limits(days))
    ]


def _limits(days: ChequeCalendar) -> list[tuple[str, str, str]]:
    return [
        (
            "Prescription contre le tireur (6 mois)", date_unbroken(days.drawer_until),
            "art. L. 131-59 CMF",
        ),
        (
            "Prescription contre la banque tirée (1 an)", date_unbroken(days.drawee_until),
            "art. L. 131-59 CMF",
        ),
    ]  # fmt: skip


def last_funding_day(claim: Claim) -> str:
    """The last of the thirty days, in words."""
    day = cheque_calendar(claim).funding_ends_on
    if day is None:
        raise ValueError("the first presentation is not known")
    return date_unbroken(day)
