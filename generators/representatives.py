"""Who writes for a creditor, and what a letter must then say, as template values.

A letter of a collection agency, a lawyer or a commissaire de justice takes its sender, its
signatory and the account to pay from here; `templates.builder.representative` prints the values.
A letter of the creditor itself gets the same values, empty where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from generators.letters import payment_values, registration, sender
from law.case import Case, Party, Representative
from law.checks.representative import FirstLetter
from law.french import date_unbroken, iban_groups, of_name, typographic
from law.quotations import quotation

ACTIVITY: Final = "activité de recouvrement amiable de créances"
_ADDRESS: Final = typographic("dont l'adresse est")
_QUOTED: Final = typographic(
    "L'article L. 111-8 du Code des procédures civiles d'exécution dispose, en ses deuxième et"
    " troisième alinéas :"
)


def writer(case: Case) -> Party:
    """Who writes: whoever acts for the creditor, else the creditor.

    An individual who recovers for others does so as a profession, unless the case denies it.
    """
    if case.representative is None:
        return case.creditor
    party = case.representative.party
    is_told = party.type != "individual" or party.acts_as_professional is not None
    return party if is_told else replace(party, acts_as_professional=True)


def sender_of(case: Case) -> dict[str, Any]:
    """The sender's block of whoever writes, with its quality.

    Sources:
        Art. R. 124-4 1° CPCE: name and seat of an agency.
        Art. R. 123-237 and R. 526-27 C. com.
    """
    return sender(writer(case), quality=quality(case.representative))


def quality(representative: Representative | None) -> str:
    """In what quality a representative writes, as printed under its name."""
    if representative is None:
        return ""
    if representative.role == "lawyer":
        return _bar(representative)
    if representative.role == "commissaire_de_justice":
        return "Commissaire de justice"
    return "Société de recouvrement amiable de créances"


def _bar(representative: Representative) -> str:
    word = "Avocate" if representative.party.civility == "Mme" else "Avocat"
    return f"{word} au barreau de {representative.bar}" if representative.bar else word


def named_with_address(party: Party) -> str:
    """A party by name, registration and address: ``X SA (… RCS Lyon), dont le siège est …``.

    Sources:
        Art. R. 124-4 2° CPCE: name, address or seat of the creditor.
    """
    number = registration(party)
    named = f"{sender(party)['name']} ({number})" if number else sender(party)["name"]
    return f"{named}, {_where(party)}"


def _where(party: Party) -> str:
    lines = [*party.address.lines, f"{party.address.postal_code} {party.address.city}"]
    where = ", ".join(lines)
    if party.type != "individual":
        return f"dont le siège est {where}"
    return f"{_ADDRESS if party.is_professional else 'demeurant'} {where}"


def representative_values(
    case: Case, written_on: date, *, first_letter: FirstLetter | None = None
) -> dict[str, Any]:
    """What a letter says because of who writes it.

    Args:
        case: The facts.
        written_on: Day that the letter bears.
        first_letter: The agency's first letter; None when this one is the first.

    Returns:
        ``role`` or None; ``opening`` (paragraphs: who writes, for whom, in what quality; the first
        letter recalled), ``mentions`` (paragraphs that the rules of the writer ask for), ``quoted``
        and ``quotations`` (what introduces the texts of law, and these word for word), ``data``
        (information on personal data, or None). All empty when the creditor writes.
    """
    representative = case.representative
    if representative is None:
        return {
            "role": None, "opening": [], "mentions": [], "quoted": None, "quotations": [],
            "data": None,
        }  # fmt: skip
    is_agency = representative.role == "collection_agency"
    is_first = first_letter is None
    quotes = (
        [typographic(text) for text in quotation("cpce_l111_8", written_on).paragraphs]
        if is_agency and is_first
        else []
    )
    return {
        "role": representative.role,
        "opening": _opening(case, representative, first_letter),
        "mentions": _mentions(case, representative, written_on, is_first=is_first),
        "quoted": _QUOTED if quotes else None,
        "quotations": quotes,
        "data": _data(case) if is_first else None,
    }


def required_of_representative(context: Mapping[str, Any]) -> list[str]:
    """What a letter must print because of who writes it.

    Sources:
        Art. R. 124-4 CPCE: the five mentions, or the first letter recalled; RIN 8.2; arrêté of
        27 Feb. 2024, art. 30; art. 14 RGPD.
    """
    values = context["representative"]
    return [
        *values["opening"],
        *values["mentions"],
        *values["quotations"],
        *filter(None, (values["quoted"], values["data"])),
    ]


# -- who writes, for whom -------------------------------------------------------------------------


def _opening(
    case: Case, representative: Representative, first_letter: FirstLetter | None
) -> list[str]:
    whom = f"{named_with_address(case.creditor)}, votre créancier"
    since = representative.mandate_on
    mandated = f" le {date_unbroken(since)}" if since else ""
    if representative.role == "lawyer":
        as_what = f"d'{_bar(representative)[0].lower()}{_bar(representative)[1:]}"
        text = "En qualité {as_what}, nous agissons pour {whom}."
        return [_said(text, as_what=typographic(as_what), whom=whom)]
    if representative.role == "commissaire_de_justice":
        text = (
            "En qualité de commissaire de justice, nous intervenons à titre amiable au nom et pour"
            " le compte {of_whom}, qui nous en a donné mandat écrit{mandated}."
        )
        return [_said(text, of_whom=of_name(whom), mandated=mandated)]
    party = writer(case)
    text = (
        "{name}, {where}, exerce une {activity}. Nous intervenons au nom et pour le compte"
        " {of_whom}, qui nous a donné mandat{mandated} de recouvrer la créance ci-après{receive}."
    )
    name, where = sender(party)["name"], _where(party)
    receive = typographic(" et d'en recevoir le paiement") if party.iban else ""
    return [
        _said(
            text,
            name=name,
            where=where,
            activity=ACTIVITY,
            of_whom=of_name(whom),
            mandated=mandated,
            receive=receive,
        ),
        *([_recall(first_letter)] if first_letter else ()),
    ]


def _recall(first_letter: FirstLetter) -> str:
    """Sources: art. R. 124-4 CPCE, last paragraph: at every later step."""
    text = (
        "La présente fait suite à notre première lettre, référence {reference}, envoyée le {day}"
        " (article R. 124-4 du Code des procédures civiles d'exécution)."
    )
    return _said(text, reference=first_letter.reference, day=date_unbroken(first_letter.sent_on))


# -- what the rules of the writer ask for --------------------------------------------------------


def _mentions(
    case: Case, representative: Representative, written_on: date, *, is_first: bool
) -> list[str]:
    if representative.role == "lawyer":
        return [
            typographic(
                "Nous vous rappelons que vous avez la possibilité de consulter un avocat et vous"
                " invitons à nous en faire connaître le nom (article 8.2 du Règlement intérieur"
                " national de la profession d'avocat)."
            )
        ]
    if representative.role == "commissaire_de_justice":
        return [
            typographic(
                "Cette démarche est purement amiable : la présente lettre n'est pas un acte de"
                " procédure et aucune décision de justice n'a été rendue. Aucune autre somme que la"
                " créance ne vous est réclamée."
            )
        ]
    receipt = (
        "Une quittance vous sera remise pour tout paiement (article R. 124-6 du Code des procédures"
        " civiles d'exécution)."
    )
    if not is_first:
        return [typographic(receipt)]
    text = (
        f"{receipt} La présente lettre porte la référence {{reference}} et est envoyée le {{day}} :"
        " ces indications seront rappelées à chacune de nos démarches ultérieures."
    )
    return [_said(text, reference=case.reference, day=date_unbroken(written_on))]


def _data(case: Case) -> str:
    """Information of a person whose data come from the creditor, at the first communication.

    Sources:
        Art. 14 RGPD; art. 6, 1, b and f, for the basis.
    """
    party = writer(case)
    name, creditor = sender(party)["name"], sender(case.creditor)["name"]
    contact = party.email or typographic("l'adresse figurant en tête de la présente")
    text = (
        "Données personnelles (article 14 du RGPD) : {name}, responsable du traitement, a reçu"
        " {of_creditor} les données d'identité et de contact et celles relatives à la créance qui"
        " concernent {whose}. Elles servent au recouvrement de cette créance, sur le"
        " fondement de l'exécution du contrat et de l'intérêt légitime du créancier à être payé"
        " (article 6, 1, b et f). Elles sont destinées à {name} et à {creditor}, conservées le"
        " temps du recouvrement, puis archivées pendant la durée de la prescription et des"
        " obligations comptables. Vous pouvez demander à y accéder, à les faire rectifier ou"
        " effacer, à en limiter le traitement ou vous y opposer en écrivant à {contact}, et"
        " introduire une réclamation auprès de la CNIL."
    )
    is_person = case.debtor is not None and case.debtor.type == "individual"
    whose = "votre personne" if is_person else "vos représentants"
    return _said(
        text,
        name=name,
        creditor=creditor,
        of_creditor=of_name(creditor),
        whose=whose,
        contact=contact,
    )


# -- whom to pay ----------------------------------------------------------------------------------


def payment_of(case: Case) -> dict[str, Any]:
    """Whom to pay and how: whoever writes when it has an account, else the creditor.

    Returns:
        The values of `generators.letters.payment_values`, and ``through``: what to know of a
        payment that passes by a representative, or None.

    Sources:
        Art. R. 124-2 to R. 124-4 CPCE: an agency's own account and power to receive.
        RIN 6.2: funds that pass by a lawyer go through the CARPA.
    """
    values = {**payment_values(case), "through": None}
    representative = case.representative
    if representative is None or not representative.party.iban:
        return values
    party = writer(case)
    values |= {
        "payee": party.display_name,
        "order": of_name(party.display_name),
        "iban": iban_groups(representative.party.iban),
        "bic": party.bic,
        "through": _through(case, representative),
    }
    return values


def _through(case: Case, representative: Representative) -> str:
    creditor = sender(case.creditor)["name"]
    if representative.role == "lawyer":
        text = "Ce compte est le sous-compte CARPA de l'avocat, ouvert pour {creditor}."
        return _said(text, creditor=creditor)
    text = "Nous recevons ce paiement pour le compte {of_creditor}."
    return _said(text, of_creditor=of_name(creditor))


def _said(text: str, **values: str) -> str:
    """A sentence of ours with the spaces of print, its values as they are."""
    return typographic(text).format(**values)
