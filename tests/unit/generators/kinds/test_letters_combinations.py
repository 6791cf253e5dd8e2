"""Every sender, creditor, debtor and claim together: each letter is made and proved, or refused."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from core.errors import LegalCheckFailed
from generators.drafting import Draft
from tests.support.acts import act
from tests.support.combinations import AGENCY, CLAIMS, CREDITORS, DEBTORS, SENDERS, STEPS, body_of

TONES = (None, "negligent", "bad_payer", "administrative")
REFUSALS = {
    "claim-type-not-supported",
    "currency-not-supported",
    "public-contract",
    "sender-not-supported",
}


def made_or_refused(body: dict[str, Any]) -> Draft | set[str]:
    """The act, or the codes of what it is refused for."""
    try:
        return act(body)
    except LegalCheckFailed as error:
        return {fault.code for fault in error.faults}


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("debtor", DEBTORS)
def test_a_reminder_is_made_for_all_but_cheques(debtor: str, sender: str, level: int) -> None:
    for at, (creditor, claim, steps) in enumerate(product(CREDITORS, CLAIMS, STEPS)):
        body = body_of(creditor, debtor, sender, claim, steps, kind="relance")
        body["options"] = {"level": level, "tone": TONES[at % len(TONES)]}
        made = made_or_refused(body)
        if claim == "cheque":
            assert made == {"claim-type-not-supported"}
            continue
        assert isinstance(made, Draft), made
        if debtor == "consumer":
            assert "441-10" not in made.text
            assert "forfaitaire" not in made.text
        if sender != "creditor":
            assert made.context["sender"]["name"] == AGENCY["party"]["name"]
            assert "nous n’avons" not in made.text


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("debtor", DEBTORS)
def test_a_suspension_is_made_by_the_creditor_for_goods_and_services(
    debtor: str, sender: str
) -> None:
    for creditor, claim, steps in product(CREDITORS, CLAIMS, STEPS):
        body = body_of(creditor, debtor, sender, claim, steps, kind="suspension_livraisons")
        made = made_or_refused(body)
        is_sale = claim in {"invoice", "agreed rate", "no interest", "other"}
        if sender == "creditor" and is_sale and debtor != "public body":
            assert isinstance(made, Draft), made
        else:
            assert isinstance(made, set)
            assert made <= REFUSALS


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("debtor", DEBTORS)
def test_a_client_is_told_of_everything(debtor: str, sender: str) -> None:
    for creditor, claim, steps in product(CREDITORS, CLAIMS, STEPS):
        body = body_of(creditor, debtor, sender, claim, steps, kind="releve_de_demarches")
        made = made_or_refused(body)
        assert isinstance(made, Draft), made
        assert ("R.\u00a0124-6" in made.text) == (sender == "agency")


@pytest.mark.parametrize("kind", ["rappel_avant_echeance", "remerciement"])
@pytest.mark.parametrize("debtor", DEBTORS)
def test_the_other_letters_are_the_creditors_alone(debtor: str, kind: str) -> None:
    claims = [claim for claim in CLAIMS if claim != "cheque"]
    for sender, creditor, claim in product(SENDERS, CREDITORS, claims):
        body = body_of(creditor, debtor, sender, claim, "nothing", kind=kind)
        facts = body["case"]
        facts["claims"][0] |= {"issued_on": "2026-11-03", "due_on": "2026-12-03"}
        facts["payments"][0]["received_on"] = "2026-11-20"
        if kind == "remerciement":
            facts["payments"][0]["amount"] = "500.00"
        made = made_or_refused(body)
        if sender == "creditor":
            assert isinstance(made, Draft), made
        else:
            assert made == {"sender-not-supported"}
