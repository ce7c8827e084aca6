"""The XML of pushes and of passive replies, to and from plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree


class BadXml(Exception):
    """Not a flat `<xml>` document, or one with a document type."""


def to_xml(fields: Mapping[str, Any]) -> str:
    """Strings become CDATA, numbers stay bare, a dictionary nests, a list repeats its element."""
    return "<xml>" + "".join(_element(name, value) for name, value in fields.items()) + "</xml>"


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, each) for each in value)
    if isinstance(value, Mapping):
        inner = "".join(_element(key, each) for key, each in value.items())
    elif isinstance(value, int | float):
        inner = str(value)
    else:
        inner = "<![CDATA[" + str(value).replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return f"<{name}>{inner}</{name}>"


def from_xml(text: bytes) -> dict[str, Any]:
    """The children of `<xml>`: text as a string, nested elements as a dictionary, repeated ones as a list."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise BadXml("document type")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 -- document types are refused above
    except ElementTree.ParseError:
        raise BadXml("not well formed") from None
    value = _value(root)
    if root.tag != "xml" or not isinstance(value, dict):
        raise BadXml("no <xml> element")
    return value


def _value(element: ElementTree.Element) -> Any:
    if len(element) == 0:
        return element.text or ""
    fields: dict[str, Any] = {}
    for child in element:
        value = _value(child)
        if child.tag not in fields:
            fields[child.tag] = value
        elif isinstance(fields[child.tag], list):
            fields[child.tag].append(value)
        else:
            fields[child.tag] = [fields[child.tag], value]
    return fields
