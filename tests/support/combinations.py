"""Every sender, creditor, debtor and claim, to be taken together in a request."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.support.cases import case_body

_FIRM, _SOLE, _PERSON = (case_body(number)["case"]["creditor"] for number in ("05", "07", "09"))
_COMPANY, _CONSUMER = (case_body(number)["case"]["debtor"] for number in ("05", "07"))
_PUBLIC = {
    "type": "public_body",
    "name": "Commune d'Essai-sur-Allier",
    "address": {"lines": ["1 place de la Mairie"], "postal_code": "63500", "city": "Issoire"},
}
AGENCY = case_body("08")["case"]["representative"]
CREDITORS = {"firm": _FIRM, "sole trader": _SOLE, "person": _PERSON}
DEBTORS = {"company": _COMPANY, "consumer": _CONSUMER, "public body": _PUBLIC}
SENDERS: dict[str, Any] = {
    "creditor": None,
    "agency": AGENCY,
    "lawyer": {**AGENCY, "role": "lawyer", "bar": "Lyon"},
    "commissaire": {**AGENCY, "role": "commissaire_de_justice"},
}
_CHEQUE = {
    "number": "0830047",
    "drawee_bank": {"name": "Banque Fictive"},
    "presented_on": "2026-08-04",
    "rejection_reason": "insufficient_funds",
}
CLAIMS: dict[str, dict[str, Any]] = {
    "invoice": {"type": "invoice", "number": "F-1", "penalty_clause": {"percent": "10.00"}},
    "agreed rate": {
        "type": "invoice", "number": "F-1",
        "late_interest": {"basis": "contractual", "percent": "15.00"},
    },
    "no interest": {"type": "invoice", "number": "F-1", "late_interest": {"basis": "none"}},
    "rent": {"type": "rent"},
    "loan": {"type": "loan", "late_interest": {"basis": "contractual", "percent": "4.00"}},
    "other": {"type": "other", "description": "Solde"},
    "cheque": {"type": "cheque", "number": "0830047", "cheque": _CHEQUE},
}  # fmt: skip
STEPS = {
    "nothing": [],
    "noticed": [{"date": "2026-09-01", "type": "formal_notice", "channel": "registered_letter"}],
}


def body_of(
    creditor: str,
    debtor: str,
    sender: str,
    claim: str,
    steps: str,
    *,
    kind: str = "mise_en_demeure",
) -> dict[str, Any]:
    """The request of a combination, with a part payment."""
    facts = {
        "id": "c1", "issued_on": "2026-08-03", "due_on": "2026-08-03", "amount_incl_tax": "500.00",
        **CLAIMS[claim],
    }  # fmt: skip
    case = {
        "reference": "T-1",
        "creditor": CREDITORS[creditor],
        "debtor": DEBTORS[debtor],
        "claims": [facts],
        "payments": [{"received_on": "2026-10-01", "amount": "100.00"}],
        "steps": STEPS[steps],
        "contract": {"reference": "Contrat", "retention_of_title": True},
    }
    if SENDERS[sender]:
        case["representative"] = SENDERS[sender]
    return deepcopy({"kind": kind, "as_of": "2026-11-22", "case": case, "options": {}})
