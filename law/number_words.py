"""Whole numbers and sums in French words, in traditional or 1990 spelling, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

Spelling = Literal["traditional", "1990"]

# fmt: off
_UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)
# fmt: on
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
_NOUNS = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))
_CURRENCIES = {"EUR": ("euro", "centime")}
MOST = 10**15 - 1


def integer_in_words(value: int, spelling: Spelling = "traditional") -> str:
    """A whole number from 0 to 999 billions in words.

    >>> integer_in_words(80), integer_in_words(280_000), integer_in_words(80_000_000)
    ('quatre-vingts', 'deux cent quatre-vingt mille', 'quatre-vingts millions')
    >>> integer_in_words(171), integer_in_words(171, "1990")
    ('cent soixante et onze', 'cent-soixante-et-onze')

    Raises:
        ValueError: the number is negative or too large.
    """
    if not 0 <= value <= MOST:
        raise ValueError(f"{value} is not between 0 and {MOST}")
    words = _words(value)
    return words.replace(" ", "-") if spelling == "1990" else words


def integer_from_words(text: str) -> int | None:
    """The whole number that words state in either spelling, or None when they state none.

    >>> integer_from_words("quatre-vingts"), integer_from_words("un un")
    (80, None)
    """
    return _integer([word for word in _tokens(text) or () if word != "et"])


def ordinal_in_words(
    value: int, spelling: Spelling = "traditional", *, is_feminine: bool = False
) -> str:
    """An ordinal in words.

    >>> ordinal_in_words(1), ordinal_in_words(1, is_feminine=True), ordinal_in_words(21)
    ('premier', 'première', 'vingt et unième')
    >>> ordinal_in_words(5), ordinal_in_words(9), ordinal_in_words(80), ordinal_in_words(200)
    ('cinquième', 'neuvième', 'quatre-vingtième', 'deux centième')

    Raises:
        ValueError: the number is below 1 or too large.
    """
    if value < 1:
        raise ValueError(f"{value} has no ordinal")
    if value == 1:
        return "première" if is_feminine else "premier"
    words = integer_in_words(value, spelling)
    if words.endswith(("cents", "vingts", "millions", "milliards", "billions")):
        words = words[:-1]
    if words.endswith("neuf"):
        words = words[:-1] + "v"
    elif words.endswith("cinq"):
        words += "u"
    return f"{words.removesuffix('e')}ième"


def amount_in_words(cents: int, currency: str = "EUR", spelling: Spelling = "traditional") -> str:
    """A sum in words, as on a cheque or an acknowledgment of debt (art. 1376 C. civ.).

    >>> amount_in_words(186420)
    'mille huit cent soixante-quatre euros et vingt centimes'
    >>> amount_in_words(100_000_000), amount_in_words(1), amount_in_words(100)
    ("un million d'euros", 'un centime', 'un euro')

    Raises:
        ValueError: the sum is negative or too large, or the currency has no French name here.
    """
    if currency not in _CURRENCIES:
        raise ValueError(f"no French name is known for the currency {currency!r}")
    unit, hundredth = _CURRENCIES[currency]
    whole, rest = divmod(cents, 100)
    parts = []
    if whole or not rest:
        # « un million d'euros », mais « un million deux cent mille euros »
        of = "d'" if whole and whole % 10**6 == 0 else ""
        parts.append(f"{integer_in_words(whole, spelling)} {of}{unit}{'s' if whole > 1 else ''}")
    if rest:
        parts.append(f"{integer_in_words(rest, spelling)} {hundredth}{'s' if rest > 1 else ''}")
    return " et ".join(parts)


def _words(value: int) -> str:
    for size, noun in _NOUNS:
        if value >= size:
            many, rest = divmod(value, size)
            head = f"{_words(many)} {noun}{'s' if many > 1 else ''}"
            return f"{head} {_words(rest)}" if rest else head
    thousands, rest = divmod(value, 1000)
    if thousands == 0:
        return _below_thousand(rest)
    # `mille` never varies, and takes no « un »; before it, vingt and cent stay without s.
    head = "mille" if thousands == 1 else f"{_below_thousand(thousands, last=False)} mille"
    return f"{head} {_below_thousand(rest)}" if rest else head


def _below_thousand(value: int, *, last: bool = True) -> str:
    hundreds, rest = divmod(value, 100)
    if hundreds == 0:
        return _below_hundred(rest, last=last)
    head = "cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent"
    if rest:
        return f"{head} {_below_hundred(rest, last=last)}"
    return f"{head}s" if hundreds > 1 and last else head


def _below_hundred(value: int, *, last: bool) -> str:
    if value < len(_UNITS):
        return _UNITS[value]
    ten, unit = divmod(value, 10)
    if ten in {7, 9}:  # soixante-dix, quatre-vingt-dix
        ten, unit = ten - 1, unit + 10
    tens = _TENS[ten]
    if unit == 0:
        return f"{tens}s" if ten == 8 and last else tens  # noqa: PLR2004 - quatre-vingts
    if unit in {1, 11} and ten != 8:  # noqa: PLR2004 - quatre-vingt-un has no « et »
        return f"{tens} et {_UNITS[unit]}"
    return f"{tens}-{_UNITS[unit]}"


_VALUES = {word.replace("é", "e"): at for at, word in enumerate(_UNITS[:17])} | {
    "une": 1,
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
}
_HUNDREDTHS = frozenset({"centime", "centimes", "cent", "cents"})
_ACCENTS = frozenset("\u0300\u0301\u0302\u0308\u0327")
_SCALES = {"mille": 10**3, "mil": 10**3, "million": 10**6, "milliard": 10**9, "billion": 10**12}


def cents_from_words(text: str) -> int | None:
    """The sum that words state, in cents, or None when they cannot be read with certainty.

    Both spellings are read, with or without hyphens, capitals and accents; a number after the
    currency counts cents.

    >>> cents_from_words("Mille-huit-cent-soixante-quatre euros et vingt centimes")
    186420
    >>> cents_from_words("environ mille euros") is None
    True
    """
    tokens = [token for token in _tokens(text) or () if token not in {"et", "d"}]
    if "euro" in tokens or "euros" in tokens:
        at = next(at for at, token in enumerate(tokens) if token in {"euro", "euros"})
        whole, rest = tokens[:at], tokens[at + 1 :]
    elif tokens and tokens[-1] in {"centime", "centimes"}:
        whole, rest = ["zero"], tokens
    else:
        return None
    hundredth = rest[:-1] if rest and rest[-1] in _HUNDREDTHS else rest
    units, hundredths = _integer(whole), _integer(hundredth) if rest else 0
    if units is None or hundredths is None or hundredths > 99:  # noqa: PLR2004
        return None
    return units * 100 + hundredths


def _tokens(text: str) -> list[str] | None:
    """The words of a text, or None when it holds figures or letters that are not French."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c not in _ACCENTS)
    if any(c.isalnum() and not "a" <= c <= "z" for c in bare):
        return None
    return [token for token in re.split(r"[^a-z]+", bare) if token]


def _integer(tokens: Sequence[str]) -> int | None:
    """The number whose words, written again, are these; anything else is not a number."""
    total = group = 0
    for token in tokens:
        scale = _SCALES.get(token) or _SCALES.get(token.removesuffix("s"))
        if scale:
            total, group = total + (group or 1) * scale, 0
        elif token in {"cent", "cents"}:
            group = (group or 1) * 100
        elif token in {"vingt", "vingts"} and group % 100 == 4:  # noqa: PLR2004 - quatre-vingt
            group += 76
        elif token in _VALUES:
            group += _VALUES[token]
        else:
            return None
    value = total + group
    if not tokens or value > MOST:
        return None
    written = re.split(r"[ -]", _words(value))
    same = [word for word in written if word != "et"]
    return value if [_stem(t) for t in tokens] == [_stem(word) for word in same] else None


def _stem(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return {"cents": "cent", "vingts": "vingt", "une": "un", "mil": "mille"}.get(
        bare, bare.removesuffix("s") if bare.startswith(("mill", "bill")) else bare
    )
