"""Numbers and codes that somebody assigned are checked by the rule of each."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from generators.codes import COUNTRIES, COUNTRIES_OF_THE_UNION, CURRENCIES
from generators.faults import Message
from generators.fields import (
    Bic,
    Country,
    Currency,
    Email,
    Iban,
    Identifier,
    InseeCode,
    Phone,
    Siren,
    Siret,
    VatNumber,
)

FIELDS: list[Identifier] = [
    Bic(), Country(), Currency(), Email(), Iban(), InseeCode(), Phone(), Siren(), Siret(),
    VatNumber(),
]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        pytest.param(Siren(), "812345676", "812345676", id="SIREN"),
        pytest.param(Siren(), "812 345\u00a0676", "812345676", id="SIREN in groups"),
        pytest.param(Siren(), "356000000", "356000000", id="SIREN of La Poste"),
        pytest.param(Siret(), "812 345 676 00017", "81234567600017", id="SIRET in groups"),
        pytest.param(Siret(), "35600000000048", "35600000000048", id="seat of La Poste (Luhn)"),
        pytest.param(Siret(), "35600000000001", "35600000000001", id="La Poste (sum is 15)"),
        pytest.param(VatNumber(), "FR 19 812345676", "FR19812345676", id="FR, key of digits"),
        pytest.param(VatNumber(), "FRK7399859412", "FRK7399859412", id="FR, key of letters"),
        pytest.param(VatNumber(), "de136695976", "DE136695976", id="DE"),
        pytest.param(VatNumber(), "EL094259216", "EL094259216", id="Greece, prefix EL"),
        pytest.param(
            Iban(), "fr76 3000 6000 0110 0000 0000 102", "FR7630006000011000000000102", id="FR"
        ),
        pytest.param(
            Iban(), "FR1420041010050500013M02606", "FR1420041010050500013M02606", id="letter in it"
        ),
        pytest.param(Iban(), "DE89370400440532013000", "DE89370400440532013000", id="DE IBAN"),
        pytest.param(Bic(), "exmpfrppxxx", "EXMPFRPPXXX", id="BIC of 11"),
        pytest.param(Bic(), "EXMPFRPP", "EXMPFRPP", id="BIC of 8"),
        pytest.param(Country(), "fr", "FR", id="country"),
        pytest.param(Currency(), "EUR", "EUR", id="currency"),
        pytest.param(InseeCode(), "2A004", "2A004", id="Corsica"),
        pytest.param(InseeCode(), "63113", "63113", id="INSEE"),
        pytest.param(Email(), " Compta@Exemple.example ", "Compta@Exemple.example", id="e-mail"),
        pytest.param(Email(), "a.b+c@sous.élan.fr", "a.b+c@sous.élan.fr", id="accent in domain"),
        pytest.param(Phone(), " 04 65 71 10 10 ", "04 65 71 10 10", id="telephone"),
        pytest.param(Phone(), "+33 (0)4.65.71.10.10", "+33 (0)4.65.71.10.10", id="abroad"),
    ],
)
def test_a_right_number_is_kept_bare(field: Identifier, typed: str, kept: str) -> None:
    assert field.read(typed) == kept
    assert field.read(kept) == kept


@pytest.mark.parametrize(
    ("field", "wrong", "code"),
    [
        pytest.param(Siren(), "812345677", "invalid-siren", id="Luhn"),
        pytest.param(Siren(), "81234567", "invalid-siren", id="eight digits"),
        pytest.param(Siren(), "000000000", "invalid-siren", id="noughts pass Luhn"),
        pytest.param(Siren(), "81234567A", "invalid-siren", id="letter"),
        pytest.param(Siren(), "٨١٢٣٤٥٦٧٦", "invalid-siren", id="digits of another script"),
        pytest.param(Siren(), "", "invalid-siren", id="nothing"),
        pytest.param(Siret(), "81234567600018", "invalid-siret", id="Luhn of SIRET"),
        pytest.param(Siret(), "81234567700006", "invalid-siret", id="SIREN within is wrong"),
        pytest.param(Siret(), "35600000000012", "invalid-siret", id="La Poste (sum is 17)"),
        pytest.param(Siret(), "812345676", "invalid-siret", id="a SIREN is no SIRET"),
        pytest.param(VatNumber(), "FR20812345676", "invalid-vat-number", id="key"),
        pytest.param(VatNumber(), "19812345676", "invalid-vat-number", id="no prefix"),
        pytest.param(VatNumber(), "FR19812345677", "invalid-vat-number", id="SIREN within"),
        pytest.param(VatNumber(), "US123456789", "invalid-vat-number", id="not of the Union"),
        pytest.param(VatNumber(), "DE136695977", "invalid-vat-number", id="DE key"),
        pytest.param(Iban(), "FR7730006000011000000000102", "invalid-iban", id="mod 97"),
        pytest.param(Iban(), "FR763000600001100000000010", "invalid-iban", id="length"),
        pytest.param(Iban(), "FR2230006000011000000000104", "invalid-iban", id="key of RIB"),
        pytest.param(Iban(), "ZZ7630006000011000000000102", "invalid-iban", id="no country"),
        pytest.param(Bic(), "EXMPFRP", "invalid-bic", id="seven characters"),
        pytest.param(Bic(), "EXMPZZPP", "invalid-bic", id="BIC of no country"),
        pytest.param(Country(), "FRA", "invalid-country", id="three letters"),
        pytest.param(Country(), "UK", "invalid-country", id="reserved, not assigned"),
        pytest.param(Currency(), "FRF", "invalid-currency", id="francs are gone"),
        pytest.param(Currency(), "€", "invalid-currency", id="a sign"),
        pytest.param(InseeCode(), "2C004", "invalid-insee-code", id="no such département"),
        pytest.param(InseeCode(), "6311", "invalid-insee-code", id="four digits"),
        pytest.param(Email(), "compta", "invalid-email", id="no at"),
        pytest.param(Email(), "a@b", "invalid-email", id="no domain"),
        pytest.param(Email(), "a b@exemple.fr", "invalid-email", id="blank within"),
        pytest.param(
            Email(), "a@exemple.fr\nBcc: x@y.fr", "invalid-email", id="a header slipped in"
        ),
        pytest.param(Email(), "a\u202e@exemple.fr", "invalid-email", id="order of reading"),
        pytest.param(Email(), f"{'a' * 250}@b.fr", "invalid-email", id="too long"),
        pytest.param(Phone(), "04 65", "invalid-phone", id="too few digits"),
        pytest.param(Phone(), "0465711010046571", "invalid-phone", id="too many digits"),
        pytest.param(Phone(), "appelez-moi", "invalid-phone", id="words"),
        pytest.param(Phone(), "04 65 71 10 10\u202e", "invalid-phone", id="control"),
    ],
)
def test_a_wrong_number_is_refused_and_not_repeated(
    field: Identifier, wrong: str, code: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        field.read(wrong)
    (message,) = caught.value.messages
    assert isinstance(message, Message)
    assert message.code == code
    assert not wrong or wrong not in message


def test_the_account_refused_for_its_rib_key_has_a_right_iban_key() -> None:
    """So that it is the key of the RIB that refuses it: 02 is the right one, not 04."""
    letters = {"F": "15", "R": "27"}
    assert int("30006000011000000000104" + letters["F"] + letters["R"] + "22") % 97 == 1


@given(st.text(max_size=80), st.sampled_from(["", "FR", "FR76", "MC", "BG", "ES", "NL", "XX"]))
def test_no_text_breaks_an_identifier(text: str, prefix: str) -> None:
    for field in FIELDS:
        try:
            kept = field.read(prefix + text)
        except ValidationError:
            continue
        assert field.read(kept) == kept


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
@pytest.mark.parametrize("value", [1, 812345676, True, [], {}])
def test_a_number_is_no_text(field: Identifier, value: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        field.read(value)
    (message,) = caught.value.messages
    assert message.code == "wrong-type"


def test_countries_are_those_of_iso_3166() -> None:
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    assert {line.split("\t")[0] for line in lines} == COUNTRIES


def test_the_union_has_27_members_and_currencies_have_three_letters() -> None:
    assert len(COUNTRIES_OF_THE_UNION) == 27
    assert COUNTRIES_OF_THE_UNION < COUNTRIES
    assert {"EUR", "CHF", "GBP", "USD", "XPF"} < CURRENCIES
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)
