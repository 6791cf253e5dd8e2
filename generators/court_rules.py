"""Checks that acts before a court share: who may ask, of what, with which proof.

Each check says what `law` or the code of procedure asks; a kind of act composes those it needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from generators.court_debt import claimed_cents
from generators.court_exhibits import has_proof_of_contract
from generators.court_options import CourtOptions
from generators.court_values import plain_name, told_address
from generators.kind import Facts
from law.case import Case, Party
from law.checks import (
    cheque_amounts,
    claims_due,
    collection_costs,
    consumer_terms,
    creditor_identity,
    debtor_in_insolvency,
    limitation_checks,
    statement_checks,
)
from law.court_answers import PROTECTION, Procedure
from law.court_checks import CourtChoice, competent_courts
from law.findings import Check
from law.french import date_longue, enumerate_and
from law.limitation import limitation
from law.qualities import matter_of
from law.rates import RateTables
from law.statement import Statement
from law.wording import check, claim_name

_IDENTITY: Final = "art. 54 3° CPC"


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


def debt_checks(facts: Facts, rates: RateTables) -> list[Check]:
    """What must hold of any debt that a court is asked about."""
    case, as_of = facts.case, facts.as_of
    return [
        debtor_in_insolvency(case, as_of),
        over_indebtedness_check(case, as_of),
        *limitation_checks(case, as_of, before_court=True),
        claims_due(case, as_of),
        *currency_checks(case),
        court_costs_check(case),
        creditor_identity(case),
        *consumer_terms(case),
        *cheque_amounts(case),
        *statement_checks(case, as_of, rates),
    ]


def over_indebtedness_check(case: Case, as_of: date) -> Check:
    """A title may be had against a person in over-indebtedness; it cannot be enforced meanwhile.

    Sources:
        Art. L. 722-2, L. 722-3, L. 741-2 C. conso.
    """
    code, article = "debtor-over-indebted", "art. L. 722-2, L. 722-3 et L. 741-2 C. conso."
    pointer = "/case/debtor/over_indebtedness"
    admitted_on = case.debtor.over_indebtedness_admitted_on if case.debtor else None
    if admitted_on is None or admitted_on > as_of:
        return check(code, "pass", article, pointer, "Aucun dossier de surendettement recevable.")
    text = (
        "Dossier de surendettement recevable depuis le {day} : un titre peut être demandé, mais "
        "son exécution est suspendue (deux ans au plus) ; un rétablissement personnel effacerait "
        "la dette."
    )
    return check(code, "warn", article, pointer, text, day=date_longue(admitted_on))


def currency_checks(case: Case) -> Iterator[Check]:
    """A court is asked for euros."""
    code = "currency-not-supported"
    for at, claim in enumerate(case.claims):
        if claim.currency != "EUR":
            text = "La demande est à chiffrer en euros : {claim}."
            pointer = f"/case/claims/{at}/currency"
            yield check(code, "refuse", None, pointer, text, claim=claim_name(claim))
            return
    yield check(code, "pass", None, "/case/claims", "Les créances sont en euros.")


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


def claimant_identity_check(case: Case) -> Check:
    """The mentions of the claimant without which the act is void.

    Sources:
        Art. 54 3° CPC: a) natural persons; b) legal persons, with the body that acts for them.
    """
    missing = missing_identity(case.creditor)
    pointer = "/case/creditor"
    if not missing:
        text = "L'identité du demandeur est complète."
        return check("claimant-identity", "pass", _IDENTITY, pointer, text)
    key, _ = missing[0]
    text = "Mentions de l'identité du demandeur absentes, à peine de nullité : {missing}."
    names = enumerate_and(name for _, name in missing)
    return check("claimant-identity", "refuse", _IDENTITY, f"{pointer}/{key}", text, missing=names)


def missing_identity(party: Party) -> list[tuple[str, str]]:
    """The mentions of art. 54 3° CPC that a case does not tell: key and name of each."""
    wanted: dict[tuple[str, str], object]
    if party.type == "individual":
        wanted = {
            ("occupation", "profession"): party.occupation,
            ("nationality", "nationalité"): party.nationality,
            ("birth_date", "date de naissance"): party.birth_date,
            ("birth_place", "lieu de naissance"): party.birth_place,
        }
    else:
        organ = party.legal_representative
        wanted = {
            ("legal_form", "forme"): party.legal_form or party.type == "public_body",
            ("legal_representative", "organe qui la représente légalement"): (
                organ and organ.capacity
            ),
        }
    return [mention for mention, value in wanted.items() if not value]


def claimant_insolvency_check(case: Case) -> Check:
    """A creditor in liquidation is replaced by its liquidator."""
    code, article, pointer = "creditor-in-liquidation", None, "/case/creditor/insolvency"
    insolvency = case.creditor.insolvency
    if insolvency and insolvency.type == "liquidation" and case.representative is None:
        text = "Le créancier est en liquidation judiciaire : son liquidateur agit pour lui."
        return check(code, "refuse", article, pointer, text)
    text = "Le créancier n'est pas en liquidation judiciaire."
    return check(code, "pass", article, pointer, text)


def needs_power(case: Case, options: CourtOptions) -> bool:
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


def exhibits_check(case: Case, article: str) -> Check:
    """A judge decides on documents: without any the claim fails."""
    code, pointer = "exhibits-missing", "/case/exhibits"
    if not case.exhibits:
        text = "Aucune pièce : la demande doit être accompagnée de documents justificatifs."
        return check(code, "refuse", article, pointer, text)
    if not has_proof_of_contract(case):
        text = (
            "Aucune pièce ne paraît émaner du débiteur (contrat, commande, devis signé, bon de "
            "livraison) : une facture que le créancier a établie peut ne pas suffire."
        )
        return check(code, "warn", article, pointer, text)
    return check(code, "pass", article, pointer, "Des pièces justifient la créance.")


def formal_notice_check(case: Case, as_of: date, *, is_required: bool = False) -> Check:
    """A formal notice is no condition; interest and penalty clauses hang on it."""
    code, article = "formal-notice-missing", "art. 1231-5, 1231-6 et 1344-1 C. civ."
    notices = [step for step in case.steps if step.type == "formal_notice" and step.on <= as_of]
    if notices:
        text = "Une mise en demeure figure au dossier."
        return check(code, "pass", article, "/case/steps", text)
    text = (
        "Aucune mise en demeure : elle n'est pas une condition de la demande, mais fait courir les "
        "intérêts légaux et rend la clause pénale exigible ; le juge l'attend."
    )
    return check(code, "refuse" if is_required else "warn", article, "/case/steps", text)


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


def court_address_check(choice: CourtChoice) -> Iterator[Check]:
    """Tells of an address of the directory that cannot be the court's, and is not printed."""
    court = choice.court
    if court is not None and court.address and told_address(court) is None:
        text = "Adresse de la juridiction douteuse, non reproduite : {address} ({court})."
        yield check(
            "court-address-doubtful", "warn", None, "/options/court_id", text,
            address=court.address, court=court.name,
        )  # fmt: skip
