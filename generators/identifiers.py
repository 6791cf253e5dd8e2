"""Fields for numbers and codes that somebody assigned: each is checked by its own rule.

Blanks that people type between groups are taken out; what is kept is the bare number. A refusal
never repeats the number: it goes into answers and logs.
"""

from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Final

import stdnum.eu.vat
import stdnum.fr.siren
import stdnum.fr.siret
import stdnum.fr.tva
import stdnum.iban
from stdnum.exceptions import ValidationError as NumberInvalid

from generators.codes import COUNTRIES, COUNTRIES_OF_THE_UNION, CURRENCIES
from generators.faults import Message
from generators.schema_base import Fact

_BLANKS: Final = re.compile(r"[\s.\-\u2010-\u2015]+")
_VAT_PREFIXES: Final = frozenset((COUNTRIES_OF_THE_UNION - {"FR", "GR"}) | {"EL", "XI"})
"""Greece and Northern Ireland have prefixes of their own; France has its own rule."""
_FRENCH_BANKS: Final = ("FR", "MC")
_MOST: Final = 64
_MOST_EMAIL: Final = 254


class Identifier(Fact[str]):
    """A number or code that is right or wrong in itself."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "minLength": 1}
    messages: ClassVar[Mapping[str, Message]] = {
        "type": Message("wrong-type", "A text is needed."),
    }

    def read(self, value: Any) -> str:
        """The bare number."""
        if not isinstance(value, str):
            raise self.make_error("type")
        bare = self.bare(value) if len(value) <= _MOST else ""
        if not (bare.isascii() and self.is_valid(bare)):
            raise self.make_error("invalid")
        return bare

    def bare(self, value: str) -> str:
        """The number without what people type for reading."""
        return _BLANKS.sub("", value).upper()

    @abstractmethod
    def is_valid(self, bare: str) -> bool:
        """Whether the bare number is one."""


class Siren(Identifier):
    """Number of a French firm: nine digits, the last of which follows from the others (Luhn).

    Sources:
        Art. R123-221 C. com.; ISO/IEC 7812-1 annex B (the check digit).
    """

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": r"^\d{9}$"}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message("invalid-siren", "This is no SIREN: nine digits, with a check digit."),
    }

    def is_valid(self, bare: str) -> bool:
        """Nine digits that are not all nought, with a right check digit."""
        return bare.strip("0") != "" and bool(stdnum.fr.siren.is_valid(bare))


class Siret(Identifier):
    """Number of an establishment: the firm's SIREN and five digits.

    Those of La Poste other than its seat are checked otherwise: the sum of the digits is a
    multiple of five.
    """

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": r"^\d{14}$"}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message("invalid-siret", "This is no SIRET: fourteen digits, with check digits.")
    }

    def is_valid(self, bare: str) -> bool:
        """Fourteen digits with right check digits, of a firm that may be."""
        return bare[:9].strip("0") != "" and bool(stdnum.fr.siret.is_valid(bare))


class VatNumber(Identifier):
    """VAT number of a member state of the European Union, with its prefix."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": "^[A-Z]{2}[0-9A-Z+*]{2,13}$"}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message(
            "invalid-vat-number",
            "This is no VAT number: FR, a key that follows from the SIREN, the SIREN; "
            "or the number of another member state, with its prefix.",
        ),
    }

    def is_valid(self, bare: str) -> bool:
        """Whether prefix, shape and key are right."""
        if bare.startswith("FR"):
            return bool(stdnum.fr.tva.is_valid(bare[2:]))
        return bare[:2] in _VAT_PREFIXES and bool(stdnum.eu.vat.is_valid(bare))


