"""What must hold before deliveries are suspended: a serious default, and no home cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from generators.kind import Facts
from generators.kinds.suspension_livraisons.content import effective_on
from generators.letter_checks import language_check, letter_date_check
from generators.letters import address_checks
from generators.reach_checks import (
    claims_in_euros_checks,
    consumer_contact_checks,
    debtor_in_france_check,
    free_text_checks,
    own_name_check,
)
from law.case import Case, ClaimType
from law.checks import REMINDER, Subject, run
from law.findings import Check
from law.french import date_longue
from law.rates import RateTables
from law.wording import check

_ALLOWED: Final[frozenset[ClaimType]] = frozenset({"invoice", "other"})
_WHY: Final[dict[ClaimType, str]] = {
    "rent": "un bailleur ne suspend pas la jouissance du logement.",
    "loan": "un prêt ne se suspend pas par cette lettre.",
    "cheque": "un chèque impayé a ses propres actes.",
}
_ENERGY: Final = re.compile(
    r"\b(?:électricité|gaz|chaleur|chauffage|eau|énergie|kwh)\b", re.IGNORECASE
)
_LAW_OF_SUPPLY: Final = "art. L. 115-3 CASF ; décret n° 2008-780 du 13 août 2008"
_WINTER_MONTHS: Final = frozenset({11, 12, 1, 2, 3})


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a notice of suspension."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        own_name_check(case),
        debtor_in_france_check(case),
        _private_contract(case),
        *claims_in_euros_checks(case, _ALLOWED, why=_WHY),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    subject = Subject(
        case=case,
        as_of=facts.as_of,
        rates=rates,
        delivery=options.delivery,
        payment_deadline_days=options.payment_deadline_days,
    )
    names = [name for name in REMINDER if name != "claim-not-due" or not options.anticipatory]
    return [
        *scope,
        *run((*names, "delivery-proof", "claim-disputed", "payment-plan"), subject),
        *_default(facts),
        *_contract(case),
        *_day(facts),
        *_essential_supply(facts),
        *consumer_contact_checks(case),
        *free_text_checks(options, case.debtor),
        *(address_checks(case.debtor, "/case/debtor/address") if case.debtor else ()),
    ]


def _private_contract(case: Case) -> Check:
    code, pointer = "public-contract", "/case/debtor/type"
    if case.debtor is not None and case.debtor.type == "public_body":
        text = (
            "Débiteur public : le contrat peut être administratif, et ce qui permettrait d'en "
            "suspendre l'exécution n'a pas été vérifié."
        )
        return check(code, "refuse", None, pointer, text)
    return check(code, "pass", None, pointer, "Le contrat est de droit privé.")


def _default(facts: Facts) -> Iterator[Check]:
    """The default must be serious enough; one never reminded of is hard to call so."""
    case, code, article = facts.case, "serious-default", "art. 1219 C. civ."
    if facts.options.anticipatory is not None:
        article = "art. 1220 C. civ."
    tried = any(
        step.type in {"reminder", "formal_notice"} and step.on <= facts.as_of for step in case.steps
    )
    if not tried:
        text = (
            "Aucune relance ni mise en demeure ne figure au dossier : que l'inexécution soit "
            "suffisamment grave sera plus difficile à établir. Le juge l'apprécie."
        )
        yield check(code, "warn", article, "/case/steps", text)
    else:
        text = "Le défaut de paiement persiste malgré les démarches ; le juge apprécie sa gravité."
        yield check(code, "pass", article, "/case/steps", text)


def _contract(case: Case) -> Iterator[Check]:
    code, article, pointer = "linked-contracts", "art. 1219 C. civ.", "/case/contract/reference"
    if case.contract is None or not case.contract.reference:
        text = (
            "Le contrat n'est pas nommé : vérifier que les livraisons suspendues et les sommes "
            "impayées se rattachent au même contrat ou à des contrats liés."
        )
        yield check(code, "warn", article, pointer, text)
    else:
        yield check(code, "pass", article, pointer, "Le contrat est nommé.")


def _day(facts: Facts) -> Iterator[Check]:
    code, pointer = "suspension-day", "/options/effective_on"
    on, written_on = effective_on(facts.options), facts.options.letter_date
    if on < written_on:
        text = "La suspension du {day} précède la lettre qui la notifie, dès que possible."
        day = date_longue(on)
        yield check(code, "warn", "art. 1220 C. civ.", pointer, text, day=day)
    else:
        text = "La suspension prend effet le {day}."
        yield check(code, "pass", None, pointer, text, day=date_longue(on))


def _essential_supply(facts: Facts) -> Iterator[Check]:
    """Energy and water of a home have rules of their own, which this letter does not follow.

    Sources:
        Art. L. 115-3 CASF: no cut of electricity, heat or gas of a main residence from
        1 November to 31 March. Décret n° 2008-780: letters and times before any reduction.
    """
    debtor, code = facts.case.debtor, "essential-supply"
    if debtor is None or debtor.is_professional:
        return
    pointer, told = "/options/essential_supply", facts.options.essential_supply
    supplied = [c.description or "" for c in facts.case.claims] + [facts.options.scope or ""]
    if told or (told is None and any(_ENERGY.search(text) for text in supplied)):
        text = (
            "Fourniture d'énergie ou d'eau à un particulier : elle obéit à une procédure propre, "
            "que cette lettre ne suit pas{winter}."
        )
        winter = (
            ", et ne peut être coupée du 1er novembre au 31 mars dans une résidence principale"
            if _is_winter(effective_on(facts.options))
            else ""
        )
        yield check(code, "refuse", _LAW_OF_SUPPLY, pointer, text, winter=winter)
    elif told is None:
        text = (
            "Le débiteur est un particulier : confirmer qu'il ne s'agit ni d'énergie ni d'eau "
            "(options.essential_supply)."
        )
        yield check(code, "warn", _LAW_OF_SUPPLY, pointer, text)
    else:
        yield check(code, "pass", _LAW_OF_SUPPLY, pointer, "Ni énergie ni eau n'est en cause.")


def _is_winter(day: date) -> bool:
    return day.month in _WINTER_MONTHS
