"""Every sender, creditor, debtor and claim together: a notice is made and proved, or refused."""

from __future__ import annotations

from itertools import product

import pytest

from core.errors import LegalCheckFailed
from tests.support.acts import act
from tests.support.combinations import AGENCY, CLAIMS, CREDITORS, DEBTORS, SENDERS, STEPS, body_of


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
            assert made.context["sender"]["name"] == AGENCY["party"]["name"]
    assert refused == set()
