"""What must hold before a client is told how a file stands."""

from __future__ import annotations

from collections.abc import Iterator

from generators.kind import Facts
from generators.kinds.releve_de_demarches.content import collected, is_agency, parties, remit_by
from generators.letter_checks import language_check, letter_date_check
from generators.letters import address_checks
from law.checks import Subject, run
from law.findings import Check
from law.french import date_longue, money
from law.ledger import PaymentExceedsDebt
from law.rates import RateTables
from law.statement import statement
from law.wording import check


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a status report."""
    case, options = facts.case, facts.options
    subject = Subject(case=case, as_of=facts.as_of, rates=rates)
    _, reader = parties(case, options)
    pointer = "/options/recipient" if options.recipient else "/case/creditor"
    return [
        language_check(facts),
        letter_date_check(facts, options),
        _currency(facts),
        *run(("agency-mandate", "collection-costs", "limitation"), subject),
        *_statement(facts, rates),
        _recipient(facts),
        *_steps(facts),
        *_remittances(facts),
        *address_checks(reader, f"{pointer}/address"),
    ]


def _currency(facts: Facts) -> Check:
    code = "currency-not-supported"
    for at, claim in enumerate(facts.case.claims):
        if claim.currency != "EUR":
            text = "Seules les créances en euros sont proposées."
            return check(code, "refuse", None, f"/case/claims/{at}/currency", text)
    return check(code, "pass", None, "/case/claims", "Les créances sont en euros.")


def _statement(facts: Facts, rates: RateTables) -> Iterator[Check]:
    code = "payment-exceeds-debt"
    try:
        owed = statement(facts.case, facts.as_of, rates)
    except PaymentExceedsDebt as error:
        text = "Les versements ou avoirs dépassent la dette du jour où ils ont été reçus."
        yield check(code, "refuse", "art. 1302 C. civ.", error.faults[0].pointer, text)
        return
    text = "Il reste dû {amount}."
    amount = money(owed.totals.due_cents)
    yield check(code, "pass", "art. 1302 C. civ.", "/case/payments", text, amount=amount)


def _recipient(facts: Facts) -> Check:
    code, pointer = "report-to-oneself", "/options/recipient"
    who, reader = parties(facts.case, facts.options)
    if who is reader:
        text = (
            "Personne n'agit pour le créancier et aucun destinataire n'est indiqué : le relevé est "
            "établi par le créancier pour lui-même."
        )
        return check(code, "warn", None, pointer, text)
    return check(code, "pass", None, pointer, "Le relevé est adressé à un tiers.")


def _steps(facts: Facts) -> Iterator[Check]:
    code, pointer, steps = "report-steps", "/case/steps", facts.case.steps
    if not any(step.on <= facts.as_of for step in steps):
        yield check(code, "warn", None, pointer, "Aucune démarche ne figure au dossier.")
    for at, step in enumerate(steps):
        if step.on > facts.as_of:
            text = "Démarche du {day}, postérieure au relevé : elle n'y figure pas."
            day = date_longue(step.on)
            yield check(code, "warn", None, f"{pointer}/{at}/date", text, day=day)


def _remittances(facts: Facts) -> Iterator[Check]:
    """Collected funds are handed over within a month, unless agreed otherwise."""
    case, options = facts.case, facts.options
    if not is_agency(case):
        return
    code, article, pointer = "remittance-late", "art. R. 124-6 CPCE", "/options/remittances"
    given = [each for each in options.remittances or () if each.remitted_on <= facts.as_of]
    handed = sum(each.amount_cents for each in given)
    late = [payment for payment in collected(case, facts.as_of) if remit_by(payment) < facts.as_of]
    owed = sum(payment.amount_cents for payment in late) - handed
    paid = sum(payment.amount_cents for payment in collected(case, facts.as_of))
    if handed > paid:
        text = "Les reversements dépassent de {amount} ce qui a été encaissé sous le mandat."
        yield check(code, "refuse", article, pointer, text, amount=money(handed - paid))
    elif owed > 0:
        text = (
            "{amount} encaissés depuis plus d'un mois ne sont pas indiqués comme reversés : à "
            "vérifier, sauf versement direct au créancier ou convention contraire."
        )
        yield check(code, "warn", article, pointer, text, amount=money(owed))
    else:
        text = "Rien de ce qui devait être reversé ne reste à l'être."
        yield check(code, "pass", article, pointer, text)
