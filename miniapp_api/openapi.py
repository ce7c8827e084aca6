"""The OpenAPI 3.1 document, made from the same list of operations that answers."""

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from miniapp_api import texts
from miniapp_api.examples import BODIES, PARTS
from miniapp_api.operations import Operation
from miniapp_api.refusals import refusals_of
from miniapp_api.shapes import Problem

PREFIX = "/api/v1"
TOO_MANY = 429
_PARTS = re.compile(r"\{(\w+)\}")


def document(operations: list[Operation]) -> dict[str, Any]:
    """Paths are told without the prefix; `servers` holds it."""
    refs, definitions = models_json_schema(
        sorted(_shapes(operations), key=lambda pair: (pair[0].__name__, pair[1])),
        ref_template="#/components/schemas/{model}",
    )
    paths: dict[str, Any] = {}
    for told in operations:
        paths.setdefault(told.path, {})[told.method.lower()] = _operation(told, refs=refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": texts.API_TITLE, "version": "1"},
        "servers": [{"url": PREFIX}],
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _shapes(operations: list[Operation]) -> set[tuple[type[BaseModel], JsonSchemaMode]]:
    wanted: set[tuple[type[BaseModel], JsonSchemaMode]] = {(Problem, "serialization")}
    for told in operations:
        if told.body:
            wanted.add((told.body, "validation"))
        if told.answer:
            wanted.add((told.answer, "serialization"))
    return wanted


def _operation(told: Operation, *, refs: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "summary": texts.SUMMARIES[told.handler.__name__],
        "operationId": told.handler.__name__,
        "security": [] if told.is_open else [{"token": []}],
        "x-who": sorted(told.who),
        "parameters": _parameters(told),
        "responses": {str(told.status): _answer(told, refs=refs)} | _problems(told, refs=refs),
    }
    if told.body:
        made["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {
                    "schema": refs[told.body, "validation"],
                    "example": BODIES[told.handler.__name__],
                }
            },
        }
    if told.takes_file:
        file = {
            "type": "object",
            "required": ["file"],
            "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
        }
        made["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": file}}}
    return made


def _parameters(told: Operation) -> list[dict[str, Any]]:
    text = {"type": "string"}
    made: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": text, "example": _part(told, name)}
        for name in _PARTS.findall(told.path)
    ]
    if told.query:
        schema = told.query.model_json_schema()
        for name, shape in schema["properties"].items():
            inline = _inlined(shape, schema.get("$defs", {}))
            made.append({"name": name, "in": "query", "required": False, "schema": inline})
    if told.creates:
        key = {"type": "string", "maxLength": 255}
        made.append({"name": "Idempotency-Key", "in": "header", "required": False, "schema": key})
    return made


def _inlined(shape: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(shape, list):
        return [_inlined(part, definitions) for part in shape]
    if not isinstance(shape, dict):
        return shape
    if "$ref" in shape:
        return definitions[shape["$ref"].rsplit("/", 1)[1]]
    return {name: _inlined(part, definitions) for name, part in shape.items()}


def _answer(told: Operation, *, refs: Any) -> dict[str, Any]:
    if told.answer is None:
        binary = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
        return {"description": texts.ATTACHMENT, "content": dict.fromkeys(told.kinds, binary)}
    schema = refs[told.answer, "serialization"]
    return {"description": texts.DONE, "content": {"application/json": {"schema": schema}}}


def _problems(told: Operation, *, refs: Any) -> dict[str, Any]:
    """Each status with the `type`s it can carry and their sentences."""
    content = {"application/problem+json": {"schema": refs[Problem, "serialization"]}}
    made = {}
    for status, kinds in sorted(refusals_of(told).items()):
        words = "\n".join(f"- `{kind.key}` {kind.message}" for kind in kinds)
        made[str(status)] = {"description": words, "content": content} | _headers(status)
    return made


def _headers(status: int) -> dict[str, Any]:
    if status != TOO_MANY:
        return {}
    seconds = {"description": texts.RETRY_AFTER, "schema": {"type": "integer"}, "required": True}
    return {"headers": {"Retry-After": seconds}}


def _part(told: Operation, name: str) -> str:
    return PARTS.get(f"{told.path} {name}", PARTS.get(name, ""))
