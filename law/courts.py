"""Which court may be asked to order payment: by matter, qualities of the parties, place and sum.

The steps are those of art. 1406 CPC for the order for payment, and of art. 42 CPC for a summons.
What the texts leave open, or could not be read, comes with the answer as a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from law.court_answers import (
    PROTECTION,
    TRADERS,
    CompetentCourt,
    CompetentCourts,
    CourtQuestion,
)
from law.court_map import Commune, Court, Ressort
from law.court_warnings import Territory, commune_warnings, territory_of, warnings_of
from law.french import money, typographic
from law.parameters import parameter

_PROTECTION_ARTICLE: Final = "art. L. 213-4-4 et L. 213-4-5 COJ"


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
    territory = territory_of(commune.department)
    found = _courts_for(commune.ressort, territory, question)
    own = list(commune_warnings(commune, found))
    return replace(found, warnings=[*found.warnings, *own]) if own else found


@lru_cache(maxsize=4096)
def _courts_for(ressort: Ressort, territory: Territory, question: CourtQuestion) -> CompetentCourts:
    parameter("courts.proximity_limit_cents").on(question.as_of)  # a day before the map: refused
    courts = [*_by_matter(ressort, question)]
    if territory == "out_of_scope" or sum(found.is_default for found in courts) != 1:
        courts = [replace(found, is_default=False) for found in courts]
    courts = _once_each(sorted(courts, key=lambda found: not found.is_default))
    warnings = warnings_of(ressort, territory, question, courts)
    return CompetentCourts(courts=courts, warnings=warnings)


def _by_matter(ressort: Ressort, question: CourtQuestion) -> Iterator[CompetentCourt]:
    """The steps, in order: the first that applies answers."""
    if question.matter in PROTECTION:
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
    text = f"{PROTECTION[question.matter]} : juge des contentieux de la protection, {{court}}."
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
