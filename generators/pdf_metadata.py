"""What a PDF says of itself, written twice as PDF wants it, from one set of values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

CREATOR: Final = "Minutier"

_CREATED: Final = re.compile(r"D:(\d{14})(?:Z|([+-])(\d\d)'(\d\d)'?)")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
{ua_namespace}    xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
{ua_part}   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>\
</dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <xmp:CreateDate>{created}</xmp:CreateDate>
  </rdf:Description>
{ua_schema} </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_UA_NAMESPACE: Final = """\
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
"""
_UA_PART: Final = "   <pdfuaid:part>1</pdfuaid:part>\n"
_UA_SCHEMA: Final = """\
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
        <rdf:li rdf:parseType="Resource">
         <pdfaProperty:name>part</pdfaProperty:name>
         <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
         <pdfaProperty:category>internal</pdfaProperty:category>
         <pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
        </rdf:li>
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
  </rdf:Description>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The metadata of an act's PDF.

    Attributes:
        title: Never blank: PDF/UA requires it.
        language: A tag, ``fr-FR``.
        producer: The program that made the PDF.
        created_at: When.
        is_accessible: Whether the file declares that it is PDF/UA-1.
    """

    title: str
    author: str
    subject: str
    language: str
    producer: str
    created_at: datetime
    is_accessible: bool = True

    def __post_init__(self) -> None:
        """Refuse what would make a file that is not conformant."""
        if not self.title.strip():
            raise ValueError("a PDF/UA has a title")
        if not _TAG.fullmatch(self.language):
            raise ValueError(f"not a language tag: {self.language!r}")
        for text in (self.title, self.author, self.subject, self.producer):
            if _NOT_XML.search(text):
                raise ValueError("the metadata have a character that XML does not allow")

    def information(self) -> dict[str, str]:
        """The entries of the document information dictionary."""
        return {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Creator": CREATOR,
            "Producer": self.producer,
            "CreationDate": f"D:{self.created_at.astimezone(UTC):%Y%m%d%H%M%S}Z",
        }

    def packet(self) -> bytes:
        """The XMP packet, with the schema of ``pdfuaid``, which PDF/A does not know by itself."""
        return _XMP.format(
            ua_namespace=_UA_NAMESPACE if self.is_accessible else "",
            ua_part=_UA_PART if self.is_accessible else "",
            ua_schema=_UA_SCHEMA if self.is_accessible else "",
            title=escape(self.title),
            author=escape(self.author),
            subject=escape(self.subject),
            language=self.language,
            producer=escape(self.producer),
            creator=CREATOR,
            created=f"{self.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        ).encode()


def parse_pdf_date(text: str) -> datetime | None:
    """A date as PDF writes it (``D:20261124163639+01'00'``), or None."""
    match = _CREATED.fullmatch(text)
    if match is None:
        return None
    digits, sign, hours, minutes = match.groups()
    offset = f"{sign}{hours}{minutes}" if sign else "+0000"
    return datetime.strptime(digits + offset, "%Y%m%d%H%M%S%z").astimezone(UTC)
