"""Which court may be asked to order payment: by matter, qualities of the parties, place and sum.

The steps are those of art. 1406 CPC for the order for payment, and of art. 42 CPC for a summons.
What the texts leave open, or could not be read, comes with the answer as a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from law.case import Activity
from law.court_map import Commune, Court, Ressort
from law.findings import LegalWarning
from law.french import date_longue, money, typographic
from law.parameters import parameter
from law.wording import warning

Procedure = Literal[
    "requete_injonction_de_payer", "assignation_paiement", "assignation_refere_provision"
]
Matter = Literal["contract", "consumer_credit", "residential_lease", "co_ownership"]
Territory = Literal["covered", "unverified", "out_of_scope"]

ORDER_FOR_PAYMENT: Final = "requete_injonction_de_payer"
TRADERS: Final[frozenset[Activity]] = frozenset({"commercial", "artisan"})
"""Whose disputes with each other go to the commercial court (art. L. 721-3 C. com.)."""
_OUT_OF_SCOPE: Final = frozenset({"986", "987", "988"})
_UNVERIFIED: Final = frozenset({"975", "984", "989"})
_PROTECTION: Final = {
    "consumer_credit": "Crédit à la consommation",
    "residential_lease": "Bail ou occupation d'un logement",
}
_PROTECTION_ARTICLE: Final = "art. L. 213-4-4 et L. 213-4-5 COJ"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtQuestion:
    """What the competent court depends on, beside the place.

    Attributes:
        creditor_activity: None when it is not known; ``none`` for who has no trade.
        debtor_activity: Likewise; companies commercial by their form are ``commercial``.
        amount_cents: Sum claimed; None when it is not known.
        as_of: Day of the act.
        is_bill_of_exchange: Whether the claim is that of a *lettre de change*.
    """

    procedure: Procedure
    creditor_activity: Activity | None
    debtor_activity: Activity | None
    matter: Matter = "contract"
    amount_cents: int | None
    as_of: date
    is_bill_of_exchange: bool = False

    @property
    def is_order_for_payment(self) -> bool:
        """Whether no agreement may change the court (art. 1406 CPC)."""
        return self.procedure == ORDER_FOR_PAYMENT

    @property
    def territorial_article(self) -> str:
        """What sends the claimant to the court of the debtor."""
        return "art. 1406 CPC" if self.is_order_for_payment else "art. 42 CPC"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetentCourt:
    """A court that may be seised.

    Attributes:
        is_default: Whether it is the one to take when nothing else is said; of all courts of an
            answer one at most.
        reason: In French.
        article: Legal basis.
    """

    court: Court
    is_default: bool
    reason: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetentCourts:
    """The courts that may be seised, the default first, and what must be known of them."""

    courts: Sequence[CompetentCourt]
    warnings: Sequence[LegalWarning]

    @property
    def default(self) -> CompetentCourt | None:
        """The court to take, or None when the facts do not tell one."""
        return self.courts[0] if self.courts and self.courts[0].is_default else None


def courts_for(commune: Commune, question: CourtQuestion) -> CompetentCourts:
    """The courts that may be seised of a claim on a debtor of a commune.

    For charges of co-ownership the commune is that of the building.

    Raises:
        ValueNotCovered: the day lies before the map of courts holds.

    Sources:
        Art. 1406 CPC: by subject matter whatever the sum, where the debtor lives or is
        established; no agreement changes it. Art. 42 CPC for a summons.
        Art. L. 213-4-4 and L. 213-4-5 COJ: consumer credit, residential lease.
        Art. L. 721-3, L. 731-1 s. C. com.: traders and artisans; commercial chambers of
        Alsace-Moselle, tribunaux mixtes de commerce overseas.
        Art. L. 212-8, D. 212-19-1 COJ: tribunaux de proximité.
        ADR 0091.
    """
    territory = _territory(commune.department)
    found = _courts_for(commune.ressort, territory, question)
    own = list(_commune_warnings(commune, found))
    return replace(found, warnings=[*found.warnings, *own]) if own else found


def _territory(department: str) -> Territory:
    if department in _OUT_OF_SCOPE:
        return "out_of_scope"
    return "unverified" if department in _UNVERIFIED else "covered"


@lru_cache(maxsize=4096)
def _courts_for(ressort: Ressort, territory: Territory, question: CourtQuestion) -> CompetentCourts:
    parameter("courts.proximity_limit_cents").on(question.as_of)  # a day before the map: refused
    courts = [*_by_matter(ressort, question)]
    if territory == "out_of_scope" or sum(found.is_default for found in courts) != 1:
        courts = [replace(found, is_default=False) for found in courts]
    courts = _once_each(sorted(courts, key=lambda found: not found.is_default))
    warnings = [
        *_territory_warnings(territory),
        *_quality_warnings(question),
        *_matter_warnings(question),
        *_proximity_warnings(ressort, question, courts),
        *_court_warnings(question, courts),
    ]
    return CompetentCourts(courts=courts, warnings=warnings)


def _by_matter(ressort: Ressort, question: CourtQuestion) -> Iterator[CompetentCourt]:
    """The steps, in order: the first that applies answers."""
    if question.matter in _PROTECTION:
        yield from _protection(ressort, question)
    elif question.matter == "co_ownership":
        basis = "art. 60 décret n° 67-223 du 17 mars 1967"
        lead = "Charges de copropriété, au lieu de l'immeuble"
        for found in _civil(ressort, question, lead, basis):
            yield found if found.article.startswith("art. 82-1") else _of_building(found, basis)
    elif question.is_bill_of_exchange:
        text = "Lettre de change, acte de commerce entre toutes personnes : {court}."
        article = "art. L. 110-1 10° et L. 721-3 C. com."
        yield _commercial(ressort, question, text, article)
    else:
        yield from _by_qualities(ressort, question)


def _by_qualities(ressort: Ressort, question: CourtQuestion) -> Iterator[CompetentCourt]:
    creditor, debtor = question.creditor_activity, question.debtor_activity
    basis = "art. L. 721-3 C. com. a contrario"
    if debtor is None:
        text = "Si le débiteur est commerçant ou artisan : {court}."
        yield replace(_commercial(ressort, question, text), is_default=False)
        lead = "Si le débiteur n'est ni commerçant ni artisan"
        yield from _only_possible(_civil(ressort, question, lead, basis))
    elif debtor not in TRADERS:
        yield from _civil(ressort, question, "Débiteur ni commerçant ni artisan", basis)
    elif creditor in TRADERS:
        text = "Litige entre commerçants, artisans ou sociétés commerciales : {court}."
        yield _commercial(ressort, question, text)
    else:
        text = "Débiteur commerçant ou artisan : {court}."
        if creditor is not None:
            text = "Débiteur commerçant ou artisan, créancier qui ne l'est pas : {court}."
        yield _commercial(ressort, question, text)
        lead = "Choix ouvert au créancier qui n'est ni commerçant ni artisan"
        yield from _only_possible(_civil(ressort, question, lead, "art. L. 721-3 C. com."))


def _commercial(
    ressort: Ressort,
    question: CourtQuestion,
    text: str,
    article: str = "art. L. 721-3 C. com.",
) -> CompetentCourt:
    court = ressort.commercial
    if court.kind == "TJ_CHAMBRE_COMMERCIALE":
        article += " ; art. L. 731-1 C. com."
    elif court.kind == "TMC":
        article += " ; art. L. 731-1 et s. C. com."
    name = {
        "TJ_CHAMBRE_COMMERCIALE": "chambre commerciale du tribunal judiciaire",
        "TAE": "tribunal des activités économiques",
        "TMC": "tribunal mixte de commerce",
        "TPI": "tribunal de première instance, qui juge les affaires commerciales",
    }.get(court.kind, "tribunal de commerce")
    return _answer(court, question, text, article, name)


def _civil(
    ressort: Ressort, question: CourtQuestion, lead: str, basis: str
) -> Iterator[CompetentCourt]:
    """The tribunal judiciaire, or its chamber nearby for small sums."""
    seat, chamber = ressort.tribunal_judiciaire, ressort.chambre_de_proximite
    name = _civil_name(seat)
    limit = parameter("courts.proximity_limit_cents").on(question.as_of)
    up_to = f"{lead}, demande de {money(int(limit.value))} au plus : {{court}}."
    above = f"{lead}, demande de plus de {money(int(limit.value))} : {{court}}."
    if chamber is None:
        yield _answer(seat, question, f"{lead} : {{court}}.", basis, name)
    elif question.amount_cents is None:
        yield _answer(seat, question, above, basis, name)
        yield _near(chamber, question, up_to, limit.source)
    elif question.amount_cents > limit.value:
        yield _answer(seat, question, above, basis, name)
    else:
        yield _near(chamber, question, up_to, limit.source)
        yield _seat_instead(seat)


def _protection(ressort: Ressort, question: CourtQuestion) -> Iterator[CompetentCourt]:
    """The juge des contentieux de la protection, at the chamber nearby where there is one."""
    seat, chamber = ressort.tribunal_judiciaire, ressort.chambre_de_proximite
    text = f"{_PROTECTION[question.matter]} : juge des contentieux de la protection, {{court}}."
    if chamber is None:
        yield _answer(seat, question, text, _PROTECTION_ARTICLE, _civil_name(seat))
    else:
        yield _near(chamber, question, text, _PROTECTION_ARTICLE)
        yield _seat_instead(seat)


def _of_building(found: CompetentCourt, basis: str) -> CompetentCourt:
    """The answer with the place of the building instead of the debtor's as its ground."""
    grounds = found.article.split(" ; ")[:-1]
    return replace(found, article=" ; ".join(dict.fromkeys([*grounds, basis])))


