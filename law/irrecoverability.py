"""What makes a claim definitively irrecoverable, by the facts and the steps of a case.

No text defines the certificate; what is found here is what the doctrine and the courts accept as
evidence. A mere failure to pay, reminders or a formal notice are none (ADR 0142).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from law.case import Case, Step

GroundCode = Literal["LJ", "LJ_CLOTURE", "EXEC_VAINE", "CHQ_SP", "DISPARU", "DISPROP"]

LABELS: Final[dict[GroundCode, str]] = {
    "LJ": "liquidation judiciaire prononcée",
    "LJ_CLOTURE": "clôture de la liquidation judiciaire pour insuffisance d'actif",
    "EXEC_VAINE": "exécution infructueuse",
    "CHQ_SP": "chèque sans provision, recours épuisés",
    "DISPARU": "débiteur sans domicile, résidence ni établissement connus",
    "DISPROP": "poursuite disproportionnée au montant de la créance",
}
AMICABLE: Final = frozenset({"reminder", "formal_notice", "phone_call", "visit"})
_BY_TYPE: Final = {"phone_call": "phone", "visit": "in_person"}
_LEAST_STEPS: Final = 3
_LEAST_CHANNELS: Final = 2
_LEAST_SEARCHES: Final = 2
_VAIN: Final = re.compile(
    r"infructueu|carence|insaisissable|n[ée]ant|n[ée]gativ|introuvable|inexistant|[ée]chou[ée]|[ée]chec"
    r"|\bvaine?s?\b|sans (?:résultat|effet)|insuffisan"
    r"|aucune?s? (?:bien|somme|actif|avoir|meuble|fonds|v[ée]hicule|compte)"
    r"|compte (?:est )?(?:débiteur|cl[oô]s|cl[oô]turé|vide|à découvert)|solde (?:nul|débiteur)",
    re.IGNORECASE,
)
_RETURNED: Final = re.compile(
    r"\bNPAI\b|n['\u2019]habite (?:pas|plus)|destinataire inconnu"
    r"|inconnu à (?:l['\u2019]|cette )adresse",
    re.IGNORECASE,
)
_OFFICIAL_SEARCH: Final = re.compile(r"\b659\b")
_FOUND: Final = re.compile(
    r"nouvelle adresse|nouveau siège|retrouvé|(?<!non )localisée?\b|bien immobilier à",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"titre exécutoire|acte notarié|jugement|ordonnance", re.IGNORECASE)
_REFUSED: Final = re.compile(r"\brejet|débout|irrecevab|annul|opposition formée", re.IGNORECASE)
_NON_PAYMENT: Final = re.compile(r"non[- ]paiement", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A cause of irrecoverability that the case proves.

    Attributes:
        established_on: Day on which it was established: that of the judgment or of the last deed,
            not that of the certificate.
        steps: Places in ``case.steps`` of what proves it.
        is_for_the_tax_office_to_weigh: Whether nothing but the circumstances proves it.
    """

    code: GroundCode
    established_on: date
    steps: Sequence[int] = ()
    is_for_the_tax_office_to_weigh: bool = False

    @property
    def label(self) -> str:
        """In French."""
        return LABELS[self.code]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideTheCase:
    """What the case has no key for.

    Attributes:
        liquidation_closed_on: Day of the judgment that closed the liquidation for lack of assets.
        futility: In French, why suing would cost more than it brings.
    """

    liquidation_closed_on: date | None = None
    futility: str | None = None


def grounds(case: Case, as_of: date, told: OutsideTheCase) -> list[Ground]:
    """Every ground that the case proves on a day, the strongest first.

    Sources:
        CGI 272, 1 §2 (liquidation); RES 2005/70, CE 28 July 2011 n° 318872 (closing);
        DB 3 D 1211 n° 39-41 (disappearance); BOI-TVA-DED-40-10-20 (cheques).
        ADR 0142: what counts as proof, and that the rest is left to the tax office.
    """
    found = [
        _liquidation(case, as_of, told),
        _enforcement(case, as_of),
        _disappearance(case, as_of),
        _disproportion(case, as_of, told),
    ]
    return [ground for ground in found if ground is not None]


