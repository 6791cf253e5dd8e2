"""Which act may be signed at which level, and that every kind of act was thought of."""

from __future__ import annotations

import pytest

from generators.registry import act_kinds
from law.signature_policy import LEVELS, settled_kinds, signature_policy

_UNSETTLED = {"audit_cgv"}
"""Kinds of which the law was not read: never signed."""


def test_every_kind_is_settled_or_known_to_be_unsettled() -> None:
    assert settled_kinds() | _UNSETTLED == set(act_kinds())
    assert not settled_kinds() & _UNSETTLED


@pytest.mark.parametrize(
    ("kind", "signers", "allowed"),
    [
        pytest.param(
            "mise_en_demeure", "professionals", {"SES", "AES", "QES"}, id="no form (1344)"
        ),
        pytest.param(
            "mise_en_demeure", False, {"SES", "AES", "QES"}, id="no form (1344), consumer"
        ),
        pytest.param("mandat_de_recouvrement", "professionals", {"SES", "AES", "QES"}, id="R124-3"),
        pytest.param("mandat_de_recouvrement", "consumers", {"AES", "QES"}, id="R124-3, consumer"),
        pytest.param(
            "echeancier", "professionals", {"AES", "QES"}, id="acknowledges the debt (2240)"
        ),
        pytest.param(
            "reconnaissance_de_dette", "professionals", {"AES", "QES"}, id="mention (1376)"
        ),
        pytest.param(
            "certificat_non_paiement", "professionals", set[str](), id="the bank's alone (L131-73)"
        ),
        pytest.param(
            "requete_injonction_de_payer", "professionals", set[str](), id="57 and 748-6 CPC"
        ),
        pytest.param(
            "assignation_paiement", "professionals", set[str](), id="the officer's (648 CPC)"
        ),
        pytest.param("audit_cgv", "professionals", set[str](), id="not settled"),
        pytest.param("no_such_kind", "professionals", set[str](), id="unknown"),
    ],
)
def test_an_act_is_signed_from_its_least_level_on(
    kind: str, signers: str, allowed: set[str]
) -> None:
    policy = signature_policy(kind, signers_are_professionals=signers == "professionals")
    assert {level for level in LEVELS if policy.allows(level)} == allowed


def test_a_refusal_tells_its_basis() -> None:
    for kind in act_kinds():
        policy = signature_policy(kind, signers_are_professionals=True)
        assert policy.source.startswith("art. ")
        assert policy.reason.endswith(".")
