"""What the law says of a step of dunning: a word to whoever takes it, with its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from law.case import Case, Claim
from law.french import typographic
from law.regime import regime_name
from law.schedule_plans import SPOKEN, PlanStep

_NO_INTERRUPTION: Final = "art. 2240, 2241 et 2244 C. civ."


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A word on a step, in French; ``article`` is None where it is usage."""

    detail: str
    article: str | None = None


def remarks(case: Case, claim: Claim, step: PlanStep) -> Sequence[Remark]:
    """What to know before a step is taken against this debtor for this claim.

    Sources:
        Art. L. 441-10 II, D. 441-5 C. com.; L. 2192-13 CCP; L. 111-8, R. 124-4 CPCE; L. 121-21
        C. conso.; 4 and 24 loi n° 89-462; 1219, 1231-6, 1344-1, 2240, 2241, 2244 C. civ.; 1405,
        1406 CPC; 222-16 C. pén.; L. 100 code des postes; Cass. com., 18 May 2022,
        n° 20-23.204; Cass. 1re civ., 10 July 1990, n° 89-13.345.
    """
    found = [*_of_kind(case, claim, step), *_of_channel(case, step), *_of_sender(case, step)]
    found += [Remark(detail=_OURS[name]) for name in step.filled_in]
    return [Remark(detail=typographic(one.detail), article=one.article) for one in found]


_OURS: Final = {
    "offset_days": "Le calendrier suivi ne donne pas ce délai : il est de notre choix.",
    "channel": "Le calendrier suivi ne donne pas ce moyen d'envoi : il est de notre choix.",
    "kind": "Le calendrier suivi ne parle que d'un courrier recommandé.",
}


def _of_kind(case: Case, claim: Claim, step: PlanStep) -> Iterator[Remark]:
    regime = regime_name(case.creditor, case.debtor or case.creditor, claim)
    match step.kind:
        case "rappel_avant_echeance":
            if regime == "commercial":
                yield Remark(
                    detail="Rien n'est en retard avant le lendemain de l'échéance : n'annoncer ni "
                    "pénalité ni indemnité.",
                    article="art. L. 441-10 II C. com.",
                )
        case "relance":
            yield from _of_reminder(case, regime)
        case "mise_en_demeure":
            yield from _of_notice(regime)
        case "suspension_livraisons":
            yield Remark(
                detail="Suppose une inexécution suffisamment grave, du même contrat ou d'un "
                "contrat lié ; ce n'est pas une résiliation.",
                article="art. 1219 C. civ.",
            )
        case "echeancier":
            yield Remark(
                detail="L'échéancier que le débiteur accepte vaut reconnaissance de la dette et "
                "interrompt la prescription : le faire signer.",
                article="art. 2240 C. civ.",
            )
        case "requete_injonction_de_payer":
            yield Remark(
                detail="La requête n'interrompt pas la prescription, la signification de "
                "l'ordonnance l'interrompt (Cass. 1re civ., 10 juillet 1990, n° 89-13.345).",
                article="art. 1405 et 1406 CPC",
            )


def _of_reminder(case: Case, regime: str) -> Iterator[Remark]:
    if regime == "commercial":
        yield Remark(
            detail="Les pénalités courent sans rappel et l'indemnité de 40 € est due par facture "
            "en retard.",
            article="art. L. 441-10 II et D. 441-5 C. com.",
        )
    elif regime == "public":
        yield Remark(
            detail="Les intérêts moratoires et l'indemnité de 40 € sont dus sans formalité.",
            article="art. L. 2192-13 CCP",
        )
    elif regime == "residential_rent":
        yield Remark(
            detail="Ni frais de relance ni pénalité de retard contre un locataire d'habitation.",
            article="art. 4 loi n° 89-462 du 6 juillet 1989",
        )
    elif case.debtor is not None and not case.debtor.is_professional:
        yield Remark(
            detail="Aucuns frais de relance ne peuvent être demandés à un consommateur.",
            article="art. L. 111-8 CPCE ; art. L. 121-21 C. conso.",
        )
    yield Remark(detail="Une relance n'interrompt pas la prescription.", article=_NO_INTERRUPTION)


def _of_notice(regime: str) -> Iterator[Remark]:
    if regime in {"civil", "residential_rent"}:
        yield Remark(
            detail="Fait courir l'intérêt au taux légal.",
            article="art. 1231-6 et 1344-1 C. civ.",
        )
    if regime == "residential_rent":
        yield Remark(
            detail="Cette lettre n'est pas le commandement de payer d'un commissaire de justice.",
            article="art. 24 loi n° 89-462 du 6 juillet 1989",
        )
    yield Remark(
        detail="Une mise en demeure, même recommandée, n'interrompt pas la prescription (Cass. "
        "com., 18 mai 2022, n° 20-23.204).",
        article=_NO_INTERRUPTION,
    )


def _of_channel(case: Case, step: PlanStep) -> Iterator[Remark]:
    debtor = case.debtor
    if step.channel == "phone":
        yield Remark(
            detail="S'assurer de l'interlocuteur avant de parler de la dette ; les appels répétés "
            "et malveillants sont un délit.",
            article="art. 222-16 C. pén.",
        )
    elif (
        step.channel == "electronic_registered_letter"
        and debtor is not None
        and not debtor.is_professional
        and debtor.electronic_registered_consent_on is None
    ):
        yield Remark(
            detail="Le destinataire, non professionnel, doit avoir consenti à la lettre "
            "recommandée électronique.",
            article="art. L. 100 code des postes et des communications électroniques",
        )
    elif step.kind == "mise_en_demeure" and step.channel in {"letter", "email"}:
        yield Remark(
            detail="Envoi sans preuve certaine de réception : préférer le recommandé.",
            article="art. 1344 C. civ.",
        )


def _of_sender(case: Case, step: PlanStep) -> Iterator[Remark]:
    role = case.representative.role if case.representative else None
    asks = step.kind in {"relance", "mise_en_demeure"} or step.channel in SPOKEN
    if role == "collection_agency" and asks:
        yield Remark(
            detail="La première lettre porte les mentions obligatoires ; toute démarche suivante "
            "rappelle sa référence et sa date d'envoi.",
            article="art. R. 124-4 CPCE",
        )
