"""Every sender, creditor, debtor and claim together: a notice is made and proved, or refused."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from typing import Any

import pytest

from core.errors import LegalCheckFailed
from tests.support.acts import act
from tests.support.cases import case_body

_FIRM, _SOLE, _PERSON = (case_body(number)["case"]["creditor"] for number in ("05", "07", "09"))
_COMPANY, _CONSUMER = (case_body(number)["case"]["debtor"] for number in ("05", "07"))
_PUBLIC = {
    "type": "public_body",
    "name": "Commune de l’Essai-sur-Allier",
    "address": {"lines": ["1 place de la Mairie"], "postal_code": "63500", "city": "Issoire"},
}
_AGENCY = case_body("08")["case"]["representative"]
CREDITORS = {"firm": _FIRM, "sole trader": _SOLE, "person": _PERSON}
DEBTORS = {"company": _COMPANY, "consumer": _CONSUMER, "public body": _PUBLIC}
SENDERS: dict[str, Any] = {
    "creditor": None,
    "agency": _AGENCY,
    "lawyer": {**_AGENCY, "role": "lawyer", "bar": "Lyon"},
    "commissaire": {**_AGENCY, "role": "commissaire_de_justice"},
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


def body_of(creditor: str, debtor: str, sender: str, claim: str, steps: str) -> dict[str, Any]:
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
    return deepcopy({"kind": "mise_en_demeure", "as_of": "2026-11-22", "case": case, "options": {}})


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("debtor", DEBTORS)
def test_a_notice_is_made_and_proved_or_refused(sender: str, debtor: str) -> None:
    refused = set()
    for creditor, claim, steps in product(CREDITORS, CLAIMS, STEPS):
        try:
            made = act(body_of(creditor, debtor, sender, claim, steps))
        except LegalCheckFailed as error:
            refused |= {fault.code for fault in error.faults}
            continue
        if debtor == "consumer":
            assert "441-10" not in made.text
            assert "forfaitaire" not in made.text
        if sender != "creditor":
            assert "nous devoir" not in made.text
            assert made.context["sender"]["name"] == _AGENCY["party"]["name"]
    assert refused == set()
