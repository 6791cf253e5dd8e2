"""The persons of a case: who they are, where they are, what proceedings are open against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Final

from generators.faults import Contradiction, Message
from generators.fields import (
    Bic,
    Cents,
    Choice,
    CivilDate,
    Country,
    Currency,
    Email,
    FactsSchema,
    Flag,
    Iban,
    InseeCode,
    One,
    Phone,
    Siren,
    Siret,
    Text,
    TextList,
    VatNumber,
    choices,
)
from generators.schema_base import Reading
from law.case import (
    Activity,
    Address,
    Insolvency,
    InsolvencyType,
    LegalRepresentative,
    Party,
    PartyType,
    Representative,
    RepresentativeRole,
    ShareCapital,
)

_FRENCH_POSTAL_CODE: Final = re.compile(r"[0-9]{5}")
_OF_INDIVIDUALS: Final = (
    "civility",
    "first_name",
    "last_name",
    "birth_date",
    "birth_place",
    "nationality",
    "occupation",
    "over_indebtedness",
)


class AddressSchema(FactsSchema):
    """A postal address."""

    makes: ClassVar[Any] = Address

    lines = TextList(
        Text(most=100),
        "Lines above postcode and town.",
        least=1,
        most=4,
        required=True,
        example=["14 rue de la Gare Imaginaire"],
    )
    postal_code = Text("Postcode; five digits in France.", most=16, required=True, example="63000")
    city = Text("Town.", most=100, required=True, example="Clermont-Ferrand")
    country = Country("Country (ISO 3166-1), FR unless said.", example="FR", default="FR")
    insee_code = InseeCode("INSEE code of the *commune*.", example="63113")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """A French postcode has five digits; only a French town has an INSEE code."""
        country = reading.get("country") if reading.given.get("country") else "FR"
        if country == "FR":
            code = reading.get("postal_code")
            if code is not None and not _FRENCH_POSTAL_CODE.fullmatch(code):
                text = "A French postcode has five digits."
                yield ("postal_code",), Message("invalid-postal-code", text)
        elif country is not None:
            yield from reading.not_applicable("insee_code", why="for a town outside France")


class ShareCapitalSchema(FactsSchema):
    """The *capital social*."""

    makes: ClassVar[Any] = ShareCapital

    amount = Cents("Amount.", attribute="amount_cents", required=True, example="15000.00")
    currency = Currency("Currency (ISO 4217), EUR unless said.", example="EUR", default="EUR")


class LegalRepresentativeSchema(FactsSchema):
    """The natural person through whom a company or public body acts."""

    makes: ClassVar[Any] = LegalRepresentative

    name = Text("Name, with civility.", most=200, required=True, example="Mme Odile Exemple")
    capacity = Text("Capacity.", most=200, example="gérante")


class InsolvencySchema(FactsSchema):
    """Open insolvency proceedings (*procédure collective*)."""

    makes: ClassVar[Any] = Insolvency

    type = Choice(choices(InsolvencyType), "Kind of proceedings.", required=True)
    opened_on = CivilDate("Day of the opening judgment.", required=True, example="2026-03-02")
    court = Text("Court.", most=200)
    officer = Text("*Mandataire* or *liquidateur* to whom claims are declared.", most=300)


class OverIndebtednessSchema(FactsSchema):
    """A person's file of over-indebtedness (*surendettement*)."""

    admitted_on = CivilDate(
        "Day on which the file was found admissible.", required=True, example="2026-03-02"
    )

    def make(self, data: Mapping[str, Any]) -> Any:
        """The day alone is the fact."""
        return data["admitted_on"]

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """The day is the object it is written from."""
        return obj if isinstance(obj, date) else super().get_attribute(obj, attr, default)


