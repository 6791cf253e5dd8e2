"""The report of an audit of general terms, for the lawyer who reviews and signs it."""

from __future__ import annotations

from templates.builder.audit import heat_table
from templates.builder.blocks import (
    Block,
    Column,
    body,
    box,
    bullets,
    each,
    field,
    heading,
    lead,
    note,
    paragraph,
    quote,
    subheading,
    subtitle,
    table,
    title,
    when,
)
from templates.builder.package import word_file
from templates.builder.stationery import signature


def document() -> bytes:
    """The Word master."""
    return word_file(
        "Audit de conditions générales de vente",
        _cover(),
        _synthesis(),
        _method(),
        _scores(),
        _faults(),
        _clauses(),
        _missing(),
        _verify(),
        _flash(),
        _plan(),
        _annexes(),
        _end(),
        header=("Audit de conditions générales \u2013 {{ file.company }}", "{{ file.reference }}"),
        footer="{{ file.footer }}",
    )


def section(text: str) -> Block:
    """The heading of a part of the report."""
    return paragraph("Heading1", text)


def _cover() -> Block:
    return "".join(
        (
            title("Audit de conditions générales de vente"),
            subtitle("et de la chaîne de facturation \u2013 droit au {{ file.as_of }}"),
            field("Société auditée", "{{ file.company }}"),
            field("Dossier", "{{ file.reference }}"),
            field("Clientèle", "{{ file.clients }}"),
            when("file.sector", field("Activité", "{{ file.sector }}")),
            field("Document audité", "Conditions générales, {{ file.words }}"),
            field("Établi par", "{{ signatory.name }}"),
            field("État", "Projet soumis à la relecture et à la signature de l'avocat"),
            paragraph("ApresTableau", ""),
            body("{{ file.identity }}."),
            note("Empreinte SHA-256 du texte audité : {{ file.sha256 }}"),
        )
    )


def _synthesis() -> Block:
    return "".join(
        (
            section("Synthèse"),
            when(
                "synthesis.count",
                body(
                    "L'audit relève **{{ synthesis.count }}** ({{ synthesis.by_severity }}) ;"
                    " {{ synthesis.met }} règles sont satisfaites, {{ synthesis.to_verify }}"
                    " restent à vérifier et {{ synthesis.not_applicable }} ne s'appliquent pas. La"
                    " conformité est notée **{{ synthesis.grade }}** sur une échelle de A à E."
                ),
                otherwise=(
                    body(
                        "L'audit ne relève **aucun écart** ; {{ synthesis.met }} règles sont"
                        " satisfaites, {{ synthesis.to_verify }} restent à vérifier et"
                        " {{ synthesis.not_applicable }} ne s'appliquent pas. La conformité est"
                        " notée **{{ synthesis.grade }}** sur une échelle de A à E."
                    ),
                ),
            ),
            heat_table(
                "Les trois notes",
                "Une ligne par axe : note sur cent, classe de A à E, écarts, règles notées.",
                "axis",
                "axes",
                Column(title="Axe", value="{{ axis.name }}", width=3060),
                Column(title="Note", value="{{ axis.value }}", width=1360, number=True),
                Column(title="Classe", value="{{ axis.grade }}", width=850, number=True),
                Column(title="Écarts", value="{{ axis.faults }}", width=850, number=True),
                Column(title="Règles notées", value="{{ axis.scored }}", width=1100, number=True),
                Column(title="À vérifier", value="{{ axis.to_verify }}", width=1020, number=True),
                Column(
                    title="Sans objet", value="{{ axis.not_applicable }}", width=1114, number=True
                ),
                scored=1,
            ),
            when(
                "synthesis.fine",
                body(
                    "Amende la plus élevée qu'un seul de ces écarts fait encourir **au maximum** :"
                    " {{ synthesis.fine }}. Ce plafond légal n'est pas une"
                    " prévision ; les plafonds ne s'additionnent pas d'office."
                ),
            ),
            when(
                "synthesis.risks",
                lead("Principaux risques :"),
                bullets("synthesis.risks"),
            ),
            when(
                "synthesis.now",
                lead("À corriger sous quinze jours :"),
                bullets("synthesis.now"),
            ),
        )
    )


