"""What a reminder says: the facts and the statement as template values. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from generators.claim_values import (
    accessories,
    accessories_reserved,
    account_lines,
    allocation,
    claim_table,
    money_lines,
    which_claims,
)
from generators.kind import Context, Facts
from generators.kinds.relance.schema import LAST_LEVEL, RelanceOptions
from generators.letters import (
    document_properties,
    enclosure_lines,
    letter_values,
    recipient,
    required_of_letter,
    sender,
    signatory,
    step_lines,
)
from generators.representatives import (
    payment_of,
    representative_values,
    required_of_representative,
    sender_of,
    writer,
)
from law.case import Case
from law.french import NBSP, date_unbroken, euros, typographic
from law.statement import Statement

TITLE = "Relance"
_SUBJECTS = {1: "Relance", 2: "Deuxième relance", 3: "Dernière relance"}
_HAS_NOT = typographic("n'a pas")
_DEADLINE_DAYS, _CONSUMER_DEADLINE_DAYS = 8, 15


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a reminder needs a debtor and a statement")
    options = replace(options, delivery=options.delivery or "simple")
    who, is_partial = writer(case), asks_for_principal(case, options)
    more = accessories(case, statement)
    table = claim_table(case, statement, only_open=is_partial)
    settled = {row.id for row in statement.claims if not row.outstanding_principal_cents}
    claims = [claim for claim in case.claims if not (is_partial and claim.id in settled)]
    subject = f"{_SUBJECTS[options.level]} \u2013 {which_claims(claims)}"
    enclosures = enclosure_lines(case.exhibits)
    if more["in_annex"] and not is_partial:
        enclosures.append(f"Annexe{NBSP}: calcul des intérêts")
    adds_up = not is_partial and (
        more["any"] or statement.totals.costs_cents or case.representative is not None
    )
    letter = letter_values(case, options, case.debtor, facts.as_of, subject=subject, writer=who)
    return {
        "document": document_properties(case, options, facts.as_of, title=TITLE, writer=who),
        "sender": sender_of(case),
        "recipient": recipient(case.debtor),
        "representative": representative_values(
            case, options.letter_date or facts.as_of, first_letter=options.first_letter
        ),
        "letter": {
            **letter,
            "continuation": f"{letter['continuation']} \u2013 {TITLE}",
            "total": table["outstanding"] if is_partial else euros(statement.totals.due_cents),
            "deadline": date_unbroken(last_day(case, options)),
            "next_on": date_unbroken(last_day(case, options) + timedelta(days=1)),
            "reserved": accessories_reserved(case, statement) if is_partial else None,
        },
        "voice": _voice(case),
        "level": _level(options),
        "tone": {
            "usual": options.tone is None,
            "negligent": options.tone == "negligent",
            "bad_payer": options.tone == "bad_payer",
            "administrative": options.tone == "administrative",
        },
        "debtor": {
            "is_consumer": not case.debtor.is_professional,
            "is_tenant": any(c.type == "rent" for c in case.claims)
            and not case.debtor.is_professional,
            "was_noticed": was_noticed(case, facts.as_of),
        },
        "table": table,
        "receipts": {
            "lines": money_lines(case, facts.as_of),
            "allocation": allocation(case, statement),
        },
        "steps": [] if options.level == 1 else step_lines(case.steps, facts.as_of),
        "accessories": _none(more) if is_partial else more,
        "account": account_lines(case, statement) if adds_up else [],
        "payment": payment_of(case),
        "signatory": signatory(case, options, writer=who),
        "enclosures": enclosures,
    }


def asks_for_principal(case: Case, options: RelanceOptions) -> bool:
    """Whether the reminder asks for the principal alone.

    Sources:
        ADR 0110: a first one does. Art. R. 124-4 3° CPCE: an agency's letter gives principal,
        interest and accessories, each apart.
    """
    is_agency = case.representative is not None and case.representative.role == "collection_agency"
    return options.level == 1 and not is_agency


def _voice(case: Case) -> dict[str, Any]:
    """How the creditor is called by whoever writes: *nous*, or by name."""
    if case.representative is None:
        return {"has_not": typographic("nous n'avons pas"), "may": "nous pourrons", "own": True}
    name = sender(case.creditor)["name"]
    return {"has_not": f"{name} {_HAS_NOT}", "may": f"{name} pourra", "own": False}


def _level(options: RelanceOptions) -> dict[str, bool]:
    is_first, is_last = options.level == 1, options.level == LAST_LEVEL
    return {
        "first": is_first,
        "second": not is_first and not is_last,
        "last": is_last,
        "announces": is_last or (not is_first and options.tone == "bad_payer"),
    }


def last_day(case: Case, options: RelanceOptions) -> date:
    """The day until which the reminder leaves time to pay, counted from the day that it bears.

    Sources:
        ADR 0110: a reminder names a day, for it has no presentation from which to count.
    """
    is_consumer = case.debtor is not None and not case.debtor.is_professional
    usual = _CONSUMER_DEADLINE_DAYS if is_consumer else _DEADLINE_DAYS
    if options.letter_date is None:
        raise ValueError("the options of a request that was read bear a day")
    return options.letter_date + timedelta(days=options.payment_deadline_days or usual)


def was_noticed(case: Case, as_of: date) -> bool:
    """Whether a formal notice has gone out, so that what comes next is the court."""
    return any(step.type == "formal_notice" and step.on <= as_of for step in case.steps)


def _none(more: dict[str, Any]) -> dict[str, Any]:
    """No accessories in a reminder that asks for the principal alone."""
    return {
        **more,
        "any": False,
        "heading": "",
        "interest": [],
        "more": [],
        "lines": [],
        "in_annex": False,
    }


def required(context: Context) -> list[str]:
    """What a reminder must say: what is owed, since when, until when, how to pay.

    Sources:
        Art. L. 441-10 II C. com. and 1231-6 C. civ. for what is owed beside the principal.
    """
    letter, level = context["letter"], context["level"]
    court = "saisir la juridiction compétente"
    follows = court if context["debtor"]["was_noticed"] else "mise en demeure de payer"
    return [
        letter["total"],
        letter["deadline"],
        *([follows, letter["next_on"]] if level["announces"] else ()),
        *filter(None, (letter["reserved"],)),
        *(value for row in context["table"]["rows"] for value in row.values()),
        *context["receipts"]["lines"],
        *filter(None, (context["receipts"]["allocation"],)),
        *context["steps"],
        *context["accessories"]["interest"],
        *context["accessories"]["more"],
        *(value for line in context["accessories"]["lines"] for value in line.values()),
        *(value for item in context["account"] for value in item.values()),
        *filter(None, (context["payment"]["through"],)),
        *required_of_letter(context),
        *required_of_representative(context),
    ]