class PartySchema(FactsSchema):
    """A person of the case: a company, a public body, an individual."""

    makes: ClassVar[Any] = Party

    type = Choice(choices(PartyType), "What the party is.", required=True)
    address = One(AddressSchema, "Registered office, or home.", required=True)
    name = Text("Name of a company or public body.", most=200, example="Menuiserie Exemple SARL")
    civility = Choice(("M.", "Mme"), "Civility of an individual.")
    first_name = Text("First name of an individual.", most=100)
    last_name = Text("Last name of an individual.", most=100)
    birth_date = CivilDate("Day of birth of an individual.")
    birth_place = Text("Place of birth of an individual.", most=100)
    nationality = Text("Nationality of an individual, as printed.", most=100)
    occupation = Text("Occupation of an individual.", most=200)
    acts_as_professional = Flag(
        "Whether an individual acts for business; companies and public bodies always do."
    )
    activity = Choice(
        choices(Activity), "Nature of the activity, where the legal form does not tell it."
    )
    legal_form = Text("Legal form.", most=100, example="SARL")
    share_capital = One(ShareCapitalSchema, "Share capital.")
    siren = Siren("SIREN.", example="812345676")
    siret = Siret("SIRET of the establishment.", example="81234567600017")
    rcs_city = Text("Town of the register of commerce.", most=100, example="Clermont-Ferrand")
    vat_number = VatNumber("VAT number.", example="FR19812345676")
    legal_representative = One(LegalRepresentativeSchema, "Who acts for the party.")
    email = Email("E-mail.", example="compta@menuiserie-exemple.example")
    phone = Phone("Telephone.", example="04 65 71 10 10")
    iban = Iban("Bank account (IBAN).", example="FR7630006000011000000000102")
    bic = Bic("Bank (BIC).", example="EXMPFRPPXXX")
    insolvency = One(InsolvencySchema, "Open insolvency proceedings.")
    over_indebtedness = One(
        OverIndebtednessSchema,
        "Admission of an individual to over-indebtedness proceedings.",
        attribute="over_indebtedness_admitted_on",
    )
    electronic_registered_consent_on = CivilDate(
        "Day on which a non-professional agreed to electronic registered letters."
    )

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Names fit the type, numbers fit each other."""
        kind = reading.get("type")
        if kind == "individual":
            yield from reading.needed("first_name", "last_name", why="for an individual")
            yield from reading.not_applicable("name", why="for an individual")
        elif kind is not None:
            yield from reading.needed("name", why="for a company or public body")
            yield from reading.not_applicable(*_OF_INDIVIDUALS, why="for a company or public body")
            if reading.get("acts_as_professional") is False:
                text = "Companies and public bodies are professionals."
                yield ("acts_as_professional",), Message("not-applicable", text)
        yield from _numbers_of_another(reading)


def _numbers_of_another(reading: Reading) -> Iterator[Contradiction]:
    siren, siret, vat = reading.get("siren", "siret", "vat_number")
    if siren is None:
        return
    if siret is not None and not siret.startswith(siren):
        text = "A SIRET begins with the SIREN of its firm."
        yield ("siret",), Message("siret-not-of-siren", text)
    if vat is not None and vat.startswith("FR") and not vat.endswith(siren):
        text = "A French VAT number ends with the SIREN of its firm."
        yield ("vat_number",), Message("vat-number-not-of-siren", text)


class RepresentativeSchema(FactsSchema):
    """Who acts for the creditor."""

    makes: ClassVar[Any] = Representative

    role = Choice(choices(RepresentativeRole), "In what role.", required=True)
    party = One(PartySchema, "Who it is.", required=True)
    mandate_date = CivilDate("Day of the mandate.", attribute="mandate_on", example="2026-03-01")
    bar = Text("Bar of a lawyer.", most=100, example="Lyon")

    def contradictions(self, reading: Reading) -> Iterator[Contradiction]:
        """Only a lawyer belongs to a bar."""
        if reading.get("role") not in {None, "lawyer"}:
            yield from reading.not_applicable("bar", why="for anyone but a lawyer")
