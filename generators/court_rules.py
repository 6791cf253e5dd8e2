"""Checks that acts before a court share: who may ask, of what, with which proof.

Each check says what `law` or the code of procedure asks; a kind of act composes those it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from generators.court_debt import claimed_cents
from generators.court_options import CourtOptions
from generators.court_values import plain_name
from generators.kind import Facts
from generators.options import ActOptions
from law.case import Case
from law.checks import Subject, cheque_amounts, collection_costs, creditor_identity, run
from law.court_answers import PROTECTION, Procedure
from law.court_checks import CourtChoice, competent_courts
from law.findings import Check
from law.french import date_longue
from law.limitation import limitation
from law.qualities import matter_of
from law.rates import RateTables
from law.statement import Statement
from law.wording import check, claim_name

_REFINED: Final = frozenset(
    {
        "amicable-attempt",
        "claim-disputed",
        "collection-costs",
        "lawyer-required",
        "seriously-disputed",
        "signatory-power",
    }
)


def court_of(
    facts: Facts, statement: Statement, procedure: Procedure, options: CourtOptions
) -> CourtChoice:
    """The court of an act, for the sum that it claims without the *dépens*.

    Sources:
        Art. 35 to 37 CPC: what is claimed decides.
    """
    return competent_courts(
        facts.case,
        procedure,
        as_of=facts.as_of,
        amount_cents=claimed_cents(statement),
        court_id=options.court_id,
        matter=options.matter,
        insee_code=options.building_insee_code,
    )


def is_protection(case: Case, options: CourtOptions) -> bool:
    """Whether the juge des contentieux de la protection judges the first claim of a case."""
    if case.debtor is None:
        raise ValueError("a court has a debtor to judge")
    matter = options.matter or matter_of(case.creditor, case.debtor, case.claims[0])
    return matter in PROTECTION


def debt_checks(facts: Facts, rates: RateTables, selection: Iterable[str]) -> list[Check]:
    """What must hold of any debt that a court is asked about.

    Args:
        facts: The request.
        rates: Published rates.
        selection: Rules of `law.checks`, of which those that acts before a court refine here or
            in their kind are left out.
    """
    case = facts.case
    subject = Subject(case=case, as_of=facts.as_of, rates=rates)
    return [
        *run((name for name in selection if name not in _REFINED), subject),
        court_costs_check(case),
        creditor_identity(case),
        *cheque_amounts(case),
    ]


def court_costs_check(case: Case) -> Check:
    """Fees of the registry are *dépens*; other costs without a title stay with the creditor.

    Sources:
        Art. 695, 696 CPC; art. L. 111-8 CPCE. An earlier decision changes nothing to the costs
        of what is asked for anew, so that the steps are not looked at.
    """
    costs = [replace(c, borne_by="creditor") if c.type == "court_fee" else c for c in case.costs]
    return collection_costs(replace(case, costs=costs, steps=()))


def language_check(facts: Facts) -> Check:
    """An act before a French court is written in French."""
    code, pointer = "language-not-supported", "/language"
    if facts.language == "fr":
        return check(code, "pass", None, pointer, "L'acte est rédigé en français.")
    text = "Un acte destiné à une juridiction française est rédigé en français."
    return check(code, "refuse", None, pointer, text)


def date_check(facts: Facts, options: CourtOptions) -> Check:
    """Whether the act bears a day on or after that of its statement."""
    code, pointer = "letter-date", "/options/letter_date"
    if options.letter_date is not None and options.letter_date < facts.as_of:
        text = "L'acte est daté d'avant le jour auquel le décompte est arrêté."
        return check(code, "refuse", None, pointer, text)
    return check(code, "pass", None, pointer, "L'acte n'est pas antérieur au décompte.")


# -- the parties -------------------------------------------------------------------------------


def claimant_insolvency_check(case: Case) -> Check:
    """A creditor in liquidation is replaced by its liquidator."""
    code, article, pointer = "creditor-in-liquidation", None, "/case/creditor/insolvency"
    insolvency = case.creditor.insolvency
    if insolvency and insolvency.type == "liquidation" and case.representative is None:
        text = "Le créancier est en liquidation judiciaire : son liquidateur agit pour lui."
        return check(code, "refuse", article, pointer, text)
    text = "Le créancier n'est pas en liquidation judiciaire."
    return check(code, "pass", article, pointer, text)


def needs_power(case: Case, options: ActOptions) -> bool:
    """Whether who signs must show a special power: neither organ, lawyer nor commissaire.

    Sources:
        Art. 1407 CPC and the practice of registries; art. 762, 853 CPC.
    """
    if case.representative is not None:
        return case.representative.role == "collection_agency"
    person, creditor = options.signatory, case.creditor
    if person is None:
        return False
    organ = creditor.legal_representative
    own = [creditor.display_name] if creditor.type == "individual" else []
    known = [*own, *([organ.name] if organ else [])]
    return plain_name(person.name) not in {plain_name(name) for name in known}


# -- the proof ---------------------------------------------------------------------------------


def disputed_checks(case: Case, text: str, article: str) -> list[Check]:
    """A warning for each sign of a dispute; ``text`` says what follows, with ``{what}``."""
    found = [
        check(
            "claim-disputed", "warn", article, f"/case/claims/{at}/disputed", text,
            what=claim_name(claim),
        )
        for at, claim in enumerate(case.claims)
        if claim.disputed
    ]  # fmt: skip
    found += [
        check(
            "claim-disputed", "warn", article, f"/case/steps/{at}", text,
            what=f"contestation du {date_longue(step.on)}",
        )
        for at, step in enumerate(case.steps)
        if step.type == "dispute"
    ]  # fmt: skip
    return found or [
        check("claim-disputed", "pass", article, "/case/claims", "Aucune contestation connue.")
    ]


def file_checks(case: Case) -> list[Check]:
    """What the steps of the file tell against asking a court now."""
    texts = {
        "court_order": "Une décision de justice figure au dossier : vérifier qu'il n'existe pas "
        "déjà un titre pour cette créance.",
        "payment_plan": "Un échéancier figure au dossier : un délai en cours ôte à la créance son "
        "exigibilité, vérifier qu'il n'est plus en cours.",
    }
    articles = {"payment_plan": "art. 1343-5 C. civ.", "court_order": None}
    return [
        check("open-matter", "warn", articles[step.type], f"/case/steps/{at}", texts[step.type])
        for at, step in enumerate(case.steps)
        if step.type in texts
    ]


def near_limitation_check(case: Case, as_of: date, text: str) -> Iterator[Check]:
    """A warning with ``text`` when a claim is less than the warned time from limitation."""
    for at, claim in enumerate(case.claims):
        found = limitation(case, claim, as_of)
        if found.outcome == "near":
            article = "art. 2241 et 2243 C. civ."
            pointer = f"/case/claims/{at}/due_on"
            name = claim_name(claim)
            yield check("limitation-near", "warn", article, pointer, text, claim=name)
            return


def capitalisation_check(options: CourtOptions) -> Iterator[Check]:
    """Interest on interest needs a whole year due, and a contract or a judgment."""
    if options.interest_capitalisation:
        text = "Capitalisation : pour les seuls intérêts dus pour une année entière au moins."
        pointer = "/options/interest_capitalisation"
        yield check("interest-capitalisation", "pass", "art. 1343-2 C. civ.", pointer, text)