def _liquidation(case: Case, as_of: date, told: OutsideTheCase) -> Ground | None:
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None or insolvency.type != "liquidation" or insolvency.opened_on > as_of:
        return None
    closed_on = told.liquidation_closed_on
    if closed_on is not None and insolvency.opened_on <= closed_on <= as_of:
        return Ground(code="LJ_CLOTURE", established_on=closed_on)
    return Ground(code="LJ", established_on=insolvency.opened_on)


def _enforcement(case: Case, as_of: date) -> Ground | None:
    """Void seizures or a record of failure, after a title."""
    titles = [step.on for _, step in _past(case, as_of) if _is_title(step)]
    if not titles:
        return None
    vain = [
        (at, step)
        for at, step in _past(case, as_of)
        if step.type == "enforcement" and step.on >= min(titles) and _VAIN.search(_words(step))
    ]
    if not vain:
        return None
    is_cheque = all(claim.type == "cheque" for claim in case.claims)
    through_certificate = is_cheque and any(
        step.type == "service" and _NON_PAYMENT.search(_words(step))
        for _, step in _past(case, as_of)
    )
    return Ground(
        code="CHQ_SP" if through_certificate else "EXEC_VAINE",
        established_on=max(step.on for _, step in vain),
        steps=[at for at, _ in vain],
    )


def _is_title(step: Step) -> bool:
    words = _words(step)
    if _REFUSED.search(words):
        return False
    return step.type == "court_order" or (
        step.type in {"service", "enforcement"} and _TITLE.search(words) is not None
    )


def _disappearance(case: Case, as_of: date) -> Ground | None:
    """The record of art. 659 CPC; or a letter that came back and two dated searches."""
    past = _past(case, as_of)
    records = [(at, step) for at, step in past if _OFFICIAL_SEARCH.search(_words(step))]
    if records:
        at, step = max(records, key=lambda pair: pair[1].on)
        return Ground(code="DISPARU", established_on=step.on, steps=[at])
    returned = [
        at
        for at, step in past
        if step.type == "undeliverable"
        or (step.type != "tracing" and _RETURNED.search(_words(step)))
    ]
    searches = [
        (at, step)
        for at, step in past
        if step.type == "tracing" and not _FOUND.search(step.outcome or "")
    ]
    if not returned or len(searches) < _LEAST_SEARCHES:
        return None
    return Ground(
        code="DISPARU",
        established_on=max(step.on for _, step in searches),
        steps=[*returned, *(at for at, _ in searches)],
    )


def _disproportion(case: Case, as_of: date, told: OutsideTheCase) -> Ground | None:
    """A small claim: enough was tried, the debtor has nothing that is known, suing costs more."""
    past = _past(case, as_of)
    tried = [(at, step) for at, step in past if step.type in AMICABLE]
    channels = {step.channel or _BY_TYPE.get(step.type) for _, step in tried} - {None}
    findings = [at for at, step in past if step.type == "tracing" and step.outcome]
    if told.futility is None or len(tried) < _LEAST_STEPS or len(channels) < _LEAST_CHANNELS:
        return None
    if not findings:
        return None
    return Ground(
        code="DISPROP",
        established_on=as_of,
        steps=[*(at for at, _ in tried), *findings],
        is_for_the_tax_office_to_weigh=True,
    )


def _past(case: Case, as_of: date) -> list[tuple[int, Step]]:
    return [(at, step) for at, step in enumerate(case.steps) if step.on <= as_of]


def _words(step: Step) -> str:
    return " ".join(filter(None, (step.reference, step.outcome)))


def disputes(case: Case, as_of: date) -> Iterator[str]:
    """JSON pointers to the disputes on the merits that no later decision has settled."""
    decided = [step.on for _, step in _past(case, as_of) if step.type == "court_order"]
    last = max(decided, default=date.min)
    for at, step in _past(case, as_of):
        if step.type == "dispute" and step.on > last:
            yield f"/case/steps/{at}"
    if not decided:
        for at, claim in enumerate(case.claims):
            if claim.disputed:
                yield f"/case/claims/{at}/disputed"