def _near(chamber: Court, question: CourtQuestion, text: str, article: str) -> CompetentCourt:
    return _answer(chamber, question, text, article, "tribunal de proximité de la commune")


def _seat_instead(seat: Court) -> CompetentCourt:
    text = "Siège du même tribunal : entre lui et sa chambre, simple répartition interne."
    return CompetentCourt(
        court=seat, is_default=False, reason=typographic(text), article="art. 82-1 CPC"
    )


def _answer(
    court: Court, question: CourtQuestion, text: str, article: str, name: str
) -> CompetentCourt:
    reason = typographic(text).format(court=name)
    return CompetentCourt(
        court=court,
        is_default=True,
        reason=reason,
        article=f"{article} ; {question.territorial_article}",
    )


def _only_possible(courts: Iterator[CompetentCourt]) -> Iterator[CompetentCourt]:
    return (replace(found, is_default=False) for found in courts)


def _civil_name(court: Court) -> str:
    return "tribunal de première instance" if court.kind == "TPI" else "tribunal judiciaire"


def _once_each(courts: Sequence[CompetentCourt]) -> list[CompetentCourt]:
    """One answer a court: a tribunal de première instance may be both the one and the other."""
    found: dict[str, CompetentCourt] = {}
    for each in courts:
        found.setdefault(each.court.id, each)
    return list(found.values())


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
        article += " ; art. 46 de l'annexe du CPC"
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
    if ressort.chambre_de_proximite is None or question.matter in _PROTECTION:
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


def _commune_warnings(commune: Commune, found: CompetentCourts) -> Iterator[LegalWarning]:
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
