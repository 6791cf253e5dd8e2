"""Each mention of a declaration of claim, by its source, and each case that is refused."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from core.errors import LegalCheckFailed
from generators import drafting
from generators.document_text import flat
from generators.drafting import ContentNotProved, Draft, draft
from generators.registry import act_kinds
from generators.render import Template
from generators.request import load_request
from law.rates import RateTables
from templates.builder import blocks
from templates.builder.kinds import declaration_de_creance as master
from tests.support.requests import TODAY

Change = Callable[[dict[str, Any]], object]


def act(*changes: Change) -> Draft:
    """The example of the kind, changed."""
    body: dict[str, Any] = deepcopy(dict(act_kinds()["declaration_de_creance"].example))
    for change in changes:
        change(body)
    return draft(load_request(body, TODAY), RateTables.load())


def text(*changes: Change) -> str:
    """Its text on one line with plain blanks and apostrophes."""
    return flat(act(*changes).text.replace("\u2019", "'"))


def insolvency(**facts: Any) -> Change:
    """Sets facts of the proceedings."""
    return lambda body: body["case"]["debtor"]["insolvency"].update(facts)


def option(key: str, value: Any) -> Change:
    """Sets an option."""
    return lambda body: body["options"].__setitem__(key, value)


def to_come(body: dict[str, Any]) -> None:
    body["case"]["claims"][1]["due_on"] = "2026-12-31"


def all_to_come(body: dict[str, Any]) -> None:
    to_come(body)
    body["case"]["claims"][0]["due_on"] = "2026-11-30"
    body["case"]["payments"] = []


def retention(body: dict[str, Any]) -> None:
    body["case"]["contract"] = {"reference": "CGV", "retention_of_title": True}


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        pytest.param([], "SELARL Mandataire Fictif mandataire judiciaire", id="addressee"),
        pytest.param([insolvency(type="liquidation")], "Fictif liquidateur", id="liquidator"),
        pytest.param([], "12 place de la Procédure Imaginaire", id="its address"),
        pytest.param([], "Article L. 622-24 du Code de commerce", id="article"),
        pytest.param([], "Lettre recommandée avec demande d'avis de réception", id="carrier"),
        pytest.param([], "Redressement judiciaire", id="receivership"),
        pytest.param([insolvency(type="safeguard")], "Sauvegarde", id="safeguard"),
        pytest.param([], "Jugement d'ouverture 5 octobre 2026", id="opening"),
        pytest.param([], "Tribunal de commerce de Clermont-Ferrand", id="court"),
        pytest.param([], "12 octobre 2026 (A n° 198)", id="publication"),
        pytest.param([], "Aciers Exemple du Livradois SAS, SAS au capital", id="creditor"),
        pytest.param([], "Charpentes Fictives d'Auvergne SARL, SARL au capital", id="debtor"),
        pytest.param([], "Décompte au 4 octobre 2026, veille du jugement", id="day"),
        pytest.param([], "du 01/07/2026 au 04/10/2026", id="interest up to the eve"),
        pytest.param([], "article L. 622-28 du Code de commerce", id="interest stopped"),
        pytest.param([], "Principal échu | 16 560,00 €", id="due"),
        pytest.param([], "15 743,98 €, entièrement échue", id="sum"),
        pytest.param([to_come], "6 720,00 € à échoir", id="to come"),
        pytest.param([to_come], "Principal à échoir | 6 720,00 €", id="to come in the table"),
        pytest.param([to_come], "à échoir le 31 décembre 2026", id="to come in the facts"),
        pytest.param([all_to_come], "16 560,00 €, entièrement à échoir", id="all to come"),
        pytest.param([], "à titre chirographaire", id="ordinary claim"),
        pytest.param([option("security", "gage sur stock")], "gage sur stock", id="security"),
        pytest.param([retention], "clause de réserve de propriété", id="retention of title"),
        pytest.param([], "certifie sincère", id="certified"),
        pytest.param([], "Bordereau des pièces", id="exhibits"),
        pytest.param(
            [option("signatory", {"name": "Mme Rose Comptable"})],
            "de déclarer en son nom sa créance au passif de la procédure de redressement judiciaire"
            " de Charpentes Fictives d'Auvergne SARL",
            id="power",
        ),
    ],
)
def test_the_mention_is_printed(changes: list[Change], printed: str) -> None:
    assert printed in text(*changes)


def test_nothing_is_counted_from_the_judgment_on() -> None:
    def later(body: dict[str, Any]) -> None:
        body["case"]["payments"].append(
            {"received_on": "2026-10-05", "amount": "100.00", "claim_id": "c2"}
        )

    made = act(later)
    assert made.statement is not None
    assert made.statement.totals.paid_cents == 1_500_00
    assert made.statement.daily_interest_cents == 0
    assert "operation-after-opening" in {check.code for check in made.checks}


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        (lambda body: body["case"]["debtor"].pop("insolvency"), "no-insolvency",
         "/case/debtor/insolvency"),
        (insolvency(opened_on="2026-12-01"), "no-insolvency", "/case/debtor/insolvency"),
        (insolvency(officer=None), "officer-missing", "/case/debtor/insolvency/officer"),
        (option("bodacc_published_on", "2026-10-01"), "publication-before-opening",
         "/options/bodacc_published_on"),
        (option("letter_date", "2026-11-01"), "letter-date", "/options/letter_date"),
        (lambda body: body.__setitem__("language", "en"), "language-not-supported", "/language"),
    ],
)  # fmt: skip
def test_the_declaration_is_refused(change: Change, code: str, pointer: str) -> None:
    with pytest.raises(LegalCheckFailed) as refused:
        act(change)
    assert (code, pointer) in {(fault.code, fault.pointer) for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("published_on", "outcome"),
    [
        pytest.param("2026-10-12", "pass", id="in time"),
        pytest.param("2026-09-22", "pass", id="last day, which a Sunday moves to Monday"),
        pytest.param("2026-09-21", "warn", id="the day after, the 21st being a Saturday"),
        pytest.param("2026-09-10", "warn", id="over"),
        pytest.param(None, "warn", id="not told"),
    ],
)
def test_two_months_run_from_the_publication(published_on: str | None, outcome: str) -> None:
    opened = insolvency(opened_on="2026-09-01")
    checks = act(opened, option("bodacc_published_on", published_on)).checks
    assert [c.outcome for c in checks if c.code == "declaration-deadline"] == [outcome]


@pytest.mark.parametrize(
    "dropped",
    [
        "_officer", "act_title", "party_of", "_proceedings", "facts_of_file",
        "statement_sections", "_declared", "exhibits_table", "signature",
    ],
)  # fmt: skip
def test_a_template_without_a_block_makes_no_declaration(
    dropped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(master, dropped, lambda *_: blocks.body("."))
    template = Template.compile(master.document())
    monkeypatch.setattr(drafting, "load_template", lambda _: template)
    with pytest.raises(ContentNotProved):
        act()
