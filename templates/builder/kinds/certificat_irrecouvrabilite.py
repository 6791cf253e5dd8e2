"""The certificate of irrecoverability."""

from __future__ import annotations

from templates.builder.attestation import attestation, done_at, entry, last_box
from templates.builder.blocks import (
    Column,
    body,
    bullet,
    bullets,
    demand,
    each,
    heading,
    lead,
    note,
    subheading,
    table,
    title,
    when,
)
from templates.builder.stationery import enclosures


def document() -> bytes:
    """The Word master."""
    return attestation(
        "Certificat d'irrécouvrabilité",
        title("Certificat d'irrécouvrabilité"),
        _parties(),
        _claim(),
        _steps(),
        _causes(),
        _conclusion(),
        _vat(),
        _reservations(),
        done_at(),
        enclosures("Annexes"),
        _computation(),
    )


def _parties() -> str:
    return "".join(
        (
            entry("Émetteur", "{{ parties.issuer }}"),
            entry("En qualité de", "{{ parties.capacity }}"),
            when("parties.particulars", entry("Activité", "{{ parties.particulars }}")),
            when("parties.mandate", entry("Pouvoir", "{{ parties.mandate }}")),
            entry(
                "Créancier",
                "{{ parties.creditor }}{% if parties.creditor_vat %}, numéro de TVA"
                " {{ parties.creditor_vat }}{% endif %}",
            ),
            entry("Débiteur", "{{ parties.debtor }}"),
        )
    )


def _claim() -> str:
    return "".join(
        (
            heading("1. Créance impayée au {{ act.as_of }}"),
            bullets("basis"),
            table(
                "Créance impayée",
                "Une ligne par facture : dates, montants facturés, avoirs et règlements imputés"
                " sur le principal, reste impayé.",
                "row",
                "invoices",
                Column(title="Facture", value="{{ row.number }}", width=1474, total="Total"),
                Column(title="Date", value="{{ row.issued_on }}", width=1077),
                Column(title="Échéance", value="{{ row.due_on }}", width=1077),
                Column(
                    title="Montant HT", value="{{ row.base }}", width=1163, number=True,
                    total="{{ totals.base }}",
                ),
                Column(
                    title="TVA", value="{{ row.vat }}", width=1049, number=True,
                    total="{{ totals.vat }}",
                ),
                Column(
                    title="Montant TTC", value="{{ row.total }}", width=1163, number=True,
                    total="{{ totals.total }}",
                ),
                Column(
                    title="Avoirs et règlements", value="{{ row.applied }}", width=1188,
                    number=True, total="{{ totals.applied }}",
                ),
                Column(
                    title="Impayé TTC", value="{{ row.unpaid }}", width=1163, number=True,
                    total="{{ totals.unpaid }}",
                ),
            ),
            lead("Ce reste impayé se répartit ainsi par taux de TVA :"),
            table(
                "Impayé par taux de TVA",
                "Une ligne par facture et par taux : montants facturés, part impayée hors taxes,"
                " TVA impayée, TVA à récupérer.",
                "row",
                "rates",
                Column(title="Facture", value="{{ row.number }}", width=1701, total="Total"),
                Column(title="Taux", value="{{ row.rate }}", width=850, number=True),
                Column(
                    title="HT facturé", value="{{ row.base }}", width=1361, number=True,
                    total="{{ totals.base }}",
                ),
                Column(
                    title="TVA facturée", value="{{ row.vat }}", width=1361, number=True,
                    total="{{ totals.vat }}",
                ),
                Column(
                    title="HT impayé", value="{{ row.unpaid_base }}", width=1361, number=True,
                    total="{{ totals.unpaid_base }}",
                ),
                Column(
                    title="TVA impayée", value="{{ row.unpaid_vat }}", width=1361, number=True,
                    total="{{ totals.unpaid_vat }}",
                ),
                Column(
                    title="TVA à récupérer", value="{{ row.recoverable }}", width=1359,
                    number=True, total="{{ totals.recoverable }}",
                ),
            ),
            when(
                "accessories",
                body(
                    "Les accessoires de la créance (intérêts, indemnités et frais), soit"
                    " {{ accessories }}, ne portent aucune TVA à récupérer et n'entrent pas dans"
                    " ces montants."
                ),
            ),
        )
    )  # fmt: skip


def _steps() -> str:
    return heading("2. Démarches accomplies") + table(
        "Démarches accomplies",
        "Une ligne par démarche, par ordre de date : nature, moyen, référence, suite.",
        "row",
        "steps",
        Column(title="Date", value="{{ row.date }}", width=1077),
        Column(title="Démarche", value="{{ row.what }}", width=1701),
        Column(title="Moyen", value="{{ row.means }}", width=1531),
        Column(title="Référence", value="{{ row.reference }}", width=2721),
        Column(title="Suite", value="{{ row.outcome }}", width=2324),
        total=False,
    )


