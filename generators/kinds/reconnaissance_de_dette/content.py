"""What an acknowledgment of debt says: who owes what to whom, why, and until when. Pure."""

from __future__ import annotations

from typing import Any

from generators.deeds import originals, place_and_date
from generators.kind import Context, Facts
from generators.letters import (
    document_properties,
    enclosure_lines,
    printed_name,
)
from generators.undertakings import (
    BLANK,
    contract_named,
    debt_summary,
    is_consumer_matter,
    notice_days,
    notice_period,
    party_in_full,
    plan_of,
    plan_values,
    required_of_undertaking,
    undersigned,
)
from law.case import Party
from law.french import NBSP, euros, percent_short
from law.statement import Statement

TITLE = "Reconnaissance de dette"


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("an acknowledgment needs a debtor and a statement")
    plan = None
    if options.instalments is not None:
        total = statement.totals.due_cents
        plan = plan_values(plan_of(case, options.instalments, total))
    principal = sum(row.outstanding_principal_cents for row in statement.claims)
    rate = options.interest_rate
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE),
        "act": {
            "reference": case.reference,
            "continuation": f"{TITLE} \u2013 {printed_name(case.debtor)}",
            "place_and_date": place_and_date(case, options, facts.as_of),
            "originals": originals(options.originals),
        },
        "debtor": {"undersigned": undersigned(case.debtor)},
        "creditor": {"full": party_in_full(case.creditor)},
        "contract": contract_named(case),
        "debt": debt_summary(case, statement),
        "plan": plan,
        "terms": {
            "is_due": all(claim.due_on <= facts.as_of for claim in case.claims),
            "interest": percent_short(rate) if rate is not None else None,
            "interest_base": euros(principal) if rate is not None else None,
            "free": rate is None and (plan is not None or is_consumer_matter(case)),
            "notice": notice_period(notice_days(case, options.payment_deadline_days)),
            "consumer": is_consumer_matter(case),
        },
        "signatory": _signatory(case.debtor, options),
        "enclosures": enclosure_lines(case.exhibits),
    }


def _signatory(debtor: Party, options: Any) -> str:
    """Who signs: the debtor itself, or a person for the firm, blank when nobody is named."""
    person = options.signatory or debtor.legal_representative
    if person is None and debtor.type == "individual":
        return printed_name(debtor)
    named = ", ".join(filter(None, (person.name, person.capacity))) if person else BLANK
    is_itself = person is not None and debtor.display_name in person.name
    return named if is_itself else f"Pour {printed_name(debtor)}{NBSP}: {named}"


def required(context: Context) -> list[str]:
    """What an acknowledgment of debt must say to prove one.

    Sources:
        Art. 1376 C. civ.: the sum in words and figures, by the debtor; words prevail. Art. 1343-1:
        a rate in writing. Art. 2240, 1330 and L. 218-1 C. conso. for its effects.
    """
    act, terms = context["act"], context["terms"]
    return [
        "article 1376 du Code civil",
        "reconnaît devoir",
        "en toutes lettres l\u2019emporte",
        "article 2240 du Code civil",
        "article 1330 du Code civil",
        "article 1342-10",
        *(["article 1343-1 du Code civil", terms["interest"]] if terms["interest"] else ()),
        *filter(None, (terms["interest_base"],)),
        *(["ni intérêt, ni pénalité, ni frais"] if terms["free"] else ()),
        *(["article L. 218-1 du Code de la consommation"] if terms["consumer"] else ()),
        *(["après une mise en demeure", terms["notice"]] if context["plan"] else ()),
        *required_of_undertaking(context),
        context["debtor"]["undersigned"],
        context["creditor"]["full"],
        act["reference"],
        act["place_and_date"],
        act["originals"],
        context["signatory"],
        *filter(None, (context["contract"]["reference"],)),
        *context["enclosures"],
    ]
