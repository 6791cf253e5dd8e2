"""Checks of letters that go to consumers, tenants and public buyers as well as to firms.

They bound who writes in whose name, to whom and of what, and hold a sender's own words to what
may be said. `generators.letter_checks` has those of letters between professionals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from generators.letter_checks import is_french
from generators.options import LetterOptions
from law.case import Case, ClaimType, Party
from law.findings import Check
from law.wording import check, claim_name

_AGENT: Final = (
    "L'acte envoyé par un mandataire (société de recouvrement, avocat, commissaire de justice) "
    "obéit à d'autres règles et n'est pas encore proposé."
)
_PUBLIC: Final = (
    "Une personne publique recouvre ses créances selon ses propres règles : cette lettre ne lui "
    "convient pas."
)
_LIQUIDATION: Final = "Le créancier est en liquidation judiciaire : son liquidateur agit pour lui."
_ABROAD: Final = "Le créancier est établi hors de France : la loi applicable est à vérifier."


def own_name_check(case: Case) -> Check:
    """Whether the creditor, of France and of private law, writes in its own name.

    Sources:
        Art. R. 124-4 CPCE, RIN 8.2, arrêté of 27 Feb. 2024: letters of agents have their own rules.
    """
    code, creditor = "sender-not-supported", case.creditor
    if case.representative is not None:
        return check(code, "refuse", "art. R. 124-4 CPCE", "/case/representative", _AGENT)
    if creditor.type == "public_body":
        return check(code, "refuse", None, "/case/creditor/type", _PUBLIC)
    if creditor.insolvency and creditor.insolvency.type == "liquidation":
        pointer = "/case/creditor/insolvency"
        return check(code, "refuse", None, pointer, _LIQUIDATION)
    if not is_french(creditor):
        return check(code, "refuse", None, "/case/creditor/address/country", _ABROAD)
    return check(code, "pass", None, "/case/creditor", "Le créancier écrit en son nom.")


def debtor_in_france_check(case: Case) -> Check:
    """Whether the debtor is in France."""
    code, debtor = "debtor-not-supported", case.debtor
    if debtor is None or not is_french(debtor):
        text = (
            "Le débiteur est établi hors de France : la loi applicable et l'envoi sont à vérifier."
        )
        return check(code, "refuse", None, "/case/debtor/address/country", text)
    return check(code, "pass", None, "/case/debtor", "Le débiteur est établi en France.")


def claims_in_euros_checks(
    case: Case, allowed: Collection[ClaimType], *, why: Mapping[ClaimType, str]
) -> list[Check]:
    """Whether every claim is of a kind that the letter may ask for, and in euros.

    Args:
        case: The facts.
        allowed: Kinds of claim that the letter may ask for.
        why: In French, why a kind that is not allowed is not.
    """
    code, found = "claim-type-not-supported", []
    for at, claim in enumerate(case.claims):
        pointer = f"/case/claims/{at}"
        if claim.type not in allowed:
            text = f"{{claim}} : {why.get(claim.type, 'cette lettre ne la réclame pas.')}"
            named = claim_name(claim).capitalize()
            found.append(check(code, "refuse", None, f"{pointer}/type", text, claim=named))
        elif claim.currency != "EUR":
            text = "Seules les créances en euros sont proposées : {claim}."
            at_currency = f"{pointer}/currency"
            found.append(
                check(
                    "currency-not-supported", "refuse", None, at_currency, text,
                    claim=claim_name(claim),
                )
            )  # fmt: skip
    text = "Les créances sont de celles que cette lettre réclame, en euros."
    return found or [check(code, "pass", None, "/case/claims", text)]


def consumer_contact_checks(case: Case) -> list[Check]:
    """What a professional owes a consumer in a letter: a telephone, later a mediator.

    Sources:
        Art. L. 121-16 C. conso.: a number that costs no more than a call. Art. L. 616-1 and
        R. 616-1: the mediator, once a written complaint was not settled.
    """
    debtor = case.debtor
    if debtor is None or debtor.is_professional or not case.creditor.is_professional:
        return []
    code, article = "consumer-telephone", "art. L. 121-16 C. conso."
    agent = case.representative
    pointer = "/case/representative/party/phone" if agent else "/case/creditor/phone"
    if (agent.party if agent else case.creditor).phone:
        text = "Un numéro de téléphone est indiqué ; il ne doit pas être surtaxé."
        found = [check(code, "pass", article, pointer, text)]
    else:
        text = "Aucun numéro de téléphone non surtaxé n'est indiqué au consommateur."
        found = [check(code, "warn", article, pointer, text)]
    disputes = [f"/case/claims/{at}/disputed" for at, c in enumerate(case.claims) if c.disputed]
    disputes += [f"/case/steps/{at}" for at, s in enumerate(case.steps) if s.type == "dispute"]
    if disputes:
        text = (
            "Une réclamation écrite du consommateur qui n'a pas abouti oblige à lui indiquer le "
            "médiateur compétent et son site : l'ajouter au paragraphe libre."
        )
        article = "art. L. 616-1 et R. 616-1 C. conso."
        found.append(check("consumer-mediator", "warn", article, disputes[0], text))
    return found


def public_buyer_checks(case: Case) -> list[Check]:
    """Against a public buyer the time to pay runs from the receipt of the request."""
    if case.debtor is None or case.debtor.type != "public_body":
        return []
    text = (
        "Débiteur public : le délai de paiement court de la réception de la demande de paiement, "
        "ou de l'exécution si elle est postérieure ou si la date de réception est incertaine. "
        "Vérifier l'échéance indiquée."
    )
    article = "art. R. 2192-12 et R. 2192-13 CCP"
    return [check("public-buyer-term", "warn", article, "/case/claims", text)]


# -- the sender's own words ---------------------------------------------------------------------

_COSTS: Final = re.compile(
    r"\bfrais\s+(?:de\s+)?(?:dossier|relance|recouvrement|gestion|rappel|mise\s+en\s+demeure)",
    re.IGNORECASE,
)
_COURT_WORDS: Final = re.compile(
    r"\b(?:huissiers?|saisies?|commandements?|sommations?|fichage|plaintes?|"
    r"expuls\w+)\b",
    re.IGNORECASE,
)


def free_text_checks(options: LetterOptions, debtor: Party | None) -> list[Check]:
    """What a free paragraph or subject should not say, wherever it stands.

    Sources:
        Art. L. 111-8 CPCE and L. 121-21 C. conso.: costs without a title. Art. L. 121-6 5°
        C. conso.: a threat that the law does not allow. Art. 433-13 C. pénal: confusion with
        an act of authority.
    """
    is_consumer = debtor is not None and not debtor.is_professional
    costs = "art. L. 111-8 CPCE" + (" ; art. L. 121-21 C. conso." if is_consumer else "")
    threats = "art. 433-13 C. pén." + (" ; art. L. 121-6 5° C. conso." if is_consumer else "")
    found = []
    for pointer, text in free_texts(options):
        for match in _first(_COSTS, text):
            words = "« {words} » : sans titre, ces frais restent à la charge du créancier."
            found.append(check("free-text-costs", "warn", costs, pointer, words, words=match))
        for match in _first(_COURT_WORDS, text):
            words = (
                "« {words} » : une lettre ne doit ni menacer d'une mesure qui n'est pas possible, "
                "ni être confondue avec un acte de justice."
            )
            found.append(check("free-text-threat", "warn", threats, pointer, words, words=match))
    return found


def free_texts(options: LetterOptions) -> list[tuple[str, str]]:
    """The words that are the sender's own, each with its JSON pointer."""
    given = (("/options/subject", options.subject), ("/options/body_note", options.body_note))
    return [(pointer, text) for pointer, text in given if text]


def _first(pattern: re.Pattern[str], text: str) -> Iterable[str]:
    found = pattern.search(text)
    return () if found is None else (found.group(),)
