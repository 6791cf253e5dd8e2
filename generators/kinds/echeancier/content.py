"""What a payment plan letter says: the debt, its instalments, on what terms. Pure."""

from __future__ import annotations

from generators.kind import Context, Facts
from generators.letters import (
    document_properties,
    enclosure_lines,
    identity,
    letter_values,
    recipient,
    required_of_letter,
    signatory,
)
from generators.representatives import (
    payment_of,
    representative_values,
    required_of_representative,
    sender_of,
    writer,
)
from generators.undertakings import (
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
from law.french import typographic
from law.statement import Statement

TITLE = "Échéancier de paiement"


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a payment plan needs a debtor and a statement")
    who = writer(case)
    debt = debt_summary(case, statement)
    plan = plan_values(plan_of(case, options.instalments, statement.totals.due_cents))
    what = typographic(f"somme de {debt['figures']} en {plan['count']}")
    subject = f"{TITLE} \u2013 {what}"
    letter = letter_values(case, options, case.debtor, facts.as_of, subject=subject, writer=who)
    role = case.representative.role if case.representative else None
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE, writer=who),
        "sender": sender_of(case),
        "recipient": recipient(case.debtor),
        "representative": representative_values(
            case, options.letter_date or facts.as_of, first_letter=options.first_letter
        ),
        "letter": {**letter, "continuation": f"{letter['continuation']} \u2013 {TITLE}"},
        "creditor": {"identity": identity(case.creditor), "full": party_in_full(case.creditor)},
        "debtor": {"undersigned": undersigned(case.debtor)},
        "contract": contract_named(case),
        "debt": debt,
        "plan": plan,
        "terms": {
            "interest_continues": options.interest_continues,
            "notice": notice_period(notice_days(case, options.payment_deadline_days)),
            "consumer": is_consumer_matter(case),
            "by_agency": role == "collection_agency",
            "by_officer": role == "commissaire_de_justice",
        },
        "payment": payment_of(case),
        "signatory": signatory(case, options, writer=who),
        "enclosures": enclosure_lines(case.exhibits),
    }


def required(context: Context) -> list[str]:
    """What a payment plan must say.

    Sources:
        Art. 1330, 1342, 1342-10, 1343-1, 1343-5 and 2240 C. civ.; L. 218-1 C. conso.; R. 124-5
        CPCE; rules of the commissaires de justice, art. 30.
    """
    terms = context["terms"]
    said = [
        "article 1330 du Code civil",
        "article 2240 du Code civil",
        "article 1343-1 du Code civil",
        "article 1342-10",
        "article 1343-5 du Code civil",
        "après une mise en demeure",
        *(
            ["continuent de courir"]
            if terms["interest_continues"]
            else ["ni intérêt, ni pénalité, ni frais"]
        ),
        *(["article L. 218-1 du Code de la consommation"] if terms["consumer"] else ()),
        *(["article R. 124-5"] if terms["by_agency"] else ()),
        *(["saisir la juridiction compétente"] if terms["by_officer"] else ()),
    ]
    return [
        *said,
        *required_of_undertaking(context),
        context["plan"]["count"],
        context["creditor"]["identity"],
        context["creditor"]["full"],
        context["debtor"]["undersigned"],
        terms["notice"],
        *filter(None, (context["contract"]["reference"],)),
        *filter(None, (context["payment"]["through"],)),
        *required_of_representative(context),
        *required_of_letter(context),
    ]
