"""What a letter has because of who writes it, printed from `generators.representatives`."""

from __future__ import annotations

from templates.builder.blocks import Block, body, each, lead, paragraph, quote, when


def representative_opening() -> Block:
    """Who writes, for whom, in what quality; the agency's first letter, when it is recalled."""
    return each("text", "representative.opening", body("{{ text }}"))


def representative_mentions() -> Block:
    """What the rules of whoever writes ask for, and the texts of law word for word."""
    return "".join(
        (
            each("text", "representative.mentions", body("{{ text }}")),
            when(
                "representative.quotations",
                lead("{{ representative.quoted }}"),
                each("text", "representative.quotations", quote("« {{ text }} »")),
            ),
        )
    )


def personal_data(*, after: int = 60) -> Block:
    """What a person is told of data that come from the creditor, at the first letter."""
    spacing = f'<w:spacing w:before="240" w:after="{after}"/>'
    return when(
        "representative.data", paragraph("Note", "{{ representative.data }}", spacing=spacing)
    )


def payment_through() -> Block:
    """What to know of a payment that passes by a representative, under the account to pay."""
    return when("payment.through", body("{{ payment.through }}"))
