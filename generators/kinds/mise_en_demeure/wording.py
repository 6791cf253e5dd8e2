"""The sentences of a formal notice, by who speaks, to whom and of what.

A firm says *nous*, a private creditor *je*, a representative speaks for the creditor by name. Each
function returns whole paragraphs, so that what must be said is proved on the document whatever the
template does around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from generators.letters import identity, salutation, sender
from generators.options import LetterOptions
from law.case import Case, Claim, ClaimType, Contract, Party
from law.french import date_unbroken, of_name, typographic

Person = Literal["we", "i", "agent"]

_OF: Final[Mapping[ClaimType, tuple[str, str]]] = {
    "invoice": ("d'une facture échue", "de factures toutes échues"),
    "rent": ("du loyer et des charges échus", "de loyers et charges échus"),
    "loan": ("d'une somme prêtée, devenue exigible", "de sommes prêtées, devenues exigibles"),
    "cheque": ("d'un chèque revenu impayé", "de chèques revenus impayés"),
    "other": ("d'une créance échue", "de créances toutes échues"),
}


def said(text: str, **values: str) -> str:
    """A sentence of ours with the spaces of print, its values as they are."""
    return typographic(text).format(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks, and how the creditor is then called.

    Attributes:
        creditor: Its name as printed.
    """

    person: Person
    creditor: str

    def of(self, *, we: str, i: str, agent: str, **values: str) -> str:
        """A sentence in the words of whoever speaks.

        ``{creditor}`` is the creditor's name, ``{of_creditor}`` the same after *de*.
        """
        text = {"we": we, "i": i, "agent": agent}[self.person]
        return said(text, creditor=self.creditor, of_creditor=of_name(self.creditor), **values)


def voice_of(case: Case) -> Voice:
    """Who speaks: a representative, a firm, or a private creditor."""
    creditor = sender(case.creditor)["name"]
    if case.representative is not None:
        return Voice(person="agent", creditor=creditor)
    return Voice(person="we" if case.creditor.is_professional else "i", creditor=creditor)


def owed(voice: Voice, debtor: Party, claims: Sequence[Claim], day: str) -> str:
    """Who owes what, before the table: a firm is named in full, a person is spoken to."""
    types = {claim.type for claim in claims}
    one, many = _OF[types.pop() if len(types) == 1 else "other"]
    what = said(one if len(claims) == 1 else many)
    rest = "au {day}, le principal ci-après, au titre {what} :"
    if debtor.type == "individual" and not debtor.is_professional:
        return voice.of(
            we=f"Vous restez nous devoir, {rest}",
            i=f"Vous restez me devoir, {rest}",
            agent=f"Vous restez devoir à {{creditor}}, {rest}",
            day=day,
            what=what,
        )
    return voice.of(
        we=f"{{debtor}} reste nous devoir, {rest}",
        i=f"{{debtor}} reste me devoir, {rest}",
        agent=f"{{debtor}} reste devoir à {{creditor}}, {rest}",
        debtor=identity(debtor),
        day=day,
        what=what,
    )


def demand(voice: Voice, *, total: str, day: str, deadline: str, interest: str | None) -> str:
    """What is demanded; ``interest`` is what goes on running, if anything does.

    Sources:
        Art. 1344 C. civ.: a sufficient demand.
    """
    rest = "la somme de {total}, arrêtée au {day}, {deadline}{more}."
    more = f", outre les {interest} jusqu'au complet paiement" if interest else ""
    return voice.of(
        we=f"En conséquence, nous vous mettons en demeure de nous payer {rest}",
        i=f"En conséquence, je vous mets en demeure de me payer {rest}",
        agent=(
            "En conséquence, au nom et pour le compte {of_creditor}, nous vous mettons en demeure"
            f" de payer {rest}"
        ),
        total=total,
        day=day,
        deadline=deadline,
        more=typographic(more),
    )


def is_notice(voice: Voice, case: Case) -> str:
    """That the letter is a formal notice, and what follows when nothing is paid.

    Sources:
        Art. 1344 C. civ.; art. L. 121-6 5° C. conso.: nothing is announced but what is possible;
        arrêté of 27 Feb. 2024, art. 30: consequences and remedies in a commissaire's letter.
    """
    debtor = case.debtor
    is_commercial = debtor is not None and debtor.type == "company"
    court = "le tribunal compétent" if is_commercial else "la juridiction compétente"
    rest = (
        f" saisir {court} d'une demande en paiement de l'ensemble des sommes dues."
        f"{_consequences(case)}"
    )
    within = (
        "La présente lettre vaut mise en demeure au sens de l'article 1344 du Code civil. À défaut"
        " de paiement intégral dans ce délai,"
    )
    return voice.of(
        we=f"{within} nous pourrons, sans autre rappel,{rest}",
        i=f"{within} je pourrai, sans autre rappel,{rest}",
        agent=f"{within} {{creditor}} pourra, sans autre rappel,{rest}",
    )


def _consequences(case: Case) -> str:
    if case.representative is None or case.representative.role != "commissaire_de_justice":
        return ""
    return (
        " Le créancier peut ainsi obtenir un titre exécutoire ; le juge, et lui seul, peut alors"
        " mettre les dépens à votre charge."
    )


