"""The duplicate of an unpaid invoice: a sheet for each, then a recapitulation of several."""

from __future__ import annotations

from templates.builder.attestation import FOOTER, HEADER, done_at, entry
from templates.builder.blocks import (
    Column,
    body,
    each,
    lead,
    note,
    paragraph,
    subtitle,
    table,
    title,
    when,
)
from templates.builder.package import word_file


def document() -> bytes:
    """The Word master."""
    return word_file(
        "Duplicata de facture impayée",
        each("sheet", "sheets", _sheet()),
        when("summary", _summary()),
        done_at(),
        header=HEADER,
        footer=FOOTER,
    )


def _sheet() -> str:
    return "".join(
        (
            when(
                "loop.first",
                title("Duplicata"),
                otherwise=(paragraph("TitreActe", "Duplicata", page_break=True),),
            ),
            subtitle("Facture n° {{ sheet.number }} du {{ sheet.issued_on }}"),
            paragraph("ExpediteurNom", "{{ issuer.name }}"),
            each("line", "issuer.lines", paragraph("Expediteur", "{{ line }}")),
            _GAP,
            entry(
                "Client",
                "{{ client }}{% if client_vat %}, numéro de TVA {{ client_vat }}{% endif %}",
            ),
            entry("Échéance", "{{ sheet.due_on }}"),
            when("sheet.description", entry("Objet", "{{ sheet.description }}")),
            _GAP,
            table(
                "Montants de la facture",
                "Une ligne par taux de TVA : prix hors taxes, taxe, total.",
                "row",
                "sheet.lines",
                Column(title="Taux de TVA", value="{{ row.rate }}", width=2834, total="Total"),
                Column(
                    title="Prix net (HT)", value="{{ row.base }}", width=2173, number=True,
                    total="{{ sheet.base }}",
                ),
                Column(
                    title="TVA", value="{{ row.vat }}", width=2173, number=True,
                    total="{{ sheet.vat }}",
                ),
                Column(
                    title="Total TTC", value="{{ row.total }}", width=2174, number=True,
                    total="{{ sheet.total }}",
                ),
                keep="whole",
            ),
            paragraph("Mention", "{{ sheet.mention }}"),
            when(
                "sheet.unpaid",
                lead("Ces sommes se répartissent ainsi par taux :"),
                table(
                    "Impayé par taux de TVA",
                    "Une ligne par taux : prix net impayé, taxe correspondante.",
                    "row",
                    "sheet.unpaid",
                    Column(title="Taux de TVA", value="{{ row.rate }}", width=2834, total="Total"),
                    Column(
                        title="Prix net impayé", value="{{ row.base }}", width=3260, number=True,
                        total="{{ sheet.unpaid_base }}",
                    ),
                    Column(
                        title="TVA correspondante", value="{{ row.vat }}", width=3260, number=True,
                        total="{{ sheet.unpaid_vat }}",
                    ),
                    keep="whole",
                ),
            ),
            when("addressee", body("Rectification adressée à {{ addressee }}.")),
            note(
                "Duplicata établi pour la rectification de la facture d'origine ({{ law }}), dont"
                " il reproduit les montants sans changement. Son destinataire ne peut déduire la"
                " taxe indiquée ci-dessus, ou reverse celle qu'il a déduite. La créance subsiste."
                " Mention apposée à {{ act.place_and_date }} (dossier {{ act.reference }})."
            ),
        )
    )  # fmt: skip


def _summary() -> str:
    return "".join(
        (
            paragraph("TitreActe", "État récapitulatif", page_break=True),
            subtitle("Factures impayées de {{ client }}"),
            table(
                "État récapitulatif des factures impayées",
                "Une ligne par facture : numéro, date, libellé, prix net et taxe impayés, mention.",
                "row",
                "summary.rows",
                Column(title="Facture", value="{{ row.number }}", width=1247, total="Total"),
                Column(title="Date", value="{{ row.issued_on }}", width=1134),
                Column(title="Libellé", value="{{ row.label }}", width=1757),
                Column(
                    title="Prix net", value="{{ row.base }}", width=1191, number=True,
                    total="{{ summary.base }}",
                ),
                Column(
                    title="TVA", value="{{ row.vat }}", width=1134, number=True,
                    total="{{ summary.vat }}",
                ),
                Column(title="Mention", value="**{{ row.mention }}**", width=2891),
            ),
        )
    )  # fmt: skip


_GAP = '<w:p><w:pPr><w:pStyle w:val="ApresTableau"/></w:pPr></w:p>'
