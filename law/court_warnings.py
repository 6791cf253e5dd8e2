"""What must be known of an answer about courts: what was not read, is not settled, or ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final, Literal

from law.court_answers import PROTECTION, TRADERS, CompetentCourt, CompetentCourts, CourtQuestion
from law.court_map import Commune, Ressort
from law.findings import LegalWarning
from law.french import date_longue, money
from law.parameters import parameter
from law.wording import warning

Territory = Literal["covered", "unverified", "out_of_scope"]
_OUT_OF_SCOPE: Final = frozenset({"986", "987", "988"})
_UNVERIFIED: Final = frozenset({"975", "984", "989"})


def territory_of(department: str) -> Territory:
    """How far the law of a department or collectivity was read."""
    if department in _OUT_OF_SCOPE:
        return "out_of_scope"
    return "unverified" if department in _UNVERIFIED else "covered"


def warnings_of(
    ressort: Ressort,
    territory: Territory,
    question: CourtQuestion,
    courts: Sequence[CompetentCourt],
) -> list[LegalWarning]:
    """What must be known of the courts that answer a question."""
    return [
        *_territory_warnings(territory),
        *_quality_warnings(question),
        *_matter_warnings(question),
        *_proximity_warnings(ressort, question, courts),
        *_court_warnings(question, courts),
    ]


def _territory_warnings(territory: Territory) -> Iterator[LegalWarning]:
    if territory == "out_of_scope":
        yield warning(
            "overseas-out-of-scope",
            "art. 1575 et s. CPC",
            "Wallis-et-Futuna, Polynésie française, Nouvelle-Calédonie : le code de procédure "
            "civile n'y est pas applicable, ou l'est avec des exceptions. Aucun acte n'est "
            "établi ; la juridiction n'est donnée que pour information.",
        )
    elif territory == "unverified":
        yield warning(
            "overseas-unverified",
            None,
            "La procédure et la répartition des affaires dans ce territoire n'ont pas été "
            "vérifiées : juridiction à confirmer.",
        )


def _quality_warnings(question: CourtQuestion) -> Iterator[LegalWarning]:
    if question.matter != "contract":
        return
    if question.is_bill_of_exchange:
        yield warning(
            "bill-of-exchange",
            "art. L. 110-1 10° C. com.",
            "Règle propre à la lettre de change ; pour un billet à ordre ou un aval, vérifier la "
            "qualité du signataire.",
        )
        return
    creditor, debtor = question.creditor_activity, question.debtor_activity
    article = "art. L. 721-3 C. com."
    if debtor is None:
        text = "L'activité du débiteur n'est pas connue : elle décide de la juridiction."
        yield warning("debtor-activity-unknown", article, text)
    elif debtor in TRADERS and creditor is None:
        text = (
            "L'activité du créancier n'est pas connue : s'il n'est ni commerçant ni artisan, il "
            "peut aussi choisir le tribunal judiciaire."
        )
        yield warning("creditor-activity-unknown", article, text)
    elif debtor in TRADERS and creditor not in TRADERS:
        text = (
            "Acte mixte : le créancier qui n'est ni commerçant ni artisan a le choix entre la "
            "juridiction commerciale et le tribunal judiciaire, selon la jurisprudence."
        )
        yield warning("acte-mixte", article, text)
        if debtor == "artisan":
            text = "L'option de l'acte mixte est à vérifier lorsque le débiteur est artisan."
            yield warning("acte-mixte-artisan", article, text)


def _alsace_moselle(question: CourtQuestion) -> LegalWarning:
    text = (
        "Alsace-Moselle : la chambre commerciale du tribunal judiciaire remplace le tribunal de "
        "commerce ; l'effet des jours fériés locaux sur les délais n'est pas fixé."
    )
    article = "art. L. 731-1 C. com."
    if question.is_order_for_payment:
        text += (
            " La consignation de l'art. 1425 CPC, écrite pour le tribunal de commerce, paraît n'y "
            "pas être due ; l'ordonnance fixe les émoluments."
        )
        article += " ; annexe du CPC, art. 46"
    return warning("alsace-moselle", article, text)


def _matter_warnings(question: CourtQuestion) -> Iterator[LegalWarning]:
    if question.matter == "co_ownership":
        yield warning(
            "co-ownership-building",
            "art. 60 décret n° 67-223 du 17 mars 1967",
            "Charges de copropriété : la commune à indiquer est celle de l'immeuble, non celle du "
            "débiteur ; le texte n'a pas été relu.",
        )
        if question.debtor_activity is None or question.debtor_activity in TRADERS:
            text = (
                "Copropriétaire commerçant ou d'activité inconnue : le tribunal judiciaire est "
                "retenu ; à vérifier."
            )
            yield warning("co-ownership-trader", None, text)
    if question.matter == "residential_lease" and not question.is_order_for_payment:
        yield warning(
            "lease-territory",
            "art. 42 CPC",
            "La juridiction retenue est celle du débiteur ; une règle propre au lieu du logement "
            "n'a pas été vérifiée.",
        )
    if question.matter == "contract" and not question.is_order_for_payment:
        yield warning(
            "territorial-option",
            "art. 46 CPC",
            "En matière contractuelle, le demandeur peut aussi saisir la juridiction du lieu de la "
            "livraison ou de l'exécution de la prestation.",
        )


def _proximity_warnings(
    ressort: Ressort, question: CourtQuestion, courts: Sequence[CompetentCourt]
) -> Iterator[LegalWarning]:
    if ressort.chambre_de_proximite is None or question.matter in PROTECTION:
        return
    if not any(found.court is ressort.tribunal_judiciaire for found in courts):
        return
    limit = parameter("courts.proximity_limit_cents").on(question.as_of)
    if question.amount_cents is None:
        text = "Le montant décide entre le tribunal judiciaire et son tribunal de proximité."
        yield warning("amount-unknown", limit.source, text)
    if any(found.court is ressort.chambre_de_proximite for found in courts):
        yield warning(
            "proximity-list",
            limit.source,
            "La liste des matières du tribunal de proximité (tableau IV-II) n'a pas été relue ; "
            "une erreur entre chambres d'un même tribunal se répare par simple mention.",
        )


def _court_warnings(
    question: CourtQuestion, courts: Sequence[CompetentCourt]
) -> Iterator[LegalWarning]:
    if any(found.court.kind == "TAE" for found in courts):
        yield from _tae_warnings(question)
    if any(found.court.kind == "TJ_CHAMBRE_COMMERCIALE" for found in courts):
        yield _alsace_moselle(question)
    for found in courts:
        if found.court.address is None:
            text = "Adresse inconnue, à indiquer : {name}."
            yield warning("court-address-unknown", None, text, name=found.court.name)


def _tae_warnings(question: CourtQuestion) -> Iterator[LegalWarning]:
    experiment = parameter("courts.tae_experiment")
    first, over = experiment.values
    last_day = date_longue(over.since - timedelta(days=1))
    if question.as_of >= over.since:
        text = (
            "L'expérimentation des tribunaux des activités économiques s'achève le {day} d'après "
            "le texte connu : vérifier la juridiction et son nom."
        )
        yield warning("tae-experiment-over", over.source, text, day=last_day)
        return
    text = "Tribunal des activités économiques : expérimentation, jusqu'au {day}."
    yield warning("tae-experiment", first.source, text, day=last_day)
    threshold = parameter("courts.economic_contribution_cents").on(question.as_of)
    if question.amount_cents is not None and question.amount_cents > threshold.value:
        text = (
            "Demande de plus de {amount} : la contribution pour la justice économique est due par "
            "le demandeur, à peine d'irrecevabilité, sauf exemption à justifier (moins de 250 "
            "salariés, notamment)."
        )
        amount = money(int(threshold.value))
        yield warning("tae-contribution", threshold.source, text, amount=amount)


def commune_warnings(commune: Commune, found: CompetentCourts) -> Iterator[LegalWarning]:
    """What must be known of a commune, beside the courts that it shares with others."""
    if commune.note == "former":
        text = (
            "{name} est une ancienne commune : indiquer la commune nouvelle, les juridictions sont "
            "celles d'avant."
        )
        yield warning("former-commune", None, text, name=commune.name)
    if commune.note == "derived" and any(
        each.court is commune.ressort.commercial for each in found.courts
    ):
        text = "Juridiction commerciale de {name} déduite de son tribunal judiciaire : à vérifier."
        yield warning("commercial-court-derived", None, text, name=commune.name)