def starts_interest(options: LetterOptions, *, rate: str, on: str, daily: str | None) -> str:
    """That this letter, the first notice, starts interest, on which claims and from when.

    Sources:
        Art. 1231-6 and 1344-1 C. civ.; ADR 0120: from which day.
    """
    if (options.delivery or "registered") == "registered":
        since = "à compter de sa première présentation"
    else:
        if options.letter_date is None:
            raise ValueError("the options of a request that was read bear a day")
        since = f"à compter du {date_unbroken(options.letter_date + timedelta(days=1))}"
    per_day = f", soit, au taux actuel, {daily} par jour" if daily else ""
    return said(
        "La présente fait courir{on} les intérêts {rate}, {since}{per_day} (articles 1231-6 et"
        " 1344-1 du Code civil).",
        rate=typographic(rate),
        on=f", sur {on}," if on else "",
        since=since,
        per_day=per_day,
    )


def resolutive_clause(voice: Voice, contract: Contract) -> str | None:
    """The clause whose effect is sought, quoted.

    Sources:
        Art. 1225 C. civ.: no effect unless the notice names it.
    """
    clause = contract.resolutive_clause
    if clause is None:
        return None
    stop = "" if clause.quote.endswith((".", "!", "?", "\u2026")) else "."
    text = (
        "La présente mise en demeure vise expressément la clause résolutoire stipulée à l'article"
        " {article} du contrat, ainsi rédigée : « {quote} »{stop} Si elle reste infructueuse dans"
        " le délai ci-dessus, "
    )
    rest = "de cette clause, dans les conditions qu'elle prévoit (article 1225 du Code civil)."
    return voice.of(
        we=f"{text}nous pourrons nous prévaloir {rest}",
        i=f"{text}je pourrai me prévaloir {rest}",
        agent=f"{text}{{creditor}} pourra se prévaloir {rest}",
        article=clause.article,
        quote=clause.quote,
        stop=stop,
    )


def retention_of_title(voice: Voice) -> str:
    """The clause by which goods stay the seller's until they are paid."""
    return voice.of(
        we=(
            "Nous nous réservons expressément le bénéfice de la clause de réserve de propriété"
            " stipulée à notre profit, selon laquelle les biens livrés restent notre propriété"
            " jusqu'au complet paiement de leur prix."
        ),
        i=(
            "Je me réserve expressément le bénéfice de la clause de réserve de propriété stipulée"
            " à mon profit, selon laquelle les biens livrés restent ma propriété jusqu'au complet"
            " paiement de leur prix."
        ),
        agent=(
            "{creditor} se réserve expressément le bénéfice de la clause de réserve de propriété"
            " stipulée à son profit, selon laquelle les biens livrés restent sa propriété jusqu'au"
            " complet paiement de leur prix."
        ),
    )


def talk(voice: Voice, contact: str | None) -> str:
    """How to dispute, to propose dates, to tell of a payment made."""
    we = (
        "Si vous contestez tout ou partie de ces sommes, nous vous invitons à nous en indiquer les"
        " motifs par écrit, pièces à l'appui, dans le même délai. Si vous rencontrez une"
        " difficulté, vous pouvez nous proposer sans attendre un calendrier de paiement{contact} ;"
        " toute proposition sera examinée. Si vous avez payé depuis l'établissement de ce décompte,"
        " nous vous remercions de nous en indiquer la date et les références."
    )
    i = (
        "Si vous contestez tout ou partie de ces sommes, je vous invite à m'en indiquer les motifs"
        " par écrit, pièces à l'appui, dans le même délai. Si vous rencontrez une difficulté, vous"
        " pouvez me proposer sans attendre un calendrier de paiement{contact} ; toute proposition"
        " sera examinée. Si vous avez payé depuis l'établissement de ce décompte, je vous remercie"
        " de m'en indiquer la date et les références."
    )
    return voice.of(we=we, i=i, agent=we, contact=f" ({contact})" if contact else "")


def reserved(voice: Voice) -> str:
    """That nothing is given up."""
    return voice.of(
        we="La présente vous est adressée sous réserve de tous nos droits et actions.",
        i="La présente vous est adressée sous réserve de tous mes droits et actions.",
        agent=(
            "La présente vous est adressée sous réserve de tous les droits et actions"
            " {of_creditor}."
        ),
    )


def closing(voice: Voice, debtor: Party) -> str:
    """The formula of courtesy."""
    whom = salutation(debtor)
    if voice.person == "i":
        return said("Je vous prie d'agréer, {whom} mes salutations distinguées.", whom=whom)
    return said("Nous vous prions d'agréer, {whom} nos salutations distinguées.", whom=whom)


def to_consumer() -> list[str]:
    """To whom a consumer may turn.

    Sources:
        Art. 750-1 CPC: the conciliateur de justice; art. L. 722-2 C. conso. and following.
    """
    return [
        said(
            "Vous pouvez aussi recourir gratuitement à un conciliateur de justice. Si vos"
            " difficultés sont plus générales, vous pouvez saisir la commission de surendettement"
            " des particuliers de votre département."
        )
    ]


def to_tenant() -> list[str]:
    """What a tenant must not mistake the letter for, and to whom to turn.

    Sources:
        Art. 24 loi n° 89-462 of 6 July 1989: the commandement, which a letter is not.
    """
    return [
        said(
            "La présente lettre n'est pas le commandement de payer que prévoit l'article 24 de la"
            " loi n° 89-462 du 6 juillet 1989. Ni frais de relance ni pénalité de retard ne vous"
            " sont réclamés (article 4 de la même loi)."
        ),
        said(
            "Vous pouvez vous adresser à l'organisme qui verse votre aide au logement et au fonds"
            " de solidarité pour le logement (FSL) de votre département, et recourir gratuitement à"
            " un conciliateur de justice. Si vos difficultés sont plus générales, vous pouvez"
            " saisir la commission de surendettement des particuliers de votre département."
        ),
    ]
