"""What binds whoever writes for a creditor: collection agency, lawyer, commissaire de justice.

The mandate of an agency and the bar of a lawyer are rules of the registry; those here look at the
letter as well: the first letter that it recalls, how it leaves, who is paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from law.case import Case, Party, Representative
from law.checks.delivery import Delivery
from law.checks.sender import missing_mentions
from law.findings import Check, Outcome
from law.french import date_longue, enumerate_and, money, typographic
from law.limitation import limitation
from law.regime import regime_name
from law.wording import check, claim_name

_LETTERS: Final = frozenset({"letter", "registered_letter", "electronic_registered_letter"})
_RULES_OF_COMMISSAIRES: Final = "des règles professionnelles (arrêté du 27 février 2024)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLetter:
    """The first letter of an agency, which every later one recalls (art. R. 124-4 CPCE)."""

    reference: str
    sent_on: date


def representative_checks(
    case: Case,
    *,
    written_on: date,
    delivery: Delivery | None = None,
    first_letter: FirstLetter | None = None,
) -> list[Check]:
    """All that binds a letter because of who writes it; one finding when the creditor does.

    Args:
        case: The facts.
        written_on: Day that the letter bears.
        delivery: How it leaves.
        first_letter: The first letter of the agency; None when this one is the first.
    """
    representative = case.representative
    if representative is None:
        return [first_letter_recalled(case, written_on, first_letter)]
    found = [representative_supported(case), representative_identity(case)]
    if representative.role == "collection_agency":
        found.append(agency_account(representative))
    elif representative.role == "lawyer":
        found += [lawyer_funds(representative), lawyer_contact(delivery)]
    else:
        found += commissaire_checks(case, written_on)
    return [*found, first_letter_recalled(case, written_on, first_letter)]


def representative_supported(case: Case) -> Check:
    """A private person of France, who is neither the creditor nor the debtor."""
    code, pointer = "representative-not-supported", "/case/representative/party"
    representative = case.representative
    if representative is None:
        return check(code, "pass", None, "/case/representative", "Le créancier écrit en son nom.")
    party = representative.party
    if party.type == "public_body":
        text = "Une personne publique ne recouvre pas pour autrui par une telle lettre."
        return check(code, "refuse", None, f"{pointer}/type", text)
    if party.address.country != "FR":
        text = "Le mandataire est établi hors de France : la loi applicable est à vérifier."
        return check(code, "refuse", None, f"{pointer}/address/country", text)
    parties = [case.creditor, *([case.debtor] if case.debtor else [])]
    if any(_is_same(party, other) for other in parties):
        text = "Le mandataire est partie à la créance : il ne la recouvre pas pour autrui."
        return check(code, "refuse", "art. R. 124-1 CPCE", f"{pointer}/siren", text)
    return check(code, "pass", None, pointer, "Le mandataire agit pour autrui.")


def _is_same(one: Party, other: Party) -> bool:
    return one.siren is not None and one.siren == other.siren


def representative_identity(case: Case) -> Check:
    """The mentions that whoever writes must put on the letter; to omit one of an agency's is fined.

    Sources:
        Art. R. 124-4 1° and R. 124-7 CPCE; art. R. 123-237 and R. 123-238 C. com.
    """
    code, pointer = "representative-identity", "/case/representative/party"
    representative = case.representative
    if representative is None:
        return check(code, "pass", None, "/case/representative", "Le créancier écrit en son nom.")
    is_agency = representative.role == "collection_agency"
    article = "art. R. 123-237 et R. 123-238 C. com."
    article = f"art. R. 124-4 1° CPCE ; {article}" if is_agency else article
    missing = missing_mentions(representative.party)
    if not missing:
        text = "Les mentions d'identité du mandataire sont complètes."
        return check(code, "pass", article, pointer, text)
    text = "Mentions obligatoires absentes pour le mandataire : {missing}."
    names = typographic(enumerate_and(missing))
    outcome: Outcome = "refuse" if is_agency else "warn"
    return check(code, outcome, article, pointer, text, missing=names)


def agency_account(representative: Representative) -> Check:
    """An agency has power to receive, on an account for nothing but its creditors' funds."""
    code, pointer = "agency-account", "/case/representative/party/iban"
    if representative.party.iban:
        text = (
            "Le paiement est demandé sur le compte de la société de recouvrement, qui ne doit "
            "servir qu'aux fonds encaissés pour le compte de ses créanciers."
        )
        return check(code, "pass", "art. R. 124-2 CPCE", pointer, text)
    text = (
        "La société de recouvrement n'indique pas de compte : le débiteur paiera le créancier. Le "
        "mandat doit pourtant lui donner pouvoir de recevoir les fonds ; à vérifier."
    )
    return check(code, "warn", "art. R. 124-2 et R. 124-3 CPCE", pointer, text)


