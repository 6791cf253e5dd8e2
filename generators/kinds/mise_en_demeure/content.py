"""What the formal notice to pay says: the facts and the statement as template values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generators.claim_values import (
    account_lines,
    allocation,
    claim_table,
    interest_name,
    money_lines,
    the_claim,
    which_claims,
)
from generators.debt_values import contract_values, payment_deadline
from generators.kind import Context, Facts
from generators.kinds.mise_en_demeure import wording
from generators.kinds.mise_en_demeure.accessories import accessories, noticed_now
from generators.kinds.mise_en_demeure.cheques import cheque_lines, cheque_paragraphs
from generators.kinds.mise_en_demeure.family import (
    family_of,
    has_cheques,
    has_rent,
    usual_deadline_days,
)
from generators.kinds.mise_en_demeure.wording import Voice, voice_of
from generators.letters import (
    document_properties,
    enclosure_lines,
    letter_values,
    recipient,
    required_of_letter,
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
from law.case import Case, Claim, Party
from law.french import NBSP, enumerate_and, euros, percent_short
from law.statement import Statement

TITLE = "Mise en demeure de payer"


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options = facts.case, facts.options
    if case.debtor is None or statement is None:
        raise ValueError("a formal notice needs a debtor and a statement")
    who, voice = writer(case), voice_of(case)
    more = accessories(case, statement)
    enclosures = enclosure_lines(case.exhibits)
    if more["in_annex"]:
        enclosures.append(f"Annexe{NBSP}: calcul des intérêts")
    subject = f"{TITLE} \u2013 {which_claims(case.claims)}"
    letter = letter_values(case, options, case.debtor, facts.as_of, subject=subject, writer=who)
    cheques = cheque_lines(case)
    costs = "Frais occasionnés par le rejet du chèque" if cheques else "Frais mis à votre charge"
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
            "total": euros(statement.totals.due_cents),
            **_said(facts, statement, case.debtor, voice, letter),
        },
        "contract": contract_values(case),
        "table": claim_table(case, statement),
        "cheques": cheques,
        "receipts": {
            "lines": money_lines(case, facts.as_of),
            "allocation": allocation(case, statement),
        },
        "steps": step_lines(case.steps, facts.as_of),
        "accessories": more,
        "account": account_lines(case, statement, costs=costs),
        "payment": payment_of(case),
        "signatory": signatory(case, options, writer=who),
        "enclosures": enclosures,
    }


def _said(
    facts: Facts, statement: Statement, debtor: Party, voice: Voice, letter: dict[str, Any]
) -> dict[str, Any]:
    """The sentences that hang on who speaks, to whom and of what."""
    case, options, as_of = facts.case, facts.options, facts.as_of
    deadline = payment_deadline(options, as_of, default_days=usual_deadline_days(case, as_of))
    return {
        "deadline": deadline,
        "owed": wording.owed(voice, debtor, case.claims, letter["as_of"]),
        "demand": wording.demand(
            voice,
            total=euros(statement.totals.due_cents),
            day=letter["as_of"],
            deadline=deadline,
            interest=_running(case, statement),
        ),
        "effects": _effects(facts, statement, voice),
        "talk": [wording.talk(voice, letter["contact"]), *_whom_to_turn_to(case)],
        "reserved": wording.reserved(voice),
        "closing": wording.closing(voice, debtor),
    }


def _running(case: Case, statement: Statement) -> str | None:
    """The interest that goes on running from an earlier day, by name; None when none does."""
    if not statement.daily_interest_cents or not any(row.interest for row in statement.claims):
        return None
    return f"{interest_name(case, statement)} qui continuent de courir"


def _effects(facts: Facts, statement: Statement, voice: Voice) -> list[str]:
    """What the letter does, what follows it, the clauses it relies on."""
    case, contract = facts.case, facts.case.contract
    now = noticed_now(case, statement)
    found = [wording.is_notice(voice, case)]
    if now:
        found.append(_starts(facts, statement, now))
    if has_cheques(case):
        found += cheque_paragraphs(case, voice, facts.as_of)
    if contract is not None and not has_rent(case) and not has_cheques(case):
        found += filter(None, [wording.resolutive_clause(voice, contract)])
    if contract is not None and contract.retention_of_title and _is_a_price(case):
        found.append(wording.retention_of_title(voice))
    return found


def _is_a_price(case: Case) -> bool:
    return any(claim.type == "invoice" for claim in case.claims)


def _starts(facts: Facts, statement: Statement, now: Sequence[Claim]) -> str:
    """That the letter starts interest; what a day adds is told when it is of these claims alone."""
    case = facts.case
    is_alone = not any(row.interest for row in statement.claims)
    daily = statement.daily_interest_cents if is_alone else 0
    rates = {_rate(case, claim) for claim in now}
    rate = rates.pop() if len(rates) == 1 else "au taux propre à chaque créance"
    on = "" if len(now) == len(case.claims) else enumerate_and(the_claim(c) for c in now)
    return wording.starts_interest(
        facts.options, rate=rate, on=on, daily=euros(daily) if daily else None
    )


def _rate(case: Case, claim: Claim) -> str:
    """At which rate a claim bears interest, once noticed; rent of a home only at the legal one."""
    agreed = claim.late_interest
    is_home = family_of(case) == "residential_rent"
    if is_home or agreed is None or agreed.basis == "legal":
        return "au taux légal"
    if agreed.rate is not None:
        return f"au taux convenu de {percent_short(agreed.rate)} l'an"
    return "au taux convenu"


def _whom_to_turn_to(case: Case) -> list[str]:
    family = family_of(case)
    if family == "residential_rent":
        return wording.to_tenant()
    return wording.to_consumer() if family == "consumer" else []


def required(context: Context) -> list[str]:
    """What a formal notice must say to be one, to be paid, and for whoever writes it.

    Sources:
        Art. 1344 C. civ.: a sufficient demand, which tells exactly what is claimed.
        Art. 1225 C. civ.: the resolutive clause whose effect is sought.
        Art. R. 124-4 CPCE, RIN 8.2: see `generators.representatives`.
    """
    letter, more = context["letter"], context["accessories"]
    return [
        letter["demand"],
        letter["owed"],
        letter["total"],
        *letter["effects"],
        *letter["talk"],
        letter["reserved"],
        letter["closing"],
        *filter(None, (context["contract"]["reference"],)),
        *_printed_of_rows(context),
        *context["cheques"],
        *context["receipts"]["lines"],
        *filter(None, (context["receipts"]["allocation"],)),
        *context["steps"],
        *(more["interest"] if more["any"] else ()),
        *more["more"],
        *(value for line in more["lines"] for value in line.values()),
        *(value for item in context["account"] for value in item.values()),
        *filter(None, (context["payment"]["through"],)),
        *required_of_letter(context),
        *required_of_representative(context),
    ]


def _printed_of_rows(context: Context) -> list[str]:
    """What the table prints of each claim: no delay for a cheque, which is payable at sight."""
    left_out = {"days"} if context["cheques"] else set()
    return [
        value
        for row in context["table"]["rows"]
        for key, value in row.items()
        if key not in left_out
    ]
