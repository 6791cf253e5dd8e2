"""Who may send an act, and what it must say of itself: creditor, agency, lawyer, signatory."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from law.case import Case, Party, Step
from law.findings import Check
from law.french import date_longue, enumerate_and, typographic
from law.wording import check

_CAPITAL_FORMS = frozenset(
    {"SA", "SAS", "SASU", "SARL", "EURL", "SCA", "SCS", "SE", "SELARL", "SELAS"}
)
_REGISTERED_FORMS = _CAPITAL_FORMS | {"SNC", "GIE", "SCI", "SCP", "SCOP"}
ROLES = {
    "creditor": "le créancier",
    "collection_agency": "une société de recouvrement",
    "lawyer": "un avocat",
    "commissaire_de_justice": "un commissaire de justice",
    "bank": "la banque tirée",
}
_LETTERS = frozenset({"letter", "registered_letter", "electronic_registered_letter"})


def creditor_identity(case: Case) -> Check:
    """The mentions that a registered creditor must put on its letters."""
    code, article = "creditor-identity", "art. R. 123-237 et R. 123-238 C. com."
    missing = missing_mentions(case.creditor)
    if not missing:
        text = "Les mentions d'identité du créancier sont complètes."
        return check(code, "pass", article, "/case/creditor", text)
    text = "Mentions obligatoires absentes pour le créancier : {missing}."
    names = typographic(enumerate_and(missing))
    return check(code, "warn", article, "/case/creditor", text, missing=names)


def missing_mentions(party: Party) -> list[str]:
    """What a registered sender must print and the facts do not tell, in French."""
    form = (party.legal_form or "").upper()
    is_company = party.type == "company"
    is_trader = party.type == "individual" and party.is_professional
    wanted = {
        "forme juridique": is_company and not party.legal_form,
        "numéro SIREN": (is_company or is_trader) and not party.siren,
        "ville d'immatriculation au RCS": (
            is_company and (not form or form in _REGISTERED_FORMS) and not party.rcs_city
        ),
        "capital social": form in _CAPITAL_FORMS and not party.share_capital,
        "« EI » ou « entrepreneur individuel »": is_trader and not party.legal_form,
    }
    return [mention for mention, is_missing in wanted.items() if is_missing]


def sender_allowed(case: Case, senders: Collection[str]) -> Check:
    """Only those whom the law lets send an act of this kind may send it."""
    code = "sender-not-allowed"
    role = case.representative.role if case.representative else "creditor"
    pointer = "/case/representative/role" if case.representative else "/case/creditor"
    if role in senders:
        text = "L'acte peut être envoyé par {sender}."
        return check(code, "pass", None, pointer, text, sender=ROLES[role])
    text = "L'acte ne peut être envoyé par {sender}."
    return check(code, "refuse", None, pointer, text, sender=ROLES[role])


def identity_before_court(case: Case) -> list[Check]:
    """What a request or a summons says of the claimant, on pain of nullity."""
    code, article = "claimant-identity", "art. 54 3° CPC"
    found = [
        check(
            code, "refuse", article, f"/case/creditor/{key}",
            "Mention requise à peine de nullité, absente pour le créancier : {what}.", what=what,
        )
        for key, what in _missing_of_claimant(case.creditor).items()
    ]  # fmt: skip
    text = "Les mentions requises du demandeur sont présentes."
    return found or [check(code, "pass", article, "/case/creditor", text)]


def _missing_of_claimant(party: Party) -> dict[str, str]:
    """The mentions of art. 54 3° CPC that are not told, each by its key."""
    if party.type == "individual":
        wanted = {
            "birth_date": "date de naissance",
            "birth_place": "lieu de naissance",
            "nationality": "nationalité",
            "occupation": "profession",
        }
        return {key: what for key, what in wanted.items() if not getattr(party, key)}
    organ = party.legal_representative
    missing = {}
    if organ is None or not organ.capacity:
        key = "legal_representative/capacity" if organ else "legal_representative"
        missing[key] = "organe qui la représente légalement"
    if party.type == "company" and not party.legal_form:
        missing["legal_form"] = "forme"
    return missing


def agency_mandate(case: Case, as_of: date) -> Check:
    """A collection agency acts under a written agreement that gives power to receive."""
    code, article = "agency-mandate", "art. R. 124-3 CPCE"
    pointer = "/case/representative/mandate_date"
    representative = case.representative
    if representative is None or representative.role != "collection_agency":
        text = "Aucune société de recouvrement n'intervient."
        return check(code, "pass", article, "/case/representative", text)
    mandate_on = representative.mandate_on
    if mandate_on is None:
        text = (
            "La société de recouvrement ne peut agir sans convention écrite avec le créancier : "
            "la date du mandat manque."
        )
        return check(code, "refuse", article, pointer, text)
    if mandate_on > as_of:
        text = "Le mandat, du {day}, est postérieur à l'acte."
        return check(code, "refuse", article, pointer, text, day=date_longue(mandate_on))
    text = "La société de recouvrement agit en vertu d'un mandat du {day}."
    return check(code, "pass", article, pointer, text, day=date_longue(mandate_on))


def first_agency_letter(case: Case, as_of: date) -> Step | None:
    """The first letter of an agency, as the steps tell it: sent under its mandate.

    Sources:
        Art. R. 124-4 CPCE: every later step recalls its reference and its day.
    """
    representative = case.representative
    if representative is None or representative.role != "collection_agency":
        return None
    since = representative.mandate_on or date.min
    letters = [
        step
        for step in case.steps
        if step.type in {"reminder", "formal_notice"}
        and step.channel in _LETTERS
        and since <= step.on <= as_of
    ]
    return min(letters, key=lambda step: step.on, default=None)


def agency_first_letter_recalled(case: Case, as_of: date) -> Check:
    """A later step of an agency must recall the reference and the day of its first letter."""
    code, article, pointer = "agency-first-letter", "art. R. 124-4 CPCE", "/case/steps"
    representative = case.representative
    if representative is None or representative.role != "collection_agency":
        text = "Aucune société de recouvrement n'intervient."
        return check(code, "pass", article, "/case/representative", text)
    first = first_agency_letter(case, as_of)
    if first is None:
        text = (
            "La première lettre de la société de recouvrement ne figure pas au dossier : ses "
            "démarches ultérieures doivent en rappeler les références et la date."
        )
        return check(code, "refuse", article, pointer, text)
    at = next(at for at, step in enumerate(case.steps) if step is first)
    if not first.reference:
        text = "La référence de la première lettre, du {day}, manque : elle doit être rappelée."
        pointer = f"/case/steps/{at}/reference"
        return check(code, "refuse", article, pointer, text, day=date_longue(first.on))
    text = "La première lettre est celle du {day}."
    return check(code, "pass", article, f"/case/steps/{at}", text, day=date_longue(first.on))


def lawyer_bar(case: Case) -> Check:
    """A lawyer's letter names the bar to which the lawyer belongs."""
    code, pointer = "lawyer-bar", "/case/representative/bar"
    representative = case.representative
    if representative is None or representative.role != "lawyer":
        return check(code, "pass", None, "/case/representative", "Aucun avocat n'intervient.")
    if not representative.bar:
        return check(code, "warn", None, pointer, "Le barreau de l'avocat n'est pas indiqué.")
    return check(code, "pass", None, pointer, "Le barreau de l'avocat est indiqué.")


def signatory_power(case: Case, as_of: date) -> Check:
    """A request is filed by the creditor or any agent; registries ask an agent for its power."""
    code, article = "signatory-power", "art. 1407 CPC"
    representative = case.representative
    if representative is None or representative.role != "collection_agency":
        text = "Le signataire n'a pas à justifier d'un pouvoir."
        return check(code, "pass", article, "/case/representative", text)
    pointer = "/case/representative/mandate_date"
    if representative.mandate_on is None or representative.mandate_on > as_of:
        text = "Un mandataire qui n'est ni avocat ni commissaire de justice doit avoir un pouvoir."
        return check(code, "refuse", article, pointer, text)
    text = "Un pouvoir spécial du mandataire est à joindre à la requête."
    return check(code, "warn", article, pointer, text)
