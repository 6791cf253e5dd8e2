"""Figures of a text: what a slip costs money by. Amounts, dates, rates, IBAN, articles, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

FigureType = Literal["amount", "date", "name", "iban", "article", "rate"]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("janvier",), ("février", "fevrier"), ("mars",), ("avril",), ("mai",), ("juin",),
            ("juillet",), ("août", "aout"), ("septembre",), ("octobre",), ("novembre",),
            ("décembre", "decembre"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_Reader = Callable[[re.Match[str]], str | None]
_IBAN: Final = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])"
)
_DATE: Final = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})(?:er)? (?P<month>" + "|".join(_MONTHS) + r") (?P<year>\d{4})"
    r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))(?!\d)",
    re.IGNORECASE,
)
_RATE: Final = re.compile(r"(?<![\d,.])(\d+(?:,\d+)?) ?%")
_WHOLE: Final = r"\d{1,3}(?:[ .]\d{3})+|\d+"
_AMOUNT: Final = re.compile(
    rf"(?<![\d,.-])(?:(?P<sum>{_WHOLE})(?:,(?P<sum_cents>\d{{1,2}}))? ?(?:€|euros?\b|EUR\b)"
    rf"|(?P<bare>{_WHOLE}),(?P<bare_cents>\d\d)(?![\d,%]| ?%))"
)
"""With its currency, or with the two decimals of a column of sums."""
_ARTICLE_WORD: Final = re.compile(r"\b(?:articles?|art\.) ", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"(?P<book>[LRDA]\*?)?\.? ?(?P<number>\d{1,4}(?:-\d+)*)(?![\d/])")
_ARTICLE_ALONE: Final = re.compile(r"\b(?P<book>[LRDA])\*?\. ?(?P<number>\d{1,4}(?:-\d+)*)")
_ARTICLE_NEXT: Final = re.compile(r"(?:,| et| ou| à) (?=(?:[LRDA]\*?\.? ?)?\d)")
_APOSTROPHES: Final = "'\N{RIGHT SINGLE QUOTATION MARK}"
_CAPITAL: Final = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ"
_PERSON: Final = re.compile(
    rf"\b(?:M\.|Mme|Me|Maître|Monsieur|Madame) "
    rf"([{_CAPITAL}][\w{_APOSTROPHES}-]+(?: [{_CAPITAL}]"
    rf"[\w{_APOSTROPHES}-]*){{0,3}})"
)


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """One figure in a form that does not depend on how it is written.

    ``value`` is ``1234.56`` for an amount, ``2026-11-22`` for a date, ``12.15`` for a rate,
    without spaces for an IBAN, ``L441-10`` for an article, as it is written for a name.
    """

    type: FigureType
    value: str


def figures(text: str, names: Iterable[str] = ()) -> Counter[Figure]:
    """Every figure of a text, with how often it stands there.

    Args:
        text: Its runs of white space each one plain space, as `generators.revisions.text_of`
            gives lines.
        names: Names to look for beside those that a title of address goes before.
    """
    found: Counter[Figure] = Counter()
    rest = text
    for type_, pattern, read in _READERS:
        for match in pattern.finditer(rest):
            value = read(match)
            if value is not None:
                found[Figure(type_, value)] += 1
        # What is read is taken out, so that the digits of an IBAN are no amount.
        rest = pattern.sub(lambda match: "\n" * len(match.group()), rest)
    found.update(Figure("article", value) for value in _articles(rest))
    found.update(_names(text, names))
    return found


def differences(before: Counter[Figure], after: Counter[Figure]) -> list[tuple[Figure, int, int]]:
    """Figures that do not stand in both texts alike, those of one text only first."""
    changed = [
        (figure, before[figure], after[figure])
        for figure in before.keys() | after.keys()
        if before[figure] != after[figure]
    ]
    order = list(_TYPES)
    return sorted(
        changed, key=lambda one: (bool(one[1] and one[2]), order.index(one[0].type), one[0].value)
    )


def names_in(snapshot: Any) -> set[str]:
    """Names of persons and companies in the data of an act."""
    if isinstance(snapshot, Mapping):
        own = {str(snapshot["name"])} if isinstance(snapshot.get("name"), str) else set()
        first, last = snapshot.get("first_name"), snapshot.get("last_name")
        if isinstance(first, str) and isinstance(last, str):
            own.add(f"{first} {last}")
        return own.union(*map(names_in, snapshot.values()))
    if isinstance(snapshot, list):
        return set().union(*map(names_in, snapshot))
    return set()


def _date(match: re.Match[str]) -> str | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"]).isoformat()
        if match["month"]:
            month = _MONTHS[match["month"].lower()]
            return date(int(match["year"]), month, int(match["day"])).isoformat()
        return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return match.group()  # no day of the calendar: a slip worth showing


def _amount(match: re.Match[str]) -> str:
    kind = "sum" if match["sum"] else "bare"
    whole = match[kind].replace(" ", "").replace(".", "").lstrip("0") or "0"
    return f"{whole}.{(match[f'{kind}_cents'] or '').ljust(2, '0')}"


def _rate(match: re.Match[str]) -> str:
    whole, _, decimals = match[1].partition(",")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def _articles(text: str) -> Iterator[str]:
    """Articles after the word, listed or alone, then those that only their book announces."""
    left: list[str] = []
    done = 0
    for word in _ARTICLE_WORD.finditer(text):
        at = word.end()
        while at >= done and (found := _ARTICLE.match(text, at)) is not None:
            yield f"{found['book'] or ''}{found['number']}"
            left.append(text[done : word.start()])
            done = found.end()
            following = _ARTICLE_NEXT.match(text, done)
            if following is None:
                break
            at = following.end()
    left.append(text[done:])
    for found in _ARTICLE_ALONE.finditer("\n".join(left)):
        yield f"{found['book']}{found['number']}"


def _names(text: str, names: Iterable[str]) -> Counter[Figure]:
    found: Counter[Figure] = Counter()
    folded, known = text.casefold(), set[str]()
    for name in names:
        flat = " ".join(name.split())
        if flat and (count := folded.count(flat.casefold())):
            found[Figure("name", flat)] += count
            known.add(flat.casefold())
    for match in _PERSON.finditer(text):
        if not any(match[1].casefold() in name or name in match[1].casefold() for name in known):
            found[Figure("name", match[1])] += 1
    return found


_READERS: Final[Sequence[tuple[FigureType, re.Pattern[str], _Reader]]] = (
    ("iban", _IBAN, lambda match: match.group().replace(" ", "")),
    ("date", _DATE, _date),
    ("rate", _RATE, _rate),
    ("amount", _AMOUNT, _amount),
)
_TYPES: Final = ("amount", "date", "name", "iban", "article", "rate")