def first_letter_recalled(case: Case, written_on: date, first_letter: FirstLetter | None) -> Check:
    """A later letter of an agency recalls the reference and the day of the first."""
    code, article, pointer = "agency-first-letter", "art. R. 124-4 CPCE", "/options/first_letter"
    representative = case.representative
    if representative is None or representative.role != "collection_agency":
        if first_letter is not None:
            text = "Seule une société de recouvrement rappelle sa première lettre."
            return check(code, "refuse", article, pointer, text)
        text = "Aucune société de recouvrement n'intervient."
        return check(code, "pass", article, "/case/representative", text)
    since = representative.mandate_on or date.min
    if first_letter is None:
        return _is_first(case, since, written_on)
    at = f"{pointer}/sent_on"
    if first_letter.sent_on > written_on:
        text = "La première lettre, du {day}, est postérieure à celle qui doit la rappeler."
    elif first_letter.sent_on < since:
        text = "La première lettre, du {day}, est antérieure au mandat."
    else:
        text = "La première lettre, du {day}, est rappelée."
        day = date_longue(first_letter.sent_on)
        return check(code, "pass", article, pointer, text, day=day)
    return check(code, "refuse", article, at, text, day=date_longue(first_letter.sent_on))


def _is_first(case: Case, since: date, written_on: date) -> Check:
    code, article = "agency-first-letter", "art. R. 124-4 CPCE"
    earlier = [
        (at, step)
        for at, step in enumerate(case.steps)
        if step.type in {"reminder", "formal_notice"}
        and step.channel in _LETTERS
        and since <= step.on <= written_on
    ]
    if not earlier:
        text = "La lettre est la première de la société de recouvrement."
        return check(code, "pass", article, "/options/first_letter", text)
    at, step = earlier[0]
    text = (
        "Une lettre du {day}, postérieure au mandat, figure au dossier : si elle est de la société "
        "de recouvrement, la présente doit en rappeler la référence et la date."
    )
    pointer = f"/case/steps/{at}"
    return check(code, "warn", article, pointer, text, day=date_longue(step.on))


def lawyer_funds(representative: Representative) -> Check:
    """Funds that pass by a lawyer go through the CARPA."""
    code, article, pointer = "lawyer-funds", "RIN art. 6.2", "/case/representative/party/iban"
    if representative.party.iban:
        text = (
            "Le paiement est demandé par l'intermédiaire de l'avocat : le compte indiqué doit être "
            "son sous-compte CARPA."
        )
        return check(code, "warn", article, pointer, text)
    text = "Le paiement est demandé au créancier, sans passer par l'avocat."
    return check(code, "pass", article, pointer, text)


def lawyer_contact(delivery: Delivery | None) -> Check:
    """A lawyer writes to an adversary by letter, or by e-mail to an address that was checked."""
    code, article, pointer = "lawyer-contact", "RIN art. 8.2", "/options/delivery"
    if delivery == "email":
        text = (
            "L'avocat n'écrit à l'adversaire par courrier électronique que si l'adresse a été "
            "vérifiée (texte de 2007 ; version en vigueur à relire)."
        )
        return check(code, "warn", article, pointer, text)
    return check(code, "pass", article, pointer, "L'avocat écrit par lettre.")


