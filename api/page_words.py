"""What the pages say, in French: states, outcomes, and what to do about a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from core.clock import PARIS
from law.french import date_courte, date_longue, money, typographic

STATUSES: Final[Mapping[str, str]] = {
    "queued": "en préparation",
    "rendering": "en préparation",
    "draft": "à relire",
    "changes_requested": "modifications demandées",
    "approved": "approuvé",
    "signing": "en cours de signature",
    "signed": "signé",
    "archived": "archivé",
    "failed": "non produit",
    "voided": "annulé",
}
OUTCOMES: Final[Mapping[str, str]] = {"pass": "conforme", "warn": "à vérifier", "refuse": "refus"}
DECISIONS: Final[Mapping[str, str]] = {
    "approve": "a approuvé",
    "request_changes": "a demandé des modifications",
}
CHANGE_KINDS: Final[Mapping[str, str]] = {
    "inserted": "Ajouté",
    "deleted": "Supprimé",
    "changed": "Modifié",
    "moved": "Déplacé",
}
FIGURE_TYPES: Final[Mapping[str, str]] = {
    "amount": "Montant",
    "date": "Date",
    "name": "Nom",
    "iban": "IBAN",
    "article": "Article",
    "rate": "Taux",
}
DONE: Final[Mapping[str, str]] = {
    "commentaire": "Votre commentaire est enregistré.",
    "resolu": "Le fil est marqué comme résolu.",
    "rouvert": "Le fil est rouvert.",
    "version": typographic(
        "Votre fichier est reçu : la nouvelle version est en préparation, rechargez la page dans"
        " quelques secondes."
    ),
    "approve": "Votre approbation est enregistrée.",
    "request_changes": "Votre demande de modifications est enregistrée.",
}
_PROBLEMS: Final[Mapping[str, str]] = {
    "already-decided": "Un autre relecteur vient de décider autrement. Lisez sa décision,"
    " puis cochez que vous passez outre si vous maintenez la vôtre.",
    "four-eyes-required": "Vous êtes l'auteur de cette version : le cabinet veut qu'une autre"
    " personne l'approuve.",
    "reviewer-not-allowed": "Les règles du cabinet ne vous désignent pas comme relecteur de cet"
    " acte.",
    "version-not-reviewable": "Une nouvelle version a été produite depuis que vous avez ouvert la"
    " page : relisez celle-ci avant de décider.",
    "version-outrun": "Une autre version a été produite entre-temps : rechargez la page, puis"
    " envoyez votre fichier de nouveau.",
    "status-conflict": "L'acte n'est plus à ce stade : rechargez la page pour voir où il en est.",
    "changes-pending": "Le fichier contient encore des modifications suivies ou des commentaires :"
    " acceptez-les ou refusez-les dans Word, puis envoyez-le de nouveau.",
    "concerns-not-acknowledged": "Le texte contredit le calcul : cochez chacun des points"
    " que vous acceptez avant d'approuver.",
    "word-file-refused": "Le fichier Word est refusé :",
    "word-file-of-another-act": "Ce fichier Word est celui d'un autre acte.",
    "base-not-ready": "La version d'où part ce fichier n'a jamais été produite.",
    "invalid-facts": "Le formulaire n'est pas complet :",
    "invalid-form": "Le formulaire n'est pas complet : vérifiez ce que vous avez saisi.",
    "http-413": "Le fichier est trop lourd : 10 Mo au plus.",
    "rate-limited": "Trop de demandes en peu de temps : attendez une minute.",
}
_OTHER: Final = "Cela n'a pas pu être fait. Rechargez la page et recommencez."


@dataclass(frozen=True, slots=True)
class Explained:
    """A problem for a reader: what happened and what to do, and its parts."""

    text: str
    points: Sequence[str]


def explained(slug: str, detail: str, faults: Sequence[str] = ()) -> Explained:
    """A problem in plain French; what the service says of its parts follows as it is."""
    points = list(faults) or ([] if slug in _PROBLEMS else [detail])
    return Explained(typographic(_PROBLEMS.get(slug, _OTHER)), points)


def amount(text: str, currency: str = "EUR") -> str:
    """A sum of the API as print has it."""
    return money(int(Decimal(text) * 100), currency)


def day(text: str) -> str:
    """A day of the API as print has it: ``22/11/2026``."""
    return date_courte(date.fromisoformat(text))


def percent(text: str) -> str:
    """A rate of the API as print has it: ``12,15 %``."""
    return typographic(f"{text.replace('.', ',')} %")


def instant(at: datetime) -> str:
    """A moment in Paris time."""
    local = at.astimezone(PARIS)
    return f"{date_longue(local.date())} à {local:%H} h {local:%M}"
