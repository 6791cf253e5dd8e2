"""What the certificate says: the claim by rate, the steps, the cause, the conclusion. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generators.attestations import (
    CAPACITIES,
    STEPS,
    attestation_properties,
    issuer_values,
    place_and_date,
    signatory_of,
    step_rows,
)
from generators.bad_debt_values import (
    invoice_rows,
    invoiced_totals,
    named_claims,
    rate_rows,
    rectification_addressee,
    unpaid_by_claim,
)
from generators.kind import Context, Facts
from generators.kinds.certificat_irrecouvrabilite.options import CertificateOptions
from generators.letters import enclosure_lines, full_identity, printed_name
from law.bad_debt_vat import UnpaidVat, last_day_to_claim, mention_on
from law.case import Case, Claim, Representative, Step
from law.french import NBSP, count, date_unbroken, euros, typographic
from law.irrecoverability import Ground, grounds
from law.statement import Statement

TITLE = "Certificat d\u2019irrécouvrabilité"
_CLOSING_CODES = frozenset({"LJ", "LJ_CLOTURE"})


def build(facts: Facts, statement: Statement | None) -> Context:
    """The values of the template."""
    case, options, as_of = facts.case, facts.options, facts.as_of
    representative, debtor = case.representative, case.debtor
    if representative is None or debtor is None or statement is None:
        raise ValueError("a certificate needs an issuer, a debtor and a statement")
    issuer = representative.party
    unpaid = unpaid_by_claim(case, statement)
    found = grounds(case, as_of, options.told)
    head = issuer_values(issuer)
    mention = mention_on(options.letter_date or as_of)
    return {
        "document": attestation_properties(case, issuer, options, as_of, title=TITLE),
        "issuer": head,
        "act": {
            "reference": case.reference,
            "place_and_date": place_and_date(options, issuer, as_of),
            "running": f"{head['name']} \u2013 {TITLE}",
            "date": date_unbroken(options.letter_date or as_of),
            "as_of": date_unbroken(as_of),
        },
        "parties": _parties(case, representative, options),
        "basis": _basis(case, unpaid),
        "invoices": invoice_rows(unpaid),
        "rates": rate_rows(unpaid),
        "totals": invoiced_totals(unpaid),
        "accessories": _accessories(statement),
        "steps": step_rows(case, as_of),
        "causes": [_cause(ground, case, options) for ground in found],
        "reasoning": options.reasoning,
        "conclusion": {
            "claimant": printed_name(case.creditor),
            "debtor": printed_name(debtor),
            "issuer": printed_name(issuer),
            "established": _established(found),
            "to_weigh": all(ground.is_for_the_tax_office_to_weigh for ground in found),
        },
        "vat": _vat(case, unpaid, found, mention.law),
        "entries": _entries(unpaid),
        "signatory": signatory_of(issuer, options),
        "enclosures": enclosure_lines(case.exhibits),
    }


def _parties(
    case: Case, representative: Representative, options: CertificateOptions
) -> dict[str, Any]:
    """Everybody in full, and by what right the issuer writes."""
    if case.debtor is None:
        raise ValueError("a certificate names a debtor")
    capacity = CAPACITIES[representative.role]
    if representative.bar:
        capacity = f"{capacity} au barreau de {representative.bar}"
    mandate = representative.mandate_on
    return {
        "issuer": full_identity(representative.party),
        "capacity": capacity,
        "particulars": options.issuer_particulars,
        "mandate": f"Mandat écrit du {date_unbroken(mandate)}" if mandate else None,
        "creditor": full_identity(case.creditor),
        "creditor_vat": case.creditor.vat_number,
        "debtor": full_identity(case.debtor),
    }


def _basis(case: Case, unpaid: Sequence[tuple[Claim, UnpaidVat]]) -> list[str]:
    """What the claim rests on: the contract, then each invoice with the regime of its VAT."""
    lines = named_claims(list(unpaid))
    contract = case.contract
    if contract and contract.reference:
        signed = f", signé le {date_unbroken(contract.signed_on)}" if contract.signed_on else ""
        lines.insert(0, f"Contrat{NBSP}: {contract.reference}{signed}.")
    return lines


def _accessories(statement: Statement) -> str | None:
    """What is owed beside the price, on which there is no VAT to recover."""
    principal = sum(row.outstanding_principal_cents for row in statement.claims)
    others = statement.totals.due_cents - principal
    return euros(others) if others else None


def _cause(ground: Ground, case: Case, options: CertificateOptions) -> dict[str, Any]:
    """A ground: its name, why it is one, the steps that prove it."""
    proofs = sorted((case.steps[at] for at in ground.steps), key=lambda step: step.on)
    if ground.code in _CLOSING_CODES:
        text = _liquidation_text(case, options, ground)
    elif ground.code == "DISPARU":
        text = typographic(
            "Le débiteur n'a plus de domicile, de résidence ni d'établissement connus, ainsi qu'il"
            " résulte des constatations suivantes :"
        )
    elif ground.code == "DISPROP":
        text = _disproportion_text(proofs, options)
    else:
        text = _enforcement_text(case, ground)
    label = typographic(ground.label)
    return {
        "label": f"{label[0].upper()}{label[1:]} ({date_unbroken(ground.established_on)})",
        "text": text,
        "lines": [_proof(step) for step in proofs],
    }


def _proof(step: Step) -> str:
    """A step in a line: its reference tells what it was, or else its kind does."""
    what = step.reference or STEPS[step.type].lower()
    if step.type == "undeliverable" and step.reference:
        what = f"{STEPS[step.type].lower()} ({step.reference})"
    told = " \u2013 ".join(filter(None, (what, step.outcome)))
    return f"{date_unbroken(step.on)}{NBSP}: {told}"


def _liquidation_text(case: Case, options: CertificateOptions, ground: Ground) -> str:
    insolvency = case.debtor.insolvency if case.debtor else None
    if insolvency is None:
        raise ValueError("a ground of liquidation needs proceedings")
    court = f" du {insolvency.court}" if insolvency.court else ""
    judged_on = date_unbroken(insolvency.opened_on)
    sentences = [
        f"La liquidation judiciaire du débiteur a été prononcée par jugement{court} du {judged_on}."
    ]
    if options.gazette_reference:
        sentences.append(f"Publication au BODACC{NBSP}: {options.gazette_reference}.")
    if insolvency.officer:
        sentences.append(f"Liquidateur{NBSP}: {insolvency.officer}.")
    if options.claim_declared_on:
        sentences.append(f"Créance déclarée le {date_unbroken(options.claim_declared_on)}.")
    if ground.code == "LJ_CLOTURE":
        sentences.append(
            f"La procédure a été clôturée pour insuffisance d\u2019actif par jugement du"
            f" {date_unbroken(ground.established_on)}."
        )
    return " ".join(sentences)


def _disproportion_text(proofs: Sequence[Step], options: CertificateOptions) -> str:
    tried = count(len(proofs), "démarche", "démarches")
    return typographic(
        f"Les voies amiables ont été épuisées et la solvabilité recherchée ({tried} ci-après). Une"
        " action en justice serait disproportionnée : "
    ) + (options.futility or "")


def _enforcement_text(case: Case, ground: Ground) -> str:
    titles = [step for step in case.steps if step.type == "court_order"]
    held = "; ".join(
        f"{step.reference or 'décision'} ({date_unbroken(step.on)})" for step in titles
    ).replace(";", "\u202f;")
    if ground.code == "CHQ_SP":
        text = "Le certificat de non-paiement du chèque a été signifié et les recours sont épuisés"
    else:
        text = "Le créancier a obtenu un titre"
    named = f"{NBSP}: {held}" if held else ""
    return f"{text}{named}. Les mesures d\u2019exécution suivantes ont échoué{NBSP}:"


def _vat(
    case: Case, unpaid: Sequence[tuple[Claim, UnpaidVat]], found: Sequence[Ground], law: str
) -> dict[str, Any]:
    """What may be recovered, from whom the rectified invoice goes to, until when."""
    total = sum(vat.recoverable_cents for _, vat in unpaid)
    return {
        "recoverable": euros(total) if total else None,
        "law": law,
        "addressee": rectification_addressee(case),
        "deadline": _deadline(found),
        "is_service": any(vat.reason == "due-on-payment" for _, vat in unpaid),
    }


def _established(found: Sequence[Ground]) -> str:
    """The day that counts for the time limits, in a sentence: that of the strongest ground."""
    if not found:
        raise ValueError("a certificate rests on a ground")
    day = date_unbroken(found[0].established_on)
    return f"L\u2019irrécouvrabilité a été établie le {day}."


def _deadline(found: Sequence[Ground]) -> str | None:
    """Last day to recover; None while a liquidation is open, whose closing starts the time.

    Sources:
        RES 2005/70; CE 28 July 2011, n° 318872. The earliest event is counted, to be safe.
    """
    events = [ground.established_on for ground in found if ground.code != "LJ"]
    return date_unbroken(last_day_to_claim(min(events))) if events else None


def _entries(unpaid: Sequence[tuple[Claim, UnpaidVat]]) -> list[dict[str, str]]:
    """The entries of the loss; none where VAT was not yet due, on which no source was read."""
    if any(vat.reason == "due-on-payment" for _, vat in unpaid):
        return []
    total = sum(vat.unpaid_base_cents + vat.unpaid_vat_cents for _, vat in unpaid)
    tax = sum(vat.recoverable_cents for _, vat in unpaid)
    rows = [
        ("654 \u2013 Pertes sur créances irrécouvrables", euros(total - tax), ""),
        ("44571 \u2013 TVA collectée", euros(tax) if tax else "", ""),
        ("416 \u2013 Clients douteux (ou 411 \u2013 Clients)", "", euros(total)),
    ]
    return [
        {"account": account, "debit": debit, "credit": credit}
        for account, debit, credit in rows
        if debit or credit
    ]


def required(context: Context) -> list[str]:
    """What makes the certificate circumstantiated, reasoned and honest.

    Sources:
        No text sets its content; ADR 0142 lists the mentions kept.
        CGI 272, 1 §3: recovery needs the rectified invoice first.
    """
    parties, conclusion, vat = context["parties"], context["conclusion"], context["vat"]
    cells = [*context["invoices"], *context["rates"], *context["steps"]]
    return [
        TITLE,
        context["issuer"]["name"],
        *context["issuer"]["lines"],
        *filter(None, parties.values()),
        *context["basis"],
        *(value for row in cells for value in row.values()),
        *context["totals"].values(),
        *(text for cause in context["causes"] for text in (cause["label"], cause["text"])),
        *(line for cause in context["causes"] for line in cause["lines"]),
        *filter(None, (context["reasoning"], context["accessories"])),
        "définitivement irrécouvrable",
        conclusion["established"],
        *(["preuve à apprécier par l\u2019administration"] if conclusion["to_weigh"] else ()),
        "ne vaut pas renonciation à la créance",
        "retour du débiteur à meilleure fortune",
        *(
            [
                vat["law"], vat["addressee"], vat["recoverable"], "rectification préalable",
                vat["deadline"] or "jugement de clôture",
            ]
            if vat["recoverable"]
            else ["Aucune TVA n\u2019est à récupérer"]
        ),
        context["act"]["place_and_date"],
        context["act"]["reference"],
        context["signatory"]["name"],
        *filter(None, (context["signatory"]["capacity"],)),
        *context["enclosures"],
    ]  # fmt: skip
