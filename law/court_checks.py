"""The court of a case: the qualities of its parties, the place of its debtor, the court it names.

For every kind of act that is brought before a court; each composes these checks with its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.errors import InvalidFacts
from law.case import Address, Case, Party
from law.court_answers import (
    ORDER_FOR_PAYMENT,
    TRADERS,
    CompetentCourt,
    CompetentCourts,
    CourtQuestion,
    Matter,
    Procedure,
)
from law.court_map import AmbiguousPostalCode, Commune, Court, CourtMap
from law.court_warnings import territory_of
from law.courts import courts_for
from law.findings import Check, Outcome
from law.french import enumerate_and
from law.qualities import activity_of, is_commercial_by_form, matter_of
from law.wording import check, some_of

_FRENCH: Final = frozenset(
    {"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF"}
)
"""ISO 3166-1 gives the communities overseas codes of their own."""
_CODE: Final = "competent-court"
_COURT_POINTER: Final = "/options/court_id"
_PLACE: Final = "/case/debtor/address"
_POINTERS: Final = {
    "debtor-activity-unknown": "/case/debtor/activity",
    "creditor-activity-unknown": "/case/creditor/activity",
    "acte-mixte": "/case/creditor/activity",
    "acte-mixte-artisan": "/case/debtor/activity",
    "bill-of-exchange": "/case/claims",
    "former-commune": f"{_PLACE}/insee_code",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtChoice:
    """The court of an act, or why there is none.

    Attributes:
        court: The court seised; None when a check refuses.
        competent: Every court that may be seised; None when the place or a quality is missing.
        checks: One at least.
    """

    court: Court | None
    competent: CompetentCourts | None
    checks: Sequence[Check]


def competent_courts(
    case: Case,
    procedure: Procedure,
    *,
    as_of: date,
    amount_cents: int,
    court_id: str | None = None,
    matter: Matter | None = None,
    insee_code: str | None = None,
) -> CourtChoice:
    """The court of a case, checked against the one that the request names.

    Args:
        case: With a debtor and claims.
        procedure: Kind of act.
        as_of: Day of the act.
        amount_cents: Sum claimed.
        court_id: Court that the request names (``options.court_id``); None for the default.
        matter: Nature of the claims where the case does not tell it, as for co-ownership.
        insee_code: Commune that decides where it is not the debtor's: that of the building.

    Raises:
        ValueError: the case has no debtor or no claim.
        ValueNotCovered: the day lies before the map of courts holds.

    Sources:
        Art. 1406 CPC: both rules are of public order and a contrary clause is void.
        Art. 42, 46, 48 CPC: summons. Art. L. 210-1 C. com.: companies commercial by form.
        ADR 0091.
    """
    debtor = case.debtor
    if debtor is None or not case.claims:
        raise ValueError("a court has a debtor and a claim to judge")
    context = [*_clause(case, procedure)]
    named = CourtMap.load().courts.get(court_id) if court_id else None
    if court_id and named is None:
        text = "La juridiction indiquée n'existe pas dans le référentiel : {court}."
        unknown = check("court-unknown", "refuse", None, _COURT_POINTER, text, court=court_id)
        return CourtChoice(court=None, competent=None, checks=[unknown, *context])
    if named is not None and territory_of(named.department) == "out_of_scope":
        text = "{court} : autre procédure civile, aucun acte n'est établi."
        article = "art. 1575 et s. CPC"
        beyond = check(
            "overseas-out-of-scope", "refuse", article, _COURT_POINTER, text, court=named.name
        )
        return CourtChoice(court=None, competent=None, checks=[beyond, *context])
    if insee_code is None and debtor.address.country not in _FRENCH:
        return _abroad(procedure, named, context)
    place = _place(debtor.address, insee_code)
    if isinstance(place, Check):
        return CourtChoice(court=None, competent=None, checks=[place, *context])
    context += _postal_code_mismatch(debtor.address, place, insee_code)
    questions = _questions(case, debtor, procedure, as_of, amount_cents, matter)
    answers = [courts_for(place, question) for question in questions]
    if _is_split(answers, named):
        text = "Les créances ne relèvent pas de la même juridiction : un acte par juridiction."
        article = questions[0].territorial_article
        split = check("claims-of-several-courts", "refuse", article, "/case/claims", text)
        return CourtChoice(court=None, competent=None, checks=[split, *context])
    competent = next((answer for answer in answers if answer.default is None), answers[0])
    context += _by_form(debtor, "/case/debtor")
    chosen, verdict = _verdict(place, questions[0], competent, named)
    context += _public_body(debtor, procedure, chosen)
    return CourtChoice(
        court=chosen,
        competent=competent,
        checks=[verdict, *context, *_as_checks(answers, chosen)],
    )


def _questions(
    case: Case,
    debtor: Party,
    procedure: Procedure,
    as_of: date,
    amount_cents: int,
    matter: Matter | None,
) -> list[CourtQuestion]:
    """One question for each nature of claim in the case."""
    question = CourtQuestion(
        procedure=procedure,
        creditor_activity=activity_of(case.creditor),
        debtor_activity=activity_of(debtor),
        amount_cents=amount_cents,
        as_of=as_of,
    )
    natures = [
        (
            matter or matter_of(case.creditor, debtor, claim),
            claim.legal_basis == "bill_of_exchange",
        )
        for claim in case.claims
    ]
    return [
        replace(question, matter=nature, is_bill_of_exchange=is_bill)
        for nature, is_bill in dict.fromkeys(natures)
    ]


def _is_split(answers: Sequence[CompetentCourts], named: Court | None) -> bool:
    """Whether no one court can judge all claims, as far as the facts tell."""
    if named and all(named in [each.court for each in answer.courts] for answer in answers):
        return False
    defaults = [answer.default for answer in answers]
    return None not in defaults and len({found.court for found in defaults if found}) > 1


def _place(address: Address, insee_code: str | None) -> Commune | Check:
    """The commune that decides, or why it is not known."""
    courts = CourtMap.load()
    code = insee_code or address.insee_code
    try:
        return (
            courts.commune(code) if code else courts.commune_at(address.postal_code, address.city)
        )
    except AmbiguousPostalCode:
        communes = courts.communes_of(address.postal_code)
        names = some_of([f"{commune.name} ({commune.insee_code})" for commune in communes])
        text = (
            "Le code postal {postal_code} relève de plusieurs juridictions : indiquer le code "
            "INSEE de la commune, parmi {names}."
        )
        return check(
            "postal-code-ambiguous",
            "refuse",
            None,
            f"{_PLACE}/insee_code",
            text,
            postal_code=address.postal_code,
            names=names,
        )
    except InvalidFacts:
        what = "insee_code" if code else "postal_code"
        text = "Commune inconnue : {given}. Indiquer le code INSEE du lieu où demeure le débiteur."
        given = code or address.postal_code
        pointer = f"{_PLACE}/{what}"
        return check("commune-unknown", "refuse", None, pointer, text, given=given)


def _postal_code_mismatch(
    address: Address, place: Commune, insee_code: str | None
) -> Iterator[Check]:
    if insee_code is None and not CourtMap.load().has_postal_code(place, address.postal_code):
        text = "Le code INSEE désigne {name}, que le code postal {postal_code} ne dessert pas."
        yield check(
            "insee-postal-code-mismatch",
            "warn",
            None,
            f"{_PLACE}/insee_code",
            text,
            name=place.name,
            postal_code=address.postal_code,
        )


def _abroad(procedure: Procedure, named: Court | None, context: Sequence[Check]) -> CourtChoice:
    code, pointer = "debtor-abroad", f"{_PLACE}/country"
    if procedure == ORDER_FOR_PAYMENT:
        text = (
            "Le débiteur demeure hors de France : pas d'injonction de payer nationale ; voir "
            "l'injonction de payer européenne ou l'assignation."
        )
        found = check(code, "refuse", "art. 1406 CPC", pointer, text)
        return CourtChoice(court=None, competent=None, checks=[found, *context])
    if named is None:
        text = "Le débiteur demeure hors de France : la juridiction est à indiquer."
        found = check(code, "refuse", "art. 42 CPC", pointer, text)
        return CourtChoice(court=None, competent=None, checks=[found, *context])
    text = "Le débiteur demeure hors de France : compétence à vérifier ({court})."
    found = check(code, "warn", "art. 42 et 46 CPC", pointer, text, court=named.name)
    return CourtChoice(court=named, competent=None, checks=[found, *context, *_address(named)])


def _verdict(
    place: Commune, question: CourtQuestion, competent: CompetentCourts, named: Court | None
) -> tuple[Court | None, Check]:
    """The court seised, and what the law says of it."""
    default = competent.default
    codes = {each.code for each in competent.warnings}
    if "overseas-out-of-scope" in codes:
        found = next(w for w in competent.warnings if w.code == "overseas-out-of-scope")
        return None, Check(
            code=found.code,
            outcome="refuse",
            article=found.article,
            detail=found.detail,
            pointer=_PLACE,
        )
    if "debtor-activity-unknown" in codes:
        text = (
            "L'activité du débiteur décide de la juridiction : indiquer s'il est commerçant, "
            "artisan ou ni l'un ni l'autre."
        )
        pointer = "/case/debtor/activity"
        return None, check("activity-unknown", "refuse", "art. L. 721-3 C. com.", pointer, text)
    if named is None:
        return _by_default(competent, default)
    answer = next((each for each in competent.courts if each.court is named), None)
    if answer is not None:
        return named, _seised(answer)
    return _not_listed(place, question, competent, named)


def _by_default(
    competent: CompetentCourts, default: CompetentCourt | None
) -> tuple[Court | None, Check]:
    if default is not None:
        return default.court, _seised(default)
    text = "Plusieurs juridictions sont possibles, en indiquer une : {names}."
    names = enumerate_and(each.court.id for each in competent.courts)
    return None, check("court-ambiguous", "refuse", None, _COURT_POINTER, text, names=names)


def _seised(answer: CompetentCourt) -> Check:
    return Check(
        code=_CODE,
        outcome="pass" if answer.is_default else "warn",
        article=answer.article,
        detail=f"{answer.court.name}. {answer.reason}",
        pointer=_COURT_POINTER,
    )


def _not_listed(
    place: Commune, question: CourtQuestion, competent: CompetentCourts, named: Court
) -> tuple[Court | None, Check]:
    seat = place.ressort.tribunal_judiciaire
    has_civil = any(not each.court.is_commercial for each in competent.courts)
    if has_civil and (named is seat or (named.kind == "TPRX" and named.parent_tj == seat.id)):
        text = "{court} : autre formation du même tribunal, simple répartition interne."
        values = {"court": named.name}
        return named, check(
            "court-of-same-tribunal", "warn", "art. 82-1 CPC", _COURT_POINTER, text, **values
        )
    kinds = {each.court.is_commercial for each in competent.courts}
    if (
        not question.is_order_for_payment
        and question.matter == "contract"
        and named.is_commercial in kinds
    ):
        text = (
            "{court} n'est pas la juridiction du débiteur : justifier du lieu de livraison ou "
            "d'exécution, ou d'une clause entre commerçants."
        )
        article = "art. 46 et 48 CPC"
        found = check("court-by-option", "warn", article, _COURT_POINTER, text, court=named.name)
        return named, found
    wanted = enumerate_and(each.court.name for each in competent.courts)
    text = "{court} n'est pas compétent ; l'est : {wanted}."
    article = question.territorial_article
    if competent.courts[0].court.is_commercial != named.is_commercial:
        article += " ; art. L. 721-3 C. com."
    return None, check(
        "wrong-court", "refuse", article, _COURT_POINTER, text, court=named.name, wanted=wanted
    )


def _as_checks(answers: Sequence[CompetentCourts], chosen: Court | None) -> Iterator[Check]:
    """The warnings of the answers; of addresses only that of the court seised."""
    seen = set()
    for warning in (each for answer in answers for each in answer.warnings):
        is_told = warning.code in {
            "court-address-unknown",
            "overseas-out-of-scope",
            "debtor-activity-unknown",
        }
        if is_told or warning.detail in seen:
            continue
        seen.add(warning.detail)
        yield Check(
            code=warning.code,
            outcome="warn",
            article=warning.article,
            detail=warning.detail,
            pointer=_POINTERS.get(warning.code, _COURT_POINTER),
        )
    if chosen is not None:
        yield from _address(chosen)


def _address(court: Court) -> Iterator[Check]:
    if court.address is None:
        text = "L'adresse de la juridiction n'est pas connue, à compléter : {court}."
        yield check("court-address-unknown", "warn", None, _COURT_POINTER, text, court=court.name)


def _by_form(party: Party, pointer: str) -> Iterator[Check]:
    if party.activity not in {None, *TRADERS} and is_commercial_by_form(party):
        text = "Société commerciale par sa forme, quelle que soit l'activité indiquée : {form}."
        yield check(
            "commercial-by-form",
            "warn",
            "art. L. 210-1 C. com.",
            f"{pointer}/activity",
            text,
            form=party.legal_form or "",
        )


def _public_body(debtor: Party, procedure: Procedure, chosen: Court | None) -> Iterator[Check]:
    if debtor.type != "public_body":
        return
    is_refused = procedure == ORDER_FOR_PAYMENT and chosen is not None and chosen.is_commercial
    text = "Débiteur public : pas d'exécution forcée contre lui, d'autres voies existent."
    outcome: Outcome = "refuse" if is_refused else "warn"
    yield check("debtor-public-body", outcome, "art. L. 111-1 CPCE", "/case/debtor/type", text)


def _clause(case: Case, procedure: Procedure) -> Iterator[Check]:
    if case.contract is None or not case.contract.jurisdiction_clause:
        return
    pointer = "/case/contract/jurisdiction_clause"
    if procedure == ORDER_FOR_PAYMENT:
        text = "La clause attributive de compétence est réputée non écrite en injonction de payer."
        yield check("jurisdiction-clause", "warn", "art. 1406 CPC", pointer, text)
    else:
        text = (
            "Clause attributive de compétence : valable entre commerçants si elle est très "
            "apparente ; elle n'est pas appliquée d'office."
        )
        yield check("jurisdiction-clause", "warn", "art. 48 CPC", pointer, text)
