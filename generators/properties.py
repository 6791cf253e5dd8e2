"""The properties of a Word file: what it is, in which language, from which template it was made.

Core properties are what Word shows and what becomes the PDF's title, author and language. Custom
properties let a Word file that comes back say from which template, act and version it descends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

from lxml import etree

from generators.package import Package, Packed, write_package, xml_parser

CORE: Final = "docProps/core.xml"
CUSTOM: Final = "docProps/custom.xml"
TEMPLATE_PROPERTY: Final = "MinutierTemplate"
ACT_PROPERTY: Final = "MinutierAct"
VERSION_PROPERTY: Final = "MinutierVersion"
_TYPES: Final = "[Content_Types].xml"
_RELS: Final = "_rels/.rels"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_PARTS: Final = {
    CORE: (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_PACKAGE}/relationships/metadata/core-properties",
    ),
    CUSTOM: (
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        f"{_OFFICE}/relationships/custom-properties",
    ),
}
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE_XML: Final = (
    f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>"
    "<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
    "<dc:language>{language}</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)
_NO_CORE: Final = (
    f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>'
).encode()
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def core_properties(document: Mapping[str, str]) -> bytes:
    """The core part: title, subject, author, language and day; never the hour of the machine.

    Args:
        document: ``title``, ``subject``, ``author``, ``language`` and ``date`` (ISO) of the act.
    """
    date.fromisoformat(document["date"])
    return _CORE_XML.format_map({key: escape(value) for key, value in document.items()}).encode()


def custom_properties(values: Mapping[str, str]) -> bytes:
    """The custom part, with one text property for each value, in the order given."""
    properties = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{pid}" name="{escape(name, {chr(34): "&quot;"})}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values.items(), start=2)
    )
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties"'
        f' xmlns:vt="{_OFFICE}/docPropsVTypes">{properties}</Properties>'
    ).encode()


def read_custom(package: Package) -> dict[str, str]:
    """The custom properties of a Word file that are texts."""
    name = _custom_part(package)
    if name not in package.parts:
        return {}
    properties = package.tree(name).iter(f"{{{_OFFICE}/custom-properties}}property")
    return {
        one.get("name", ""): "".join(one.itertext())
        for one in properties
        if len(one) == 1 and etree.QName(one[0]).localname in {"lpwstr", "lpstr", "bstr"}
    }


def stamped(package: Package, values: Mapping[str, str]) -> bytes:
    """A Word file with these custom properties; those of the same names are replaced.

    All else stays as it is, the properties that other programs put there too.
    """
    name = _custom_part(package)
    had_core = CORE in package.parts
    parts = with_property_parts(package)
    if not had_core and not parts[CORE]:
        parts[CORE] = _NO_CORE
    if name not in package.parts:
        name, parts[CUSTOM] = CUSTOM, custom_properties({})
    root = etree.fromstring(parts[name], xml_parser())
    for known in list(root):
        if known.get("name") in values:
            root.remove(known)
    pid = max([1, *(int(one.get("pid", "1")) for one in root)])
    for number, (key, value) in enumerate(values.items(), pid + 1):
        one = etree.SubElement(
            root,
            f"{{{_OFFICE}/custom-properties}}property",
            {"fmtid": _FORMAT_ID, "pid": str(number), "name": key},
        )
        etree.SubElement(one, f"{{{_OFFICE}/docPropsVTypes}}lpwstr").text = value
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_package(Packed.of(*part) for part in parts.items())


def _custom_part(package: Package) -> str:
    """Name of the custom part: the one that the file itself announces, or the usual one."""
    wanted = _PARTS[CUSTOM][1]
    for relationship in package.tree(_RELS) if _RELS in package.parts else ():
        if relationship.get("Type") == wanted:
            return str(relationship.get("Target", CUSTOM)).lstrip("/")
    return CUSTOM


def with_property_parts(package: Package) -> dict[str, bytes]:
    """The parts of a package, property parts announced in it even if its author had none."""
    parts = dict(package.parts)
    types, rels = package.tree(_TYPES), package.tree(_RELS)
    announced = {element.get("PartName") for element in types}
    for index, (name, (content_type, relationship)) in enumerate(_PARTS.items()):
        parts.setdefault(name, b"")
        if f"/{name}" not in announced:
            etree.SubElement(
                types,
                f"{{{_PACKAGE}/content-types}}Override",
                {"PartName": f"/{name}", "ContentType": content_type},
            )
        if not any(element.get("Type") == relationship for element in rels):
            etree.SubElement(
                rels,
                f"{{{_PACKAGE}/relationships}}Relationship",
                {"Id": f"minutier{index}", "Type": relationship, "Target": name},
            )
    for name, root in ((_TYPES, types), (_RELS, rels)):
        if len(root) != len(etree.fromstring(parts[name], xml_parser())):
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return parts
