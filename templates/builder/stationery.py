"""What every letter has around its text, printed from the values of `generators.letters`.

=============== ===============================================================
values          made by
=============== ===============================================================
``sender``      `generators.letters.sender`
``recipient``   `generators.letters.recipient`
``letter``      `generators.letters.letter_values`
``payment``     `generators.letters.payment_values`
``signatory``   `generators.letters.signatory`
``enclosures``  `generators.letters.enclosure_lines`
=============== ===============================================================
"""

from __future__ import annotations

from typing import Final

from templates.builder.blocks import (
    Block,
    body,
    each,
    fixed_table,
    heading,
    lead,
    paragraph,
    when,
)
from templates.builder.package import word_file
from templates.builder.styles import TEXT_WIDTH

LETTER_HEADER: Final = ("{{ letter.continuation }}", "{{ letter.reference }}")
LETTER_FOOTER: Final = "{{ letter.footer }}"
# Where things stand on a sheet folded in three for a DL envelope, 220 mm by 110, whose window of
# 100 mm by 35 lies 20 mm from its right and its lower edge. The sheet has 10 mm of play to the side
# and 11 in height: the window may show 90 to 200 mm by 44 to 90, so that nothing but the recipient
# stands there, and shows at least 100 to 190 by 55 to 79. The frames touch, or else text would run
# between them.
_SENDER_FRAME: Final = (
    '<w:framePr w:w="9354" w:h="2438" w:hRule="atLeast" w:wrap="notBeside" w:vAnchor="page"'
    ' w:hAnchor="page" w:x="1417" w:y="680"/>'
)
_WINDOW_FRAME: Final = (
    '<w:framePr w:w="4535" w:h="1871" w:hRule="exact" w:wrap="notBeside" w:vAnchor="page"'
    ' w:hAnchor="page" w:x="6236" w:y="3118"/>'
)
_APART: Final = '<w:spacing w:before="160" w:after="0"/>'
_ROOM_TO_SIGN: Final = '<w:spacing w:before="0" w:after="1134"/>'
AFTER_LIST: Final = '<w:p><w:pPr><w:pStyle w:val="ApresTableau"/></w:pPr></w:p>'


def letter(title: str, *blocks: Block) -> bytes:
    """A letter: the sheet with sender, address and subject, then the blocks given."""
    return word_file(title, letterhead(), *blocks, header=LETTER_HEADER, footer=LETTER_FOOTER)


def letterhead() -> Block:
    """From the sender to the salutation."""
    return "".join(
        (
            sender_block(),
            recipient_block(),
            place_and_date(),
            delivery_line(),
            reference_lines(),
            subject_line(),
            body("{{ letter.salutation }}"),
        )
    )


def sender_block() -> Block:
    """Who writes, above the window of the envelope."""
    return paragraph("ExpediteurNom", "{{ sender.name }}", frame=_SENDER_FRAME) + each(
        "line", "sender.lines", paragraph("Expediteur", "{{ line }}", frame=_SENDER_FRAME)
    )


def recipient_block() -> Block:
    """To whom, in the window of the envelope."""
    return each(
        "line", "recipient.lines", paragraph("Destinataire", "{{ line }}", frame=_WINDOW_FRAME)
    )


def place_and_date() -> Block:
    """Where and when."""
    return paragraph("LieuDate", "{{ letter.place_and_date }}")


def delivery_line() -> Block:
    """How the letter is sent, when it is said."""
    return when("letter.delivery", paragraph("Envoi", "{{ letter.delivery }}"))


def reference_lines() -> Block:
    """The file, and the person when the window has no room for the name."""
    return paragraph("Reference", "Nos références : {{ letter.reference }}") + when(
        "recipient.attention", paragraph("Reference", "À l'attention de {{ recipient.attention }}")
    )


def subject_line() -> Block:
    """The subject, which is the heading of the letter."""
    return paragraph("Heading1", "Objet : {{ letter.subject }}")


def note_paragraph() -> Block:
    """The free paragraph of the sender, where there is one."""
    return when("letter.note", body("{{ letter.note }}"))


def payment_means(title: str = "Règlement") -> Block:
    """How to pay: by transfer when there is an account, else by cheque."""
    return heading(title) + when(
        "payment.iban",
        lead(
            "Votre règlement est à effectuer par virement, en rappelant la référence ci-dessous :"
        ),
        payment_line("Bénéficiaire", "{{ payment.payee }}"),
        payment_line("IBAN", "{{ payment.iban }}"),
        when("payment.bic", payment_line("BIC", "{{ payment.bic }}")),
        payment_line("Référence", "{{ payment.reference }}"),
        AFTER_LIST,
        otherwise=(
            body(
                "Votre règlement est à effectuer par chèque à l'ordre **{{ payment.order }}**,"
                " envoyé à l'adresse figurant en tête de la présente, en rappelant la référence"
                " **{{ payment.reference }}**."
            ),
        ),
    )


def payment_line(label: str, value: str) -> Block:
    """A line of what to write on a transfer."""
    return paragraph("Paiement", f"{label} :\t**{value}**")


def closing(formula: str = "Nous vous prions d'agréer, {{ letter.salutation }}"
            " nos salutations distinguées.") -> Block:  # fmt: skip
    """The formula of courtesy, on the page of the signature."""
    return lead(formula)


def signature(number: int = 1) -> Block:
    """Who signs, with room for the signature, where a bookmark tells signing software to put it."""
    return "".join(
        (
            when(
                "signatory.on_behalf_of",
                paragraph("Signature", "Pour {{ signatory.on_behalf_of }}", spacing=_APART),
            ),
            f'<w:bookmarkStart w:id="{number}" w:name="signature{number}"/>',
            paragraph("Signature", "", spacing=_ROOM_TO_SIGN),
            f'<w:bookmarkEnd w:id="{number}"/>',
            paragraph("Signature", "**{{ signatory.name }}**"),
            when("signatory.capacity", paragraph("Signature", "{{ signatory.capacity }}")),
        )
    )


def signature_table(*parties: tuple[str, str]) -> Block:
    """Where each party to a contract signs: who, by whom, and room with a bookmark for each.

    Args:
        parties: The heading and the text of each column, such as ``Pour le créancier`` and
            ``{{ signatory.name }}``; two or three.
    """
    widths = [TEXT_WIDTH // len(parties)] * len(parties)
    widths[-1] += TEXT_WIDTH - sum(widths)
    room = [
        f'<w:p><w:pPr><w:pStyle w:val="Cellule"/></w:pPr><w:bookmarkStart w:id="{at}"'
        f' w:name="signature{at}"/><w:bookmarkEnd w:id="{at}"/></w:p>'
        for at in range(1, len(parties) + 1)
    ]
    return fixed_table(
        "Signatures",
        "Une colonne par partie : qui signe, puis l'espace de sa signature.",
        [title for title, _ in parties],
        [text for _, text in parties],
        widths=widths,
        room=room,
    )


def enclosures(title: str = "Pièces jointes", items: str = "enclosures") -> Block:
    """The list of enclosures, numbered, where there are any."""
    return when(
        items,
        paragraph("Pieces", title),
        each("enclosure", items, paragraph("Piece", "{{ enclosure }}")),
    )
