"""What a lawyer must know about the amounts of a statement: choices, doubts, sums left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from law.account import NEVER, Account, rates_used
from law.case import Case, Claim
from law.findings import LegalWarning
from law.french import date_longue, enumerate_and, half_year, money, percent
from law.half_years import first_day, parse_label
from law.ledger import Ledger
from law.parameters import parameter
from law.rates import ECB, RateTables, RateUsed
from law.regime import rates_below_floor
from law.regime_warnings import capitalisation_warnings, judgment_warnings, term_warnings
from law.wording import claim_names, some_of, warning


def statement_warnings(
    case: Case, as_of: date, rates: RateTables, book: Ledger, tomorrow: Sequence[RateUsed]
) -> tuple[list[LegalWarning], list[RateUsed]]:
    """The warnings of a statement, and the legal rates on which those about the floor rest.

    ``tomorrow`` holds the rates that the interest of one more day rests on.
    """
    floor, floor_rates = _floor_warnings(book.accounts, rates)
    found = [
        *_not_due(book.accounts, as_of),
        *_regime_warnings(case, book.accounts, as_of),
        *judgment_warnings(book.accounts),
        *_insolvency_warnings(book.accounts, as_of),
        *term_warnings(book.accounts),
        *capitalisation_warnings(book.accounts, as_of),
        *_penalty_warnings(case, book.accounts),
        *_allocation_warnings(book),
        *floor,
        *_rate_warnings(book.accounts, rates, [*floor_rates, *tomorrow]),
    ]
    return found, floor_rates


def next_rate_unknown(as_of: date) -> LegalWarning:
    """Says that the interest of a day is that of the last known day, and no more."""
    return warning(
        "next-rate-unknown",
        None,
        "Le taux applicable au {day} n'est pas publié : l'intérêt journalier est "
        "celui du dernier jour compté et ne vaut pas au-delà.",
        day=date_longue(as_of + timedelta(days=1)),
    )


def _not_due(accounts: Sequence[Account], as_of: date) -> Iterator[LegalWarning]:
    claims = [account.claim for account in accounts if account.due > as_of.toordinal()]
    if claims:
        text = "Pas encore exigible au {day}, comptée sans intérêt : {claims}."
        yield warning(
            "claim-not-due",
            "art. 1305-2 C. civ.",
            text,
            day=date_longue(as_of),
            claims=claim_names(claims),
        )


def _regime_warnings(
    case: Case, accounts: Sequence[Account], as_of: date
) -> Iterator[LegalWarning]:
    today = as_of.toordinal()
    late = [account for account in accounts if account.due < today]
    waiting = [a.claim for a in late if a.regime.terms and a.regime.starts_on is None]
    damages = [claim for claim in waiting if claim.legal_basis == "damages"]
    if damages:
        yield warning(
            "interest-needs-judgment",
            "art. 1231-7 C. civ.",
            "Aucun intérêt n'est compté avant la décision qui accorde une indemnité : {claims}.",
            claims=claim_names(damages),
        )
    unnoticed = [claim for claim in waiting if claim.legal_basis != "damages"]
    if unnoticed:
        yield warning(
            "interest-needs-formal-notice",
            "art. 1231-6 et 1344-1 C. civ.",
            "Aucun intérêt n'est compté, faute de mise en demeure après l'échéance : {claims}.",
            claims=claim_names(unnoticed),
        )
    on_notice_day = [a.claim for a in late if a.lines and _starts_on_notice_day(case, a)]
    if on_notice_day:
        yield warning(
            "notice-day-counted",
            "art. 1344-1 C. civ.",
            "Le jour de la mise en demeure est compté, comme dans l'exemple officiel de "
            "service-public.fr ; aucune décision lue ne tranche ce point.",
        )
    early = [a.claim for a in accounts if a.claim.interest_from and a.start <= a.due]
    if early:
        yield warning(
            "interest-before-due-date",
            "art. L. 441-10 C. com. ; art. 1344-1 C. civ.",
            "Les intérêts partent, comme demandé, d'un jour qui n'est pas postérieur à "
            "l'échéance : {claims}.",
            claims=claim_names(early),
        )
    yield from _fee_warnings(case, accounts, late)


def _starts_on_notice_day(case: Case, account: Account) -> bool:
    if account.regime.name in {"commercial", "public"} or account.claim.interest_from:
        return False
    starts_on = account.regime.starts_on
    return any(step.type == "formal_notice" and step.on == starts_on for step in case.steps)


def _fee_warnings(
    case: Case, accounts: Sequence[Account], late: Sequence[Account]
) -> Iterator[LegalWarning]:
    debtor = case.debtor
    between_professionals = case.creditor.is_professional and debtor and debtor.is_professional
    others = [a.claim for a in late if a.regime.name == "civil" and a.claim.type != "rent"]
    if between_professionals and others:
        yield warning(
            "commercial-penalties-not-assumed",
            "art. L. 441-10 C. com.",
            "Ni pénalité légale ni indemnité forfaitaire n'est comptée pour une créance qui n'est "
            "pas le prix facturé d'un bien ou d'un service : {claims}.",
            claims=claim_names(others),
        )
    foreign = [a.claim for a in late if a.regime.fee and a.claim.currency != "EUR"]
    if foreign:
        yield warning(
            "recovery-fee-not-in-euros",
            "art. D. 441-5 C. com.",
            "L'indemnité forfaitaire, fixée en euros, n'est pas comptée dans un décompte en "
            "{currency}.",
            currency=foreign[0].currency,
        )
    public = [a.claim for a in accounts if a.regime.name == "public" and a.claim.late_interest]
    if public:
        yield warning(
            "public-rate-set-by-law",
            "art. L. 2192-13, L. 2192-14 et R. 2192-31 CCP",
            "Contre un acheteur public, la loi fixe elle-même le taux (BCE + 8 points) ; le taux "
            "indiqué a été suivi : {claims}.",
            claims=claim_names(public),
        )
    rents = [
        a.claim
        for a in accounts
        if a.regime.name == "residential_rent" and (a.claim.penalty_clause or _is_agreed(a.claim))
    ]
    if rents:
        yield warning(
            "rent-penalty-void",
            "art. 4 loi n° 89-462 du 6 juillet 1989",
            "Un locataire d'habitation ne doit ni pénalité ni intérêt conventionnel de retard : la "
            "clause n'est pas appliquée ({claims}).",
            claims=claim_names(rents),
        )


def _is_agreed(claim: Claim) -> bool:
    return claim.late_interest is not None and claim.late_interest.basis not in {"none", "legal"}


def _insolvency_warnings(accounts: Sequence[Account], as_of: date) -> Iterator[LegalWarning]:
    opened = [a for a in accounts if a.stopped <= as_of.toordinal()]
    stopped = [a.claim for a in opened if a.start != NEVER]
    if stopped:
        yield warning(
            "interest-stopped-by-insolvency",
            "art. L. 622-28 C. com.",
            "Le cours des intérêts est arrêté la veille du jugement d'ouverture du {day} ; les "
            "exceptions du texte (contrats d'un an ou plus, notamment) sont à vérifier : {claims}.",
            day=date_longue(date.fromordinal(opened[0].stopped)),
            claims=claim_names(stopped),
        )
    barred = [a.claim for a in opened if a.regime.fee and a.due >= a.stopped]
    if barred:
        yield warning(
            "recovery-fee-barred-by-insolvency",
            "art. L. 441-10 II C. com.",
            "L'indemnité forfaitaire n'est pas comptée : l'ouverture de la procédure interdisait "
            "le paiement à l'échéance ({claims}).",
            claims=claim_names(barred),
        )


def _penalty_warnings(case: Case, accounts: Sequence[Account]) -> Iterator[LegalWarning]:
    applicable = [
        a for a in accounts if a.claim.penalty_clause and a.regime.name != "residential_rent"
    ]
    waiting = [a for a in applicable if not a.penalty_total and a.penalty_if_incurred()]
    if waiting:
        yield warning(
            "penalty-clause-needs-formal-notice",
            "art. 1231-5 C. civ.",
            "La clause pénale n'est pas comptée, faute de mise en demeure après l'échéance ; elle "
            "s'élèverait à {amount} : {claims}.",
            amount=money(sum(a.penalty_if_incurred() for a in waiting), waiting[0].claim.currency),
            claims=claim_names(a.claim for a in waiting),
        )
    consumer = case.debtor is not None and not case.debtor.is_professional
    if consumer and applicable:
        yield warning(
            "penalty-clause-consumer",
            "art. R. 212-2 3° C. conso.",
            "Une indemnité d'un montant manifestement disproportionné imposée au consommateur est "
            "présumée abusive : {claims}.",
            claims=claim_names(a.claim for a in applicable),
        )


def _allocation_warnings(book: Ledger) -> Iterator[LegalWarning]:
    currency = book.accounts[0].claim.currency if book.accounts else "EUR"
    if book.undesignated:
        yield warning(
            "payment-allocated-by-law",
            "art. 1342-10 C. civ.",
            "Versements reçus sans indication de la dette payée, imputés dans l'ordre de la loi : "
            "{sums}.",
            sums=_sums(((p.amount_cents, p.received_on) for p in book.undesignated), currency),
        )
    if book.surpluses:
        yield warning(
            "payment-surplus-allocated",
            "art. 1342-10 C. civ.",
            "Excédents de versements sur la dette désignée, imputés sur les autres dettes : "
            "{sums}.",
            sums=_sums(((s.cents, s.payment.received_on) for s in book.surpluses), currency),
        )
    if book.ignored_payments:
        yield warning(
            "payment-after-statement-day",
            None,
            "Versements postérieurs au jour du décompte, non comptés : {sums}.",
            sums=_sums(((p.amount_cents, p.received_on) for p in book.ignored_payments), currency),
        )
    notes = [(note.amount_incl_tax_cents, note.issued_on) for note in book.ignored_credit_notes]
    if notes:
        yield warning(
            "credit-note-after-statement-day",
            None,
            "Avoirs postérieurs au jour du décompte, non comptés : {sums}.",
            sums=_sums(notes, currency),
        )


def _sums(items: Iterable[tuple[int, date]], currency: str) -> str:
    return some_of([f"{money(cents, currency)} le {date_longue(day)}" for cents, day in items])


def _floor_warnings(
    accounts: Sequence[Account], rates: RateTables
) -> tuple[list[LegalWarning], list[RateUsed]]:
    rules = dict.fromkeys(account.regime.terms for account in accounts)
    below: dict[int, str] = {}
    unknown: set[int] = set()
    used: list[RateUsed] = []
    for terms in rules:
        if terms is None or not terms.is_agreed:
            continue
        faults, missing = rates_below_floor(terms, rates, sorted(terms.counted))
        unknown.update(missing)
        for at, legal, floor in faults:
            used.append(legal)
            name = half_year(first_day(at))
            below[at] = f"{name} ({percent(terms.at(at).rate)} contre {percent(floor)})"
    return _floor_texts(below, unknown), used


def _floor_texts(below: dict[int, str], unknown: set[int]) -> list[LegalWarning]:
    found: list[LegalWarning] = []
    if below:
        found.append(
            warning(
                "rate-below-floor",
                "art. L. 441-10 II C. com.",
                "Le taux convenu est inférieur à trois fois le taux légal : {half_years}. Les "
                "intérêts sont comptés au taux convenu.",
                half_years=enumerate_and(below[at] for at in sorted(below)),
            )
        )
    if unknown:
        found.append(
            warning(
                "rate-floor-unknown",
                "art. L. 441-10 II C. com.",
                "Le plancher de trois fois le taux légal n'a pu être vérifié : {half_years}.",
                half_years=enumerate_and(half_year(first_day(at)) for at in sorted(unknown)),
            )
        )
    return found


def _rate_warnings(
    accounts: Sequence[Account], rates: RateTables, others: Sequence[RateUsed]
) -> Iterator[LegalWarning]:
    used = rates_used(accounts) | set(others)
    for rate in sorted(used, key=lambda rate: (rate.series, rate.period)):
        doubt = rates.doubt(rate)
        if doubt is not None:
            text = "Taux {period} de {rate} à vérifier : "
            yield warning(
                "rate-to-verify",
                "art. L. 313-2 CMF",
                text + doubt + ".",
                period=rate.period,
                rate=percent(rate.rate),
            )
    defaults = [a for a in accounts if a.regime.name == "commercial" and _is_default(a)]
    if any(line.rate != a.lines[0].rate for a in defaults for line in a.lines):
        yield warning(
            "half-year-rate-by-practice",
            "art. L. 441-10 II C. com.",
            "Le taux légal par défaut suit chaque semestre de retard : c'est l'usage, qu'aucune "
            "décision lue ne tranche.",
        )
    verified_from = parameter("late_interest.default_points").values[0].since
    if any(rate.series == ECB and _half_year_start(rate) < verified_from for rate in used):
        yield warning(
            "ecb-fixing-not-verified",
            "art. L. 441-10 II C. com.",
            "La règle qui retient le taux de la BCE au 1er janvier et au 1er juillet n'a pas été "
            "vérifiée avant le {day}.",
            day=date_longue(verified_from),
        )


def _is_default(account: Account) -> bool:
    return account.claim.late_interest is None


def _half_year_start(rate: RateUsed) -> date:
    return first_day(parse_label(rate.period))
