"""What must hold before a mandate to an agency is written: R. 124-3 CPCE, mention by mention."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from generators.kind import Facts
from generators.kinds.mandat_de_recouvrement.content import is_special
from generators.kinds.mandat_de_recouvrement.schema import MandateOptions
from generators.letter_checks import language_check, letter_date_check
from generators.undertaking_checks import claims_mixed_check, euros_check
from law.case import Case, RepresentativeRole
from law.checks import Subject, run
from law.checks.representative import representative_supported
from law.checks.sender import missing_mentions
from law.findings import Check
from law.french import count, date_longue, enumerate_and, typographic
from law.rates import RateTables
from law.wording import check

_SPREAD: Final = "art. R. 124-3 CPCE ; Cass. 2e civ., 5 févr. 2026, n° 23-22.049"
_OTHERS: Final[dict[RepresentativeRole, str]] = {
    "lawyer": "Un avocat",
    "commissaire_de_justice": "Un commissaire de justice",
}
_MOST_USUAL_DAYS: Final = 31


def checks(facts: Facts, rates: RateTables) -> list[Check]:
    """All checks of a mandate; none but the refusals of scope when it is out of scope."""
    case, options = facts.case, facts.options
    scope = [
        language_check(facts),
        _agency_check(case),
        representative_supported(case),
        *_claims_checks(case, options),
        euros_check(case),
        claims_mixed_check(case),
        letter_date_check(facts, options),
    ]
    if any(found.outcome == "refuse" for found in scope):
        return scope
    subject = Subject(case=case, as_of=facts.as_of, rates=rates)
    return [
        *scope,
        _guarantee_check(options),
        _fees_check(options),
        _remittance_check(options),
        _account_check(case),
        *_identity_checks(case, subject),
        *run(("collection-costs",), subject),
        *(_claims_against_debtor(subject) if is_special(case, options) else ()),
        *_date_checks(case, options.letter_date or facts.as_of),
    ]


def _agency_check(case: Case) -> Check:
    code, agent = "agency-missing", case.representative
    if agent is None:
        text = "Le mandat est donné à une société de recouvrement : l'indiquer."
        return check(code, "refuse", "art. R. 124-3 CPCE", "/case/representative", text)
    if agent.role != "collection_agency":
        text = (
            "{who} recouvre pour autrui sous son propre statut : la convention de l'article "
            "R. 124-3 ne le concerne pas."
        )
        pointer = "/case/representative/role"
        who = _OTHERS[agent.role]
        return check(code, "refuse", "art. R. 124-1 CPCE", pointer, text, who=who)
    text = "Le mandat est donné à une société de recouvrement."
    return check(code, "pass", "art. R. 124-3 CPCE", "/case/representative", text)


# -- 1°: ground and amount of the sums ----------------------------------------------------------


def _claims_checks(case: Case, options: MandateOptions) -> list[Check]:
    code, article = "mandate-claims", "art. R. 124-3 1° CPCE"
    if not is_special(case, options):
        if case.claims:
            text = (
                "Le mandat-cadre ne reprend pas les créances du dossier : elles se confient par un "
                "bordereau, ou par un mandat spécial."
            )
            return [check(code, "warn", article, "/options/mandate_type", text)]
        text = (
            "Le fondement et le montant de chaque créance devront figurer dans un bordereau ou un "
            "mandat spécial ; répartir les mentions n'est permis que si le créancier est "
            "pleinement informé."
        )
        return [check(code, "warn", _SPREAD, "/case/claims", text)]
    if not case.claims:
        text = (
            "Le fondement et le montant des sommes dues doivent figurer au mandat, à peine de "
            "nullité : aucune créance n'est indiquée."
        )
        return [check(code, "refuse", article, "/case/claims", text)]
    if case.debtor is None:
        text = "Le débiteur des créances confiées n'est pas indiqué."
        return [check(code, "refuse", article, "/case/debtor", text)]
    text = "Le fondement et le montant de chaque somme figurent au mandat, élément par élément."
    return [check(code, "pass", article, "/case/claims", text)]


def _claims_against_debtor(subject: Subject) -> list[Check]:
    """What stands in the way of recovery is told; to give a mandate is not yet to demand."""
    found = run(("debtor-in-insolvency", "debtor-over-indebted", "limitation"), subject)
    told = [replace(each, outcome="warn") if each.outcome == "refuse" else each for each in found]
    return [*told, *run(("statement",), subject)]


# -- 2° to 4°: guarantee, pay, remittance ---------------------------------------------------------


def _guarantee_check(options: MandateOptions) -> Check:
    is_told = options.guarantee is not None
    return _mention(
        options, "mandate-guarantee", "2°", "/options/guarantee", is_told=is_told,
        what="la garantie due au créancier pour la responsabilité de la société",
    )  # fmt: skip


def _fees_check(options: MandateOptions) -> Check:
    is_told = options.fees is not None
    return _mention(
        options, "mandate-fees", "3°", "/options/fees", is_told=is_told,
        what="le mode de rémunération, à la charge du créancier",
    )  # fmt: skip


def _mention(
    options: MandateOptions, code: str, number: str, pointer: str, *, is_told: bool, what: str
) -> Check:
    """A mention that the mandate holds, or a framework contract before it."""
    article = f"art. R. 124-3 {number} CPCE"
    if is_told:
        return check(code, "pass", article, pointer, "Le mandat indique {what}.",
                     what=typographic(what))  # fmt: skip
    if options.framework is not None and options.mandate_type != "framework":
        text = "Vérifier que la convention-cadre indique {what}, et que le créancier l'a reçue."
        return check(code, "warn", _SPREAD, pointer, text, what=typographic(what))
    text = "Le mandat doit indiquer, à peine de nullité, {what}."
    return check(code, "refuse", article, pointer, text, what=typographic(what))


def _remittance_check(options: MandateOptions) -> Check:
    code, article = "mandate-remittance", "art. R. 124-3 4° et R. 124-6 CPCE"
    days = options.remittance.within_days if options.remittance else None
    pointer = "/options/remittance"
    if days is not None and days > _MOST_USUAL_DAYS:
        text = "Reversement convenu à {days} : plus long que le mois prévu à défaut d'accord."
        told = count(days, "jour", "jours")
        return check(code, "warn", article, f"{pointer}/within_days", text, days=told)
    text = "Les fonds encaissés sont reversés au créancier dans le délai légal ou convenu."
    return check(code, "pass", article, pointer, text)


def _account_check(case: Case) -> Check:
    code, article = "agency-account", "art. R. 124-2 CPCE"
    pointer = "/case/representative/party/iban"
    if case.representative is not None and case.representative.party.iban:
        text = "Le compte indiqué ne doit servir qu'aux fonds encaissés pour le compte de tiers."
        return check(code, "pass", article, pointer, text)
    text = "Le compte exclusivement affecté aux fonds encaissés n'est pas indiqué."
    return check(code, "warn", article, pointer, text)


# -- the parties and the day ----------------------------------------------------------------------


def _identity_checks(case: Case, subject: Subject) -> list[Check]:
    found = run(("creditor-identity",), subject)
    missing = missing_mentions(case.representative.party) if case.representative else []
    if missing:
        text = "Mentions obligatoires absentes pour la société de recouvrement : {missing}."
        article = "art. R. 123-237 et R. 123-238 C. com."
        pointer, names = "/case/representative/party", typographic(enumerate_and(missing))
        found.append(
            check("agency-identity", "warn", article, pointer, text, missing=names)
        )  # fmt: skip
    parties = [("/case/creditor", case.creditor)]
    if case.representative is not None:
        parties.append(("/case/representative/party", case.representative.party))
    text = "Indiquer qui représente la partie et signe pour elle : l'acte laisse un blanc."
    found += [
        check("signatory-missing", "warn", "art. 1153 C. civ.",
              f"{pointer}/legal_representative", text)
        for pointer, party in parties
        if party.type != "individual" and party.legal_representative is None
    ]  # fmt: skip
    return found


def _date_checks(case: Case, written_on: date) -> list[Check]:
    """A day given for the mandate is that of the act which gives it."""
    mandate_on = case.representative.mandate_on if case.representative else None
    if mandate_on is None or mandate_on == written_on:
        return []
    text = "Le mandat est daté du {written} ; le dossier indique un mandat du {told}."
    values = {"written": date_longue(written_on), "told": date_longue(mandate_on)}
    pointer = "/case/representative/mandate_date"
    return [check("mandate-date", "warn", "art. R. 124-3 CPCE", pointer, text, **values)]