def _method() -> Block:
    return "".join(
        (
            section("Périmètre, méthode et limites"),
            body(
                "Le texte remis est lu clause par clause et confronté à {{ file.rules }} règles,"
                " chacune rattachée à un article et à sa sanction, dans le droit vérifié au"
                " {{ file.verified }}. {{ file.answered }} réponses ont été données aux"
                " {{ file.asked }} questions de l'audit. Chaque écart repose sur les mots du"
                " texte, cités exactement, sur une réponse du client, ou sur l'absence d'un"
                " élément recherché dans le texte. Ce que ni le texte ni les réponses ne"
                " permettent de dire est une question, non un écart."
            ),
            body(
                "Les motifs de recherche lisent des mots, non un sens : une clause rédigée de"
                " façon inhabituelle peut leur échapper, une clause qui interdit une pratique peut"
                " lui ressembler. La typographie (clause « très apparente », caractères gras), les"
                " écrans du site et la pratique réelle ne sont pas vérifiés. Seul le texte des"
                " conditions a été lu ; devis, bons de commande, bons de livraison, factures et"
                " relances ne sont connus que par les réponses. Ce qui n'a pas été vu est dit non"
                " vérifié, jamais conforme."
            ),
            when("rates", lead("Taux retenus à la date de l'audit :"), bullets("rates")),
        )
    )


def _scores() -> Block:
    return "".join(
        (
            section("Notes par domaine"),
            lead(
                "Chaque domaine est noté sur cent, selon le poids des règles satisfaites parmi"
                " celles qui ont pu être appréciées. Solide à partir de 80, perfectible de 60,"
                " fragile de 40, critique en dessous."
            ),
            heat_table(
                "Carte des écarts",
                "Une ligne par domaine : note sur cent, écarts par gravité, points à vérifier.",
                "area",
                "areas",
                Column(title="Domaine", value="{{ area.name }}", width=3520),
                Column(title="Note", value="{{ area.value }}", width=1360, number=True),
                Column(title="Bloquants", value="{{ area.blocking }}", width=940, number=True),
                Column(title="Majeurs", value="{{ area.major }}", width=860, number=True),
                Column(title="Mineurs", value="{{ area.minor }}", width=860, number=True),
                Column(title="Conseils", value="{{ area.advice }}", width=860, number=True),
                Column(title="À vérifier", value="{{ area.to_verify }}", width=954, number=True),
                scored=1,
            ),
        )
    )


def _faults() -> Block:
    return when(
        "faults",
        section("Tableau des écarts"),
        lead(
            "Par gravité décroissante. L'amende est le maximum encouru pour cet"
            " écart ; le tiret signale qu'aucune amende n'est attachée à la règle."
        ),
        table(
            "Tableau des écarts",
            "Une ligne par écart : numéro, gravité, objet, place dans le texte, fondement, amende"
            " maximale.",
            "fault",
            "faults",
            Column(title="N°", value="{{ fault.number }}", width=480, number=True),
            Column(title="Gravité", value="{{ fault.severity }}", width=960),
            Column(title="Écart", value="{{ fault.title }}", width=2800),
            Column(title="Clause", value="{{ fault.where }}", width=1700),
            Column(title="Fondement", value="{{ fault.basis }}", width=2140),
            Column(title="Amende max.", value="{{ fault.fine }}", width=1274, number=True),
            total=False,
        ),
    )


def _detail(item: str, *, quoted: bool) -> Block:
    words = "« {{ passage.words }} »{% if passage.where %} ({{ passage.where }}){% endif %}"
    return "".join(
        (
            (subheading if quoted else heading)(f"{{{{ {item}.title }}}}"),
            paragraph("CorpsSuivi", f"**{{{{ {item}.severity }}}}**"),
            each("passage", f"{item}.quotes", quote(words)) if quoted else "",
            body(f"{{{{ {item}.explanation }}}}"),
            body(f"**Conséquence :** {{{{ {item}.sanction }}}}"),
            body(f"**Recommandation :** {{{{ {item}.recommendation }}}}"),
            when(f"{item}.wording", box(f"**Rédaction proposée :** {{{{ {item}.wording }}}}")),
        )
    )


