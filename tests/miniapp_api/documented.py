"""The document that is served, to hold answers against."""

import re
from functools import cache
from typing import Any

from openapi_schema_validator import OAS31Validator

from miniapp_api.openapi import document
from miniapp_api.operations import OPERATIONS


@cache
def the_document() -> dict[str, Any]:
    return document(OPERATIONS)


@cache
def _operations() -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    found = []
    for path, methods in the_document()["paths"].items():
        pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path))
        found += [(method.upper(), pattern, told) for method, told in methods.items()]
    return found


def undocumented(method: str, path: str, *, status: int, body: Any) -> str:
    """What of an answer the document does not say; empty when it says all of it, or knows no such address."""
    path = path.partition("?")[0]
    for verb, pattern, told in _operations():
        if verb != method or not pattern.fullmatch(path):
            continue
        said = told["responses"].get(str(status))
        name = told["operationId"]
        if said is None:
            return f"{name} answered {status} {body}: name it in `refuses=` of its @operation"
        if status >= 400 and f"`{body['type']}`" not in said["description"]:
            return f"{name} answered {body['type']}: name it in `refuses=` of its @operation"
        content = said["content"].get("application/json")
        return _misshapen(body, content["schema"]) if content and status < 400 else ""
    return ""


def _misshapen(body: Any, schema: dict[str, Any]) -> str:
    whole = schema | {"components": the_document()["components"]}
    return "\n".join(error.message for error in OAS31Validator(whole).iter_errors(body))
