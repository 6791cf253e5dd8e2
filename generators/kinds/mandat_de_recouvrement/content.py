"""What a mandate of collection says: powers, claims, pay, guarantee, remittance. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generators.deeds import originals, place_and_date
from generators.kind import Context, Facts
from generators.kinds.mandat_de_recouvrement.schema import (
    Fees,
    Guarantee,
    MandateOptions,
    Remittance,
)
from generators.letters import document_properties, enclosure_lines, printed_name
from generators.options import Signatory
from generators.undertakings import (
    BLANK,
    debt_summary,
    party_in_full,
    required_of_undertaking,
    undersigned,
)
from law.case import Case, Party
from law.french import (
    NBSP,
    count,
    date_unbroken,
    euros,
    iban_groups,
    percent_short,
    typographic,
)
from law.statement import Statement

TITLE = "Mandat de recouvrement"
ONE_MONTH = "dans le mois de l'encaissement effectif"


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.representative is None:
        raise ValueError("a mandate needs an agency")
    agency = case.representative.party
    special = is_special(case, options)
    return {
        "document": {
            **document_properties(case, options, facts.as_of, title=TITLE),
            "subject": f"{TITLE} \u2013 {agency.display_name}",
        },
        "act": {
            "reference": case.reference,
            "continuation": f"{TITLE} \u2013 {printed_name(case.creditor)}",
            "place_and_date": place_and_date(case, options, facts.as_of),
            "originals": originals(options.originals),
        },
        "creditor": {"full": _named(case.creditor)},
        "agency": {"full": _named(agency), "iban": _iban(agency)},
        "debtor": {"full": party_in_full(case.debtor)} if special and case.debtor else None,
        "mandate": {"special": special, "framework": not special, "under": _under(options)},
        "debt": debt_summary(case, statement) if special and statement else None,
        "fees": list(_fees(options.fees)) if options.fees else [],
        "guarantee": _guarantee(options.guarantee) if options.guarantee else None,
        "remittance": _remittance(case, options.remittance),
        "powers": {
            "may_grant_time": options.may_grant_time,
            "informs_of_offers": options.informs_of_offers,
        },
        "term": {
            "months": (
                count(options.duration_months, "mois", "mois").replace(" ", NBSP)
                if options.duration_months
                else None
            ),
            "notice": count(options.notice_days, "jour", "jours").replace(" ", NBSP),
        },
        "signatures": {
            "creditor": _signatory(case.creditor, options.signatory),
            "agency": _signatory(agency, options.agency_signatory),
        },
        "enclosures": enclosure_lines(case.exhibits),
    }


def is_special(case: Case, options: MandateOptions) -> bool:
    """Whether the mandate is for the claims of the case, rather than for those to come."""
    return (options.mandate_type or ("special" if case.claims else "framework")) == "special"


def _named(party: Party) -> str:
    """A party in full; a firm with a blank where nobody is named who acts for it."""
    return party_in_full(party) if party.type == "individual" else undersigned(party)


def _under(options: MandateOptions) -> str | None:
    contract = options.framework
    if contract is None:
        return None
    return f"«{NBSP}{contract.reference}{NBSP}» du {date_unbroken(contract.signed_on)}"


def _fees(fees: Fees) -> Iterable[str]:
    if fees.success_rate is not None:
        share = percent_short(fees.success_rate)
        yield typographic(f"{share} hors taxes des sommes effectivement encaissées")
    if fees.fixed_cents is not None:
        yield typographic(f"{euros(fees.fixed_cents)} hors taxes par dossier confié")
    if fees.terms is not None:
        yield fees.terms


def _guarantee(guarantee: Guarantee) -> str:
    policy = f", police n°{NBSP}{guarantee.policy}" if guarantee.policy else ""
    ceiling = guarantee.ceiling_cents
    limit = f", dans la limite de {euros(ceiling)}" if ceiling is not None else ""
    return f"{guarantee.insurer}{policy}{limit}"


def _remittance(case: Case, remittance: Remittance | None) -> dict[str, Any]:
    days = remittance.within_days if remittance else None
    within = ONE_MONTH
    if days is not None:
        within = f"dans les {count(days, 'jour', 'jours').replace(' ', NBSP)} de l'encaissement"
        within = f"{within} effectif"
    return {
        "within": typographic(within),
        "iban": _iban(case.creditor),
        "terms": remittance.terms if remittance else None,
    }


def _iban(party: Party) -> str | None:
    return iban_groups(party.iban) if party.iban else None


def _signatory(party: Party, named: Signatory | None) -> str:
    """Who signs for a party: the person named, else its representative, else itself, else blank."""
    person = named or party.legal_representative
    if person is not None:
        return ", ".join(filter(None, (person.name, person.capacity)))
    return printed_name(party) if party.type == "individual" else BLANK


def required(context: Context) -> list[str]:
    """What the mandate must say, on pain of nullity or because the law of agencies has it.

    Sources:
        Art. R. 124-3 CPCE: power to receive, ground and amount of each sum, guarantee, pay borne
        by the creditor, remittance. Art. L. 111-8, R. 124-2, R. 124-4 to R. 124-6 CPCE.
    """
    act, mandate, remittance = context["act"], context["mandate"], context["remittance"]
    signatures, term = context["signatures"], context["term"]
    return [
        "pouvoir de recevoir pour son compte",
        *(f"article R. 124-3, {number}°" for number in (1, 2, 3, 4)),
        "à la charge exclusive du créancier",
        "article L. 111-8",
        "article R. 124-2",
        "article R. 124-4",
        "article R. 124-5",
        "article R. 124-6",
        *(required_of_debt_table(context) if context["debt"] else ["bordereau de remise"]),
        *filter(None, (mandate["under"], context["guarantee"], context["agency"]["iban"])),
        *context["fees"],
        remittance["within"],
        *filter(None, (remittance["iban"], remittance["terms"], term["months"])),
        term["notice"],
        context["creditor"]["full"],
        context["agency"]["full"],
        *((context["debtor"]["full"],) if context["debtor"] else ()),
        act["reference"],
        act["place_and_date"],
        act["originals"],
        signatures["creditor"],
        signatures["agency"],
        *context["enclosures"],
    ]


def required_of_debt_table(context: Context) -> list[str]:
    """The claims and each kind of sum, without the mention that only a debtor writes."""
    return [
        value for value in required_of_undertaking(context) if value != context["debt"]["mention"]
    ]