def _clauses() -> Block:
    return when(
        "clauses",
        section("Examen clause par clause"),
        each(
            "clause",
            "clauses",
            heading("{{ clause.label }}"),
            each("finding", "clause.findings", _detail("finding", quoted=True)),
        ),
    )


def _missing() -> Block:
    return when(
        "missing",
        section("Éléments absents"),
        body(
            "Ces éléments n'ont pas été trouvés dans le texte, ou manquent selon les réponses"
            " du client."
        ),
        each("finding", "missing", _detail("finding", quoted=False)),
    )


def _verify() -> Block:
    return when(
        "verify",
        section("Points à vérifier"),
        lead("Ces points ne sont ni conformes ni contraires : ils n'ont pas pu être appréciés."),
        table(
            "Points à vérifier",
            "Une ligne par point : objet, fondement, raison pour laquelle il reste à vérifier.",
            "point",
            "verify",
            Column(title="Point", value="{{ point.title }}", width=2900),
            Column(title="Fondement", value="{{ point.basis }}", width=2000),
            Column(title="Ce qui manque", value="{{ point.why }}", width=4454),
            total=False,
        ),
        when("questions", lead("Questions à poser au client :"), bullets("questions")),
    )


def _flash() -> Block:
    return when(
        "chain_total",
        section("Diagnostic flash de la chaîne de facturation"),
        lead(
            "Note globale : **{{ chain_total }}**, sur les seuls domaines renseignés, pondérés."
            " Une question critique répondue au plus bas plafonne son domaine à 39."
        ),
        heat_table(
            "Diagnostic flash",
            "Une ligne par domaine : poids, questions répondues, note sur cent.",
            "area",
            "chain",
            Column(title="Domaine", value="{{ area.name }}", width=4250),
            Column(title="Poids", value="{{ area.weight }}", width=1134, number=True),
            Column(title="Réponses", value="{{ area.answered }}", width=1700, number=True),
            Column(title="Note", value="{{ area.value }}", width=2270, number=True),
            scored=3,
        ),
        when("advice", lead("Recommandations :"), bullets("advice")),
    )


def _plan() -> Block:
    return when(
        "faults",
        section("Plan d'action"),
        lead(
            "Délais proposés à compter du {{ file.as_of }} : quinze jours pour un écart bloquant,"
            " quarante-cinq pour un écart majeur, cent vingt pour un écart mineur, un an pour un"
            " conseil. Responsables à confirmer par la société."
        ),
        table(
            "Plan d'action",
            "Une ligne par écart : numéro, action, responsable proposé, échéance.",
            "fault",
            "faults",
            Column(title="N°", value="{{ fault.number }}", width=480, number=True),
            Column(title="Action", value="{{ fault.action }}", width=5070),
            Column(title="Responsable", value="{{ fault.owner }}", width=2400),
            Column(title="Échéance", value="{{ fault.until }}", width=1404, number=True),
            total=False,
        ),
    )


def _annexes() -> Block:
    return "".join(
        (
            section("Annexes"),
            when("present", heading("Éléments attendus et trouvés"), bullets("present")),
            when(
                "absent",
                heading("Clauses à proscrire, non relevées dans le texte"),
                bullets("absent"),
            ),
            when("answers", heading("Réponses du client"), bullets("answers")),
            when(
                "sources",
                heading("Sources"),
                note("Droit vérifié au {{ file.verified }}. Articles appliqués, puis pages lues :"),
                each("line", "sources", paragraph("Note", "{{ line }}")),
            ),
        )
    )


def _end() -> Block:
    return "".join(
        (
            section("Réserves et signature"),
            lead(
                "Ce rapport est destiné à {{ file.company }} seule. Il est établi sur le texte et"
                " les réponses remis, dont l'exactitude n'est pas garantie, dans le droit au"
                " {{ file.as_of }}. Il ne vaut consultation qu'après relecture, correction et"
                " signature par l'avocat ; aucune rédaction proposée n'est insérée sans lui. Les"
                " échanges entre l'avocat et son client sont confidentiels."
            ),
            paragraph("CorpsSuivi", "Fait à {{ file.place_and_date }}."),
            signature(),
        )
    )