class Iban(Identifier):
    """Number of a bank account: length of its country, key modulo 97, and the French RIB key."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": "^[A-Z]{2}[0-9]{2}[0-9A-Z]+$"}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message("invalid-iban", "This is no IBAN: its length or a key is wrong."),
    }

    def is_valid(self, bare: str) -> bool:
        """Whether country, length and keys are right."""
        try:
            stdnum.iban.validate(bare)
        except NumberInvalid:
            return False
        return bare[:2] not in _FRENCH_BANKS or _has_rib_key(bare[4:])


class Bic(Identifier):
    """Code of a bank (ISO 9362): eight or eleven characters, the fifth and sixth its country."""

    json: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "pattern": "^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$",
    }
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message("invalid-bic", "This is no BIC: eight or eleven letters and digits."),
    }
    _shape: ClassVar[re.Pattern[str]] = re.compile(json["pattern"])

    def is_valid(self, bare: str) -> bool:
        """Whether shape and country are right."""
        is_known = bare[4:6] in COUNTRIES or bare[4:6] == "XK"
        return bool(self._shape.fullmatch(bare)) and is_known


class Country(Identifier):
    """Country, by its two letters in ISO 3166-1."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": "^[A-Z]{2}$"}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message("invalid-country", "This is no country code of ISO 3166-1."),
    }

    def is_valid(self, bare: str) -> bool:
        """Whether the code is assigned."""
        return bare in COUNTRIES


class Currency(Identifier):
    """Currency, by its three letters in ISO 4217."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": "^[A-Z]{3}$"}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message("invalid-currency", "This is no currency code of ISO 4217."),
    }

    def is_valid(self, bare: str) -> bool:
        """Whether the code is in use."""
        return bare in CURRENCIES


class InseeCode(Identifier):
    """Code of a French *commune*: not its postcode."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": r"^(\d{2}|2[AB])\d{3}$"}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message("invalid-insee-code", "This is no INSEE code: five characters."),
    }
    _shape: ClassVar[re.Pattern[str]] = re.compile(json["pattern"])

    def is_valid(self, bare: str) -> bool:
        """Whether the shape is right."""
        return bool(self._shape.fullmatch(bare))


class Email(Identifier):
    """An address of electronic mail; what stands before the ``@`` is kept as typed."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "email", "maxLength": 254}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message("invalid-email", "This is no e-mail address."),
    }
    _shape: ClassVar[re.Pattern[str]] = re.compile(
        r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*"
        r"@([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]([\w-]{0,61}[^\W_])?"
    )

    def read(self, value: Any) -> str:
        """The address without blanks around it."""
        if not isinstance(value, str):
            raise self.make_error("type")
        address = unicodedata.normalize("NFC", value.strip()) if len(value) <= _MOST_EMAIL else ""
        if not self.is_valid(address):
            raise self.make_error("invalid")
        return address

    def is_valid(self, bare: str) -> bool:
        """Whether the shape is right; only a letter tells whether someone reads it."""
        return bool(self._shape.fullmatch(bare))


class Phone(Identifier):
    """A telephone number, kept as typed."""

    json: ClassVar[Mapping[str, Any]] = {"type": "string", "maxLength": 32}
    messages: ClassVar[Mapping[str, Message]] = {
        "invalid": Message(
            "invalid-phone", "This is no telephone number: six to fifteen digits, after + or not."
        ),
    }
    _shape: ClassVar[re.Pattern[str]] = re.compile(
        r"\+?(?=(?:[^0-9]*[0-9]){6,15}[^0-9]*$)[0-9(][0-9 \u00a0\u202f.()/\-]{4,30}"
    )

    def read(self, value: Any) -> str:
        """The number without blanks around it."""
        if not isinstance(value, str):
            raise self.make_error("type")
        number = value.strip() if len(value) <= _MOST else ""
        if not self.is_valid(number):
            raise self.make_error("invalid")
        return number

    def is_valid(self, bare: str) -> bool:
        """Whether it could be dialled (E.164)."""
        return bool(self._shape.fullmatch(bare))


def _has_rib_key(account: str) -> bool:
    """Whether the last two digits of a French account number follow from the others.

    Sources:
        Règle du relevé d'identité bancaire (CFONB): letters count as digits, in rows of nine.
    """
    digits = "".join(_RIB_DIGITS.get(character, character) for character in account[:-2])
    return account[-2:].isdecimal() and 97 - int(digits) * 100 % 97 == int(account[-2:])


_RIB_DIGITS: Final = dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789", strict=True)
)
