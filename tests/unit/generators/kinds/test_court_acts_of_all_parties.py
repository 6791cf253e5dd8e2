"""Whoever claims what of whom through whom: an act before a court is proved, or refused by law."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from typing import Any

import pytest

from core.errors import LegalCheckFailed
from generators.drafting import draft
from generators.request import load_request
from law.rates import RateTables
from tests.support.requests import TODAY

KINDS = (
    "requete_injonction_de_payer",
    "declaration_de_creance",
    "assignation_paiement",
    "assignation_refere_provision",
)
RATES = RateTables.load()
_CLERMONT = {"lines": ["1 rue Imaginaire"], "postal_code": "63000", "city": "Clermont-Ferrand"}
_ADDRESSES: dict[str, dict[str, Any]] = {
    "Clermont": {**_CLERMONT, "insee_code": "63113"},
    "Strasbourg": {"lines": ["2 quai Fictif"], "postal_code": "67000", "city": "Strasbourg"},
    "Saint-Denis": {"lines": ["3 rue Fictive"], "postal_code": "97400", "city": "Saint-Denis"},
    "Lyon": {"lines": ["4 place Fictive"], "postal_code": "69003", "city": "Lyon"},
}
_PERSON = {
    "type": "individual", "civility": "Mme", "first_name": "Héloïse", "last_name": "O’Exemple",
    "birth_date": "1980-01-01", "birth_place": "Riom", "nationality": "française",
    "occupation": "menuisière",
}  # fmt: skip
_PARTIES: dict[str, dict[str, Any]] = {
    "company": {
        "type": "company", "name": "Aluminium & Frères <Fictifs>", "legal_form": "SAS",
        "legal_representative": {"name": "M. Yves Fictif", "capacity": "président"},
    },
    "civil company": {
        "type": "company", "name": "SCI « L’Hypothèse »", "legal_form": "SCI",
        "legal_representative": {"name": "Mme Ana Fictive", "capacity": "gérante"},
    },
    "trader": {**_PERSON, "acts_as_professional": True, "activity": "commercial"},
    "consumer": {**_PERSON, "acts_as_professional": False},
    "public body": {
        "type": "public_body", "name": "Commune d’Exemple-sur-Allier",
        "legal_representative": {"name": "Mme Ada Fictive", "capacity": "maire"},
    },
}  # fmt: skip
_CLAIMS: dict[str, dict[str, Any]] = {
    "invoice": {"type": "invoice", "number": "F-1", "issued_on": "2026-01-05"},
    "rent": {"type": "rent", "description": "Loyer de janvier"},
    "loan": {"type": "loan", "late_interest": {"basis": "contractual", "percent": "4.00"}},
    "statute": {"type": "other", "legal_basis": "statute", "description": "Charges"},
    "settled principal": {
        "type": "invoice", "number": "F-2", "issued_on": "2026-01-05",
        "penalty_clause": {"amount": "50.00"},
    },
}  # fmt: skip
_AGENTS: dict[str, dict[str, Any] | None] = {
    "nobody": None,
    "lawyer": {"role": "lawyer", "party": {**_PERSON, "address": _CLERMONT}},
    "agency": {
        "role": "collection_agency",
        "mandate_date": "2026-02-01",
        "party": {**_PARTIES["company"], "name": "Agence Fictive", "address": _CLERMONT},
    },
    "commissaire": {
        "role": "commissaire_de_justice",
        "party": {**_PERSON, "last_name": "Exploit", "address": _CLERMONT},
    },
}


def _body(
    kind: str, creditor: str, debtor: str, claim: str, agent: str, place: str
) -> dict[str, Any]:
    owed = {"id": "c1", "due_on": "2026-02-05", "amount_incl_tax": "1200.00"}
    named = "last_name" if debtor in {"trader", "consumer"} else "name"
    owing = {**deepcopy(_PARTIES[debtor]), named: "Débit"}
    case: dict[str, Any] = {
        "reference": "R-1",
        "creditor": {**deepcopy(_PARTIES[creditor]), "address": _CLERMONT},
        "debtor": {**owing, "address": _ADDRESSES[place]},
        "claims": [{**owed, **deepcopy(_CLAIMS[claim])}],
        "steps": [{"date": "2026-03-02", "type": "formal_notice"}],
        "exhibits": [{"label": "Contrat signé"}],
    }
    if claim == "settled principal":
        case["payments"] = [{"received_on": "2026-02-05", "amount": "1200.00"}]
    if _AGENTS[agent]:
        case["representative"] = deepcopy(_AGENTS[agent])
    options: dict[str, Any] = {}
    if kind == "declaration_de_creance":
        case["debtor"]["insolvency"] = {
            "type": "receivership", "opened_on": "2026-10-05", "officer": "Maître Fictif",
        }  # fmt: skip
    elif kind != "requete_injonction_de_payer":
        options["amicable"] = {"type": "mediation", "on": "2026-09-01"}
    return {"kind": kind, "case": case, "options": options, "as_of": "2026-11-22"}


def _is_made(body: dict[str, Any]) -> bool:
    """Whether the act is made; what fails otherwise than by a refusal of law is a fault of ours."""
    try:
        made = draft(load_request(body, TODAY), RATES)
    except LegalCheckFailed:
        return False
    return bool(made.text)


@pytest.mark.parametrize("kind", KINDS)
def test_every_claim_of_everybody_on_anybody_is_proved_or_refused(kind: str) -> None:
    cases = product(_PARTIES, _PARTIES, _CLAIMS)
    made = [_is_made(_body(kind, *case, "nobody", "Clermont")) for case in cases]
    assert made.count(True) > len(made) // 3


@pytest.mark.parametrize("kind", KINDS)
def test_every_agent_before_every_court_is_proved_or_refused(kind: str) -> None:
    cases = product(("company", "consumer"), ("company", "consumer"), _AGENTS, _ADDRESSES)
    made = [
        _is_made(_body(kind, creditor, debtor, "invoice", agent, place))
        for creditor, debtor, agent, place in cases
    ]
    assert made.count(True) > len(made) // 3


def test_a_claim_without_a_number_is_not_called_by_the_id_that_a_client_gave_it() -> None:
    body = _body("requete_injonction_de_payer", "consumer", "consumer", "rent", "nobody", "Lyon")
    body["case"]["claims"][0]["id"] = "zz-17"
    text = draft(load_request(body, TODAY), RATES).text
    assert "zz-17" not in text
    assert "Loyer, échéance du 05/02/2026" in text
    assert "loyer, échu le 5\u00a0février 2026" in text
