"""What a formal notice says of unpaid cheques: which they are, how to put it right, what follows.

A letter tells the drawer the way of the law and threatens nothing: the ban from issuing cheques is
the bank's act, and the certificate is its document.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from generators.kinds.mise_en_demeure.wording import Voice, said
from law.case import Case, Claim, RejectionReason
from law.checks.cheque import certificate_from
from law.french import NBSP, date_unbroken, euros

_REASONS: Final[dict[RejectionReason | None, str]] = {
    "insufficient_funds": "défaut de provision suffisante",
    "closed_account": "compte clôturé",
    "bank_ban": "interdiction d'émettre des chèques",
    "opposition": "opposition",
    "irregular": "chèque irrégulier",
}
_WITH_CERTIFICATE: Final = frozenset({"insufficient_funds", "closed_account", "bank_ban"})


def cheque_lines(case: Case) -> list[str]:
    """Each cheque: number, sum, bank, place and date of issue, presentation, rejection, reason."""
    return [_line(claim) for claim in case.claims if claim.cheque]


def _line(claim: Claim) -> str:
    cheque = claim.cheque
    if cheque is None:
        raise ValueError("only a claim that is a cheque has a line")
    bank = ", ".join(filter(None, (cheque.drawee_bank.name, cheque.drawee_bank.branch)))
    reason = cheque.rejection_label or said(_REASONS.get(cheque.rejection_reason, ""))
    parts = [
        f"Chèque n°{NBSP}{cheque.number} de {euros(claim.amount_incl_tax_cents)}",
        said("tiré sur {bank}", bank=bank),
        said(
            "émis le {day}{where}",
            day=date_unbroken(claim.issued_on or claim.due_on),
            where=f" à {cheque.issued_at}" if cheque.issued_at else "",
        ),
        _dated("présenté au paiement le", cheque.presented_on),
        _dated("rejeté le", cheque.rejected_on) or "rejeté",
        _dated("présenté de nouveau le", cheque.second_presentation_on),
        said("motif : {reason}", reason=reason) if reason else "",
    ]
    return f"{', '.join(filter(None, parts))}."


def _dated(what: str, on: date | None) -> str:
    return f"{what} {date_unbroken(on)}" if on else ""


def cheque_paragraphs(case: Case, voice: Voice, as_of: date) -> list[str]:
    """How to put it right, what follows otherwise, who bears the costs of the rejection.

    Sources:
        Art. L. 131-73 CMF: thirty days, certificate, order to pay, title, costs.
        Art. L. 131-67 CMF: the claim that the cheque was to pay survives.
        Art. R. 131-20 CMF: the cheque is handed back against payment.
    """
    return [
        _regularisation(case, voice, as_of),
        *([_what_follows(case, as_of)] if is_for_want_of_funds(case) else ()),
        *(
            [_costs()]
            if is_for_want_of_funds(case)
            and (not case.representative or case.representative.role != "commissaire_de_justice")
            else ()
        ),
        said(
            "La remise d'un chèque n'éteint pas la créance qu'il devait payer : elle subsiste"
            " jusqu'à ce qu'il soit payé (article L. 131-67 du Code monétaire et financier)."
        ),
    ]


def is_for_want_of_funds(case: Case) -> bool:
    """Whether every cheque was refused for want of funds, so that a certificate can be had."""
    return all(
        claim.cheque is not None and claim.cheque.rejection_reason in _WITH_CERTIFICATE
        for claim in case.claims
    )


def _regularisation(case: Case, voice: Voice, as_of: date) -> str:
    one = len(case.claims) == 1
    back = "le chèque vous sera" if one else "les chèques vous seront"
    again = "restitué" if one else "restitués"
    over_on = min(_windows(case), default=as_of)
    if over_on <= as_of or not is_for_want_of_funds(case):
        return said(
            f"Contre paiement, par tout moyen qui en laisse la preuve, {back} {again} afin que vous"
            " puissiez en justifier auprès de votre banque."
        )
    until = date_unbroken(over_on - timedelta(days=1))
    return voice.of(
        we=_until("nous régler"), i=_until("me régler"), agent=_until("payer"),
        until=until, back=back, again=again,
    )  # fmt: skip


def _windows(case: Case) -> list[date]:
    """For each cheque the first day after its thirty; empty when a presentation is not known."""
    days = [claim.cheque.presented_on if claim.cheque else None for claim in case.claims]
    known = [certificate_from(day) for day in days if day is not None]
    return known if len(known) == len(days) else []


def _until(pay: str) -> str:
    return (
        "Jusqu'au {until}, trente jours après la première présentation, vous pouvez régulariser en"
        " approvisionnant le compte en vue d'une nouvelle présentation, dont vous voudrez bien"
        f" donner avis, ou {pay} par un autre moyen. Contre paiement, {{back}} {{again}}."
    )


def _what_follows(case: Case, as_of: date) -> str:
    windows = _windows(case)
    when = (
        "Le délai de trente jours à compter de la première présentation étant expiré,"
        if windows and max(windows) <= as_of
        else "À défaut de paiement ou de constitution de la provision dans les trente jours de la"
        " première présentation,"
    )
    return said(
        f"{when} la banque tirée délivre au porteur qui le demande un certificat de non-paiement."
        " La notification effective ou, à défaut, la signification de ce certificat"
        " par un commissaire de justice vaut commandement de payer ; sans justification du paiement"
        " du montant du chèque et des frais dans les quinze jours de sa réception, le commissaire"
        " de justice délivre un titre exécutoire (article L. 131-73 du Code monétaire et"
        " financier)."
    )


def _costs() -> str:
    return said(
        "En tout état de cause, les frais de toute nature qu'occasionne le rejet d'un chèque sans"
        " provision sont à la charge du tireur (même article)."
    )
