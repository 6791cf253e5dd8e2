"""Every check by name.

A rule is named after what it establishes; the codes it may answer stand beside it, so that a
client knows them all before it meets one. The court of an act is not here but in
`law.court_checks`, which needs the map of courts and answers which court it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from law.case import Case
from law.checks import cheque, claims, costs, court, debtor, delivery, irrecoverability, sender
from law.checks import limitation as time
from law.checks.court import Court, CourtAct
from law.checks.delivery import Delivery
from law.findings import Check
from law.rates import RateTables


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What checks look at: a case on a day, and what the act to be says of itself.

    Attributes:
        notice_on: Day of the formal notice that the act itself is, if it is one.
        senders: Roles that may send the act; empty where the kind does not restrict them.
        act: What is asked of a court, for acts that ask.
        court: Which court is asked.
        amount_cents: Sum asked of the court.
    """

    case: Case
    as_of: date
    rates: RateTables
    notice_on: date | None = None
    delivery: Delivery | None = None
    payment_deadline_days: int | None = None
    senders: Sequence[str] = ()
    act: CourtAct = "payment_order"
    court: Court = "tribunal_judiciaire"
    amount_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of law that a case must pass.

    Attributes:
        name: Stable kebab-case name, by which kinds choose it.
        label: What it establishes, in French.
        article: Main legal basis; a finding may name a closer one. None for usage.
        codes: Every code its findings may bear.
        run: The findings on a subject, at least one.
    """

    name: str
    label: str
    article: str | None
    codes: Sequence[str]
    run: Callable[[Subject], Sequence[Check]]


def _rule(
    name: str,
    label: str,
    article: str | None,
    find: Callable[[Subject], Check | Sequence[Check]],
    *codes: str,
) -> Rule:
    def found(subject: Subject) -> Sequence[Check]:
        one_or_more = find(subject)
        return [one_or_more] if isinstance(one_or_more, Check) else one_or_more

    return Rule(name=name, label=label, article=article, codes=codes or (name,), run=found)


# fmt: off
_ALL: Final = (
    _rule(
        "debtor-in-insolvency",
        "Aucune procédure collective n'interdit de réclamer une créance antérieure",
        "art. L. 622-7 et L. 622-21 C. com.",
        lambda s: debtor.debtor_in_insolvency(s.case, s.as_of),
    ),
    _rule(
        "debtor-insolvent",
        "Une procédure collective est ouverte, où déclarer la créance",
        "art. L. 622-24 C. com.",
        lambda s: debtor.debtor_insolvent(s.case, s.as_of),
        "no-insolvency",
    ),
    _rule(
        "debtor-over-indebted",
        "Aucun surendettement n'interdit de réclamer une dette antérieure",
        "art. L. 722-2 et L. 722-5 C. conso.",
        lambda s: debtor.debtor_over_indebted(s.case, s.as_of),
    ),
    _rule(
        "title-against-over-indebted",
        "Un surendettement suspend l'exécution du titre demandé",
        "art. L. 722-2 et L. 722-3 C. conso.",
        lambda s: debtor.title_against_over_indebted(s.case, s.as_of),
        "debtor-over-indebted",
    ),
    _rule(
        "claim-not-due",
        "Les créances sont exigibles",
        "art. 1305-2 C. civ.",
        lambda s: claims.claims_due(s.case, s.as_of),
    ),
    _rule(
        "claim-already-late",
        "Aucune échéance n'est passée",
        "art. L. 441-10 II C. com.",
        lambda s: claims.claims_not_late(s.case, s.as_of),
    ),
    _rule(
        "limitation",
        "Aucune créance n'est prescrite ni près de l'être",
        "art. 2224 C. civ.",
        lambda s: time.limitation_checks(s.case, s.as_of),
    ),
    _rule(
        "limitation-before-court",
        "Aucune créance n'est prescrite, devant un juge qui peut le relever d'office",
        "art. R. 632-1 C. conso.",
        lambda s: time.limitation_checks(s.case, s.as_of, before_court=True),
        "limitation",
    ),
    _rule(
        "claims-contractual",
        "Les créances ont une cause contractuelle ou statutaire et un montant déterminé",
        "art. 1405 CPC",
        lambda s: claims.claims_contractual(s.case),
        "not-contractual", "amount-undetermined", "cheque-own-procedure",
    ),
    _rule(
        "currency-not-euro",
        "Les sommes sont en euros",
        "art. 1407 CPC",
        lambda s: claims.claims_in_euros(s.case),
    ),
    _rule(
        "claim-disputed",
        "Aucune contestation ne figure au dossier",
        "art. 1219 C. civ.",
        lambda s: claims.claims_undisputed(s.case, s.as_of),
        "claim-disputed", "open-matter",
    ),
    _rule(
        "seriously-disputed",
        "Rien n'est sérieusement contesté, en référé",
        "art. 835 et 873 CPC",
        lambda s: claims.claims_undisputed(
            s.case, s.as_of, outcome="refuse", article="art. 835 et 873 CPC"
        ),
        "claim-disputed", "open-matter",
    ),
    _rule(
        "payment-plan",
        "Aucun échéancier n'est en cours",
        "art. 1305-2 C. civ.",
        lambda s: claims.no_running_plan(s.case, s.as_of),
    ),
    _rule(
        "statement",
        "Une somme reste due, les versements n'excèdent pas la dette, le taux atteint le plancher",
        "art. 1342 C. civ. ; art. L. 441-10 II C. com.",
        lambda s: claims.statement_checks(s.case, s.as_of, s.rates, notice_on=s.notice_on),
        "payment-exceeds-debt", "nothing-due", "rate-below-floor",
    ),
    _rule(
        "consumer-penalties",
        "Ni pénalité des professionnels ni clause abusive contre un consommateur ou un locataire",
        "art. L. 441-10 C. com. ; art. R. 212-2 3° C. conso.",
        lambda s: costs.consumer_terms(s.case),
    ),
    _rule(
        "collection-costs",
        "Aucuns frais de recouvrement sans titre",
        "art. L. 111-8 CPCE",
        lambda s: costs.collection_costs(s.case),
    ),
    _rule(
        "creditor-identity",
        "Les mentions d'identité du créancier sont complètes",
        "art. R. 123-237 et R. 123-238 C. com.",
        lambda s: sender.creditor_identity(s.case),
    ),
    _rule(
        "claimant-identity",
        "Les mentions du demandeur, requises à peine de nullité, sont présentes",
        "art. 54 3° CPC",
        lambda s: sender.identity_before_court(s.case),
    ),
    _rule(
        "sender-not-allowed",
        "L'expéditeur peut envoyer cet acte",
        None,
        lambda s: sender.sender_allowed(s.case, s.senders or tuple(sender.ROLES)),
    ),
    _rule(
        "agency-mandate",
        "La société de recouvrement a un mandat écrit",
        "art. R. 124-3 CPCE",
        lambda s: sender.agency_mandate(s.case, s.as_of),
    ),
    _rule(
        "agency-first-letter",
        "La première lettre de la société de recouvrement peut être rappelée",
        "art. R. 124-4 CPCE",
        lambda s: sender.agency_first_letter_recalled(s.case, s.as_of),
    ),
    _rule(
        "lawyer-bar",
        "Le barreau de l'avocat est indiqué",
        None,
        lambda s: sender.lawyer_bar(s.case),
    ),
    _rule(
        "signatory-power",
        "Le signataire a pouvoir",
        "art. 1407 CPC",
        lambda s: sender.signatory_power(s.case, s.as_of),
    ),
    _rule(
        "electronic-registered-consent",
        "Le destinataire a consenti à la lettre recommandée électronique",
        "art. L. 100 code des postes et des communications électroniques",
        lambda s: delivery.electronic_consent(s.case, s.delivery),
    ),
    _rule(
        "delivery-proof",
        "L'envoi laisse une preuve",
        "art. 1344 C. civ.",
        lambda s: delivery.delivery_proof(s.delivery),
    ),
    _rule(
        "payment-deadline",
        "Le délai de paiement est raisonnable",
        "art. 1231 et 1344 C. civ.",
        lambda s: delivery.payment_deadline(s.payment_deadline_days, s.as_of),
    ),
    _rule(
        "means-of-payment",
        "La lettre dit comment payer",
        None,
        lambda s: delivery.means_of_payment(s.case),
    ),
    _rule(
        "exhibits-missing",
        "Des pièces fondent la demande",
        "art. 1407 et 1409 CPC",
        lambda s: court.exhibits_present(s.case),
    ),
    _rule(
        "formal-notice-missing",
        "Une mise en demeure figure au dossier",
        "art. 1231-5, 1231-6 et 1344-1 C. civ.",
        lambda s: court.formal_notice_given(s.case, s.as_of),
    ),
    _rule(
        "amicable-attempt",
        "La tentative amiable exigée a eu lieu",
        "art. 750-1 CPC",
        lambda s: court.amicable_attempt(s.amount_cents, s.as_of, s.act, s.court),
    ),
    _rule(
        "lawyer-required",
        "L'avocat est là où il est obligatoire",
        "art. 760, 761 3° et 853 CPC",
        lambda s: court.lawyer_required(s.amount_cents, s.as_of, s.act),
    ),
    _rule(
        "penalty-clause-reducible",
        "La clause pénale est soumise au juge",
        "art. 1231-5 C. civ.",
        lambda s: court.penalty_clause_before_court(s.case, s.as_of),
    ),
    _rule(
        "cheque-missing",
        "Les créances sont des chèques décrits",
        "art. L. 131-73 CMF",
        lambda s: cheque.cheques_only(s.case),
    ),
    _rule(
        "cheque-amount",
        "La somme réclamée est celle du chèque en lettres",
        "art. L. 131-10 CMF",
        lambda s: cheque.cheque_amounts(s.case),
    ),
    _rule(
        "cheque-number",
        "Les numéros de chèque ont sept chiffres",
        "art. R. 131-7 CMF",
        lambda s: cheque.cheque_numbers(s.case),
    ),
    _rule(
        "cheque-rejection",
        "Le rejet est un défaut de provision",
        "art. L. 131-73 et R. 131-46 CMF",
        lambda s: cheque.rejection_reasons(s.case),
    ),
    _rule(
        "cheque-guaranteed",
        "Aucun chèque n'est de ceux que la banque doit payer elle-même",
        "art. L. 131-82 CMF",
        lambda s: cheque.guaranteed_cheques(s.case),
    ),
    _rule(
        "cheque-thirty-days",
        "Les trente jours de la première présentation sont passés",
        "art. L. 131-73 et R. 131-3 CMF",
        lambda s: cheque.thirty_days_over(s.case, s.as_of),
    ),
    _rule(
        "cheque-drawee-limit",
        "La banque tirée répond encore du chèque",
        "art. L. 131-59 CMF",
        lambda s: cheque.drawee_limit(s.case, s.as_of),
    ),
    _rule(
        "insufficient-evidence",
        "Le dossier prouve l'irrécouvrabilité",
        "art. 272, 1 CGI",
        lambda s: irrecoverability.certificate_steps(s.case, s.as_of),
    ),
    _rule(
        "litigious-claim",
        "Les créances ne sont pas litigieuses",
        "art. 272, 1 CGI",
        lambda s: irrecoverability.litigious_claims(s.case, s.as_of),
    ),
)
# fmt: on
RULES: Final[Mapping[str, Rule]] = {rule.name: rule for rule in _ALL}


def run(names: Iterable[str], subject: Subject) -> list[Check]:
    """The findings of some rules, in order.

    Raises:
        KeyError: a name is no rule's (a bug in the kind).
        RateUnknown: the statement needs a rate that is not published.
    """
    return [found for name in names for found in RULES[name].run(subject)]