def _causes() -> str:
    return "".join(
        (
            heading("3. Cause de l'irrécouvrabilité"),
            each(
                "cause",
                "causes",
                subheading("{{ cause.label }}"),
                when(
                    "cause.lines",
                    lead("{{ cause.text }}"),
                    each("line", "cause.lines", bullet("{{ line }}")),
                    otherwise=(body("{{ cause.text }}"),),
                ),
            ),
            when("reasoning", body("{{ reasoning }}")),
        )
    )


def _conclusion() -> str:
    return "".join(
        (
            heading("4. Conclusion"),
            demand(
                "Au vu des éléments qui précèdent, {{ conclusion.issuer }} certifie qu'à la date du"
                " {{ act.date }} la créance de {{ conclusion.claimant }} sur"
                " {{ conclusion.debtor }} est considérée comme définitivement irrécouvrable pour"
                " le montant impayé de {{ totals.unpaid_base }} hors taxes et"
                " {{ totals.unpaid_vat }} de TVA, soit {{ totals.unpaid }} toutes taxes comprises."
            ),
            body("{{ conclusion.established }}"),
            when(
                "conclusion.to_weigh",
                body(
                    "Le dossier ne comportant ni décision de justice ni constat d'un officier"
                    " public, il constitue une preuve à apprécier par l'administration."
                ),
            ),
        )
    )


def _vat() -> str:
    return heading("5. Taxe sur la valeur ajoutée") + when(
        "vat.recoverable",
        body(
            "La TVA à récupérer s'élève à {{ vat.recoverable }} ({{ vat.law }}). Son imputation ou"
            " sa restitution est subordonnée à la justification, auprès de l'administration, de la"
            " rectification préalable de la facture : un duplicata portant la mention prescrite,"
            " sans avoir ni montant corrigé, à adresser à {{ vat.addressee }}."
        ),
        when(
            "vat.deadline",
            body("Elle est à récupérer au plus tard le {{ vat.deadline }}."),
            otherwise=(
                body(
                    "Le droit est ouvert depuis le jugement de liquidation ; le délai pour"
                    " l'exercer court du jugement de clôture de la procédure."
                ),
            ),
        ),
        otherwise=(
            body(
                "Aucune TVA n'est à récupérer{% if vat.is_service %} : exigible à l'encaissement,"
                " elle n'est pas devenue exigible sur les sommes impayées"
                "{% endif %}."
            ),
        ),
    )


def _reservations() -> str:
    return last_box(
        "Le présent certificat constate des démarches et leurs résultats. Il est un élément de"
        " preuve parmi d'autres, que l'administration fiscale et le juge apprécient librement ; il"
        " ne promet aucun remboursement. Il ne libère pas le débiteur et ne vaut pas renonciation à"
        " la créance : tout paiement ultérieur et tout retour du débiteur à meilleure fortune sont"
        " à signaler, la TVA redevenant exigible sur la part reçue."
    )


def _computation() -> str:
    return "".join(
        (
            heading("Annexe : note de calcul de la TVA à récupérer"),
            lead(
                "Un règlement étant reçu toutes taxes comprises, l'impayé de chaque facture est"
                " réparti entre le prix hors taxes et la taxe de chaque taux à proportion des"
                " montants facturés ; les centimes restants vont aux plus forts restes, de sorte"
                " que la somme des lignes est exactement l'impayé. La TVA retenue est celle de la"
                " facture, sans nouveau calcul."
            ),
            lead(
                "Impayé : {{ totals.unpaid }}, dont {{ totals.unpaid_base }} hors taxes et"
                " {{ totals.unpaid_vat }} de TVA. TVA à récupérer : {{ totals.recoverable }}."
            ),
            when(
                "entries",
                lead("Écritures comptables, une fois le duplicata adressé :"),
                table(
                    "Écritures comptables",
                    "Une ligne par compte : débit, crédit.",
                    "row",
                    "entries",
                    Column(title="Compte", value="{{ row.account }}", width=5386),
                    Column(title="Débit", value="{{ row.debit }}", width=1984, number=True),
                    Column(title="Crédit", value="{{ row.credit }}", width=1984, number=True),
                    total=False,
                    keep="whole",
                ),
                when(
                    "vat.recoverable",
                    note(
                        "Tant que le duplicata n'est pas adressé, la taxe est portée au compte"
                        " 4458 (à régulariser) au lieu du compte 44571. La taxe s'impute à la ligne"
                        " 21 de la déclaration CA3, ou sur la déclaration annuelle CA12 au régime"
                        " simplifié."
                    ),
                ),
            ),
        )
    )