def commissaire_checks(case: Case, written_on: date) -> list[Check]:
    """What the professional rules ask of a commissaire de justice who recovers amicably.

    Sources:
        Arrêté of 27 Feb. 2024, art. 29 and 30: a written mandate, the principal warned of a claim
        that is plainly not certain, liquid and due, or time-barred; no sum but the claim itself.
    """
    return [
        _commissaire_mandate(case, written_on),
        _commissaire_costs(case),
        _commissaire_fee(case),
        *_commissaire_claims(case, written_on),
    ]


def _commissaire_mandate(case: Case, written_on: date) -> Check:
    code, article = "commissaire-mandate", f"art. 29 {_RULES_OF_COMMISSAIRES}"
    pointer = "/case/representative/mandate_date"
    mandate_on = case.representative.mandate_on if case.representative else None
    if mandate_on is None:
        text = "Le commissaire de justice agit en vertu d'un mandat écrit : sa date manque."
        return check(code, "warn", article, pointer, text)
    if mandate_on > written_on:
        text = "Le mandat, du {day}, est postérieur à la lettre."
        return check(code, "refuse", article, pointer, text, day=date_longue(mandate_on))
    text = "Le commissaire de justice agit en vertu d'un mandat du {day}."
    return check(code, "pass", article, pointer, text, day=date_longue(mandate_on))


def _commissaire_costs(case: Case) -> Check:
    code, article = "commissaire-costs", f"art. 30 {_RULES_OF_COMMISSAIRES}"
    for at, cost in enumerate(case.costs):
        if cost.borne_by == "debtor":
            text = (
                "À l'amiable, un commissaire de justice ne peut mettre à la charge du débiteur "
                "aucune autre somme que la créance : {amount}."
            )
            pointer, amount = f"/case/costs/{at}/borne_by", money(cost.amount_cents)
            return check(code, "refuse", article, pointer, text, amount=amount)
    text = "Aucune autre somme que la créance n'est réclamée."
    return check(code, "pass", article, "/case/costs", text)


def _commissaire_fee(case: Case) -> Check:
    """Whether the fixed fee, which is the creditor's by statute, is a sum other than the claim."""
    code, article = "commissaire-recovery-fee", f"art. 30 {_RULES_OF_COMMISSAIRES}"
    debtor = case.debtor
    regimes = {regime_name(case.creditor, debtor, c) for c in case.claims} if debtor else set()
    if regimes & {"commercial", "public"}:
        text = (
            "L'indemnité forfaitaire pour frais de recouvrement, due au créancier par la loi, est "
            "réclamée avec la créance : vérifier qu'elle peut l'être par un commissaire de justice."
        )
        return check(code, "warn", article, "/case/representative/role", text)
    text = "Aucune indemnité pour frais de recouvrement n'est réclamée."
    return check(code, "pass", article, "/case/representative/role", text)


def _commissaire_claims(case: Case, written_on: date) -> list[Check]:
    code, article = "commissaire-claim", f"art. 29 {_RULES_OF_COMMISSAIRES}"
    found = []
    for at, claim in enumerate(case.claims):
        is_over = limitation(case, claim, written_on).outcome == "expired"
        if claim.disputed or is_over or claim.due_on > written_on:
            text = (
                "Le commissaire de justice avertit son mandant d'une créance qui n'est "
                "manifestement pas certaine, liquide et exigible, ou qui est prescrite : {claim}."
            )
            pointer = f"/case/claims/{at}"
            found.append(check(code, "warn", article, pointer, text, claim=claim_name(claim)))
    text = "Rien au dossier ne montre une créance contestée, non échue ou prescrite."
    return found or [check(code, "pass", article, "/case/claims", text)]
