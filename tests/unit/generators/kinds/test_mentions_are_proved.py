"""A mention that a template drops stops the act: the document lacks what it must say."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import etree

from generators.document_text import flat
from generators.drafting import not_printed, template_source
from generators.package import W
from generators.registry import act_kind
from generators.render import Template
from tests.support.golden import CASES, made
from tests.support.word_templates import parts_of, with_parts

MENTIONS = {
    "relance": (
        "{{ letter.total }}", "{{ letter.deadline }}", "{{ letter.next_on }}",
        "{{ letter.reserved }}", "{{ letter.subject }}", "{{ claim.due_on }}", "{{ claim.days }}",
        "{{ claim.outstanding }}", "{{ item.amount }}", "{{ line.rate }}", "{{ line }}",
        "{{ text }}", "{{ payment.iban }}", "{{ payment.through }}", "{{ representative.quoted }}",
        "{{ representative.data }}", "juridiction compétente", "mise en demeure de payer",
    ),
    "rappel_avant_echeance": (
        "{{ letter.total }}", "{{ letter.due_on }}", "{{ letter.first_on }}", "{{ claim.due_on }}",
        "{{ claim.outstanding }}", "{{ payment.iban }}", "{{ line }}",
    ),
    "remerciement": (
        "{{ payment.amount }}", "{{ payment.how }}", "{{ claim.amount }}", "{{ claim.settled }}",
        "{{ balance }}", "{{ line }}",
    ),
    "suspension_livraisons": (
        "1219 du Code", "1220 du Code", "{{ default.principal }}", "{{ default.since }}",
        "{{ suspension.on }}", "{{ suspension.scope }}", "{{ suspension.resumption }}",
        "{{ suspension.clause.quote }}", "{{ suspension.anticipatory.grounds }}",
        "{{ suspension.anticipatory.consequences }}", "même contrat", "ni résolution",
        "{{ contract.reference }}", "{{ debtor.identity }}", "{{ item.amount }}",
    ),
    "releve_de_demarches": (
        "{{ file.debtor }}", "{{ file.mandate }}", "{{ file.proceedings }}", "{{ step.what }}",
        "{{ step.reference }}", "{{ step.outcome }}", "{{ sum.what }}", "{{ line }}",
        "{{ funds.collected }}", "{{ funds.left }}", "{{ cost.amount }}", "{{ item.amount }}",
        "{{ line.amount }}", "{{ letter.total }}",
    ),
    "lettre_libre": ("{{ paragraph }}", "{{ ending }}", "{{ letter.subject }}"),
}  # fmt: skip
BY_KIND = [(slug, mention) for slug, mentions in MENTIONS.items() for mention in mentions]


def without(source: bytes, mention: str) -> bytes:
    """A template whose paragraphs that hold a mention say nothing."""
    root = etree.fromstring(parts_of(source)["word/document.xml"])
    held = 0
    for paragraph in root.iter(f"{W}p"):
        nodes = list(paragraph.iter(f"{W}t"))
        text = "".join(node.text or "" for node in nodes)
        if mention in text and "{%p" not in text:
            held += 1
            for node in nodes:
                node.text = ""
    assert held, f"no paragraph holds {mention}"
    return with_parts(source, {"word/document.xml": etree.tostring(root)})


@cache
def _master(slug: str) -> bytes:
    return template_source(act_kind(slug))


@pytest.mark.parametrize(("slug", "mention"), BY_KIND)
def test_a_template_without_a_mention_makes_no_act(slug: str, mention: str) -> None:
    template = Template.compile(without(_master(slug), mention))
    kind = act_kind(slug)
    contexts = [made(path).context for path in CASES if path.parent.parent.name == slug]
    missing = [
        not_printed(flat(template.fill(context).text), kind.required(context))
        for context in contexts
    ]
    assert any(missing)


@pytest.mark.parametrize("slug", MENTIONS)
def test_control_with_all_its_mentions_nothing_is_missing(slug: str) -> None:
    template, kind = Template.compile(_master(slug)), act_kind(slug)
    for path in CASES:
        if path.parent.parent.name == slug:
            context = made(path).context
            assert not_printed(flat(template.fill(context).text), kind.required(context)) == []
