"""No query touches reports outside `access/` and the writers: everybody else is handed what they may have."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.structure.tree import modules, parsed, shown

# a report, what hangs on it, and what tells of it
MODELS = {"Report", "ReportBar", "Message", "Attachment", "RoutingDecision", "OutboxNotice"}
MODELS |= {"RecusalRequest", "CaseRecord"}
TABLES = "report|report_bar|message|attachment|routing_decision|outbox_notice|recusal_request|case_record"
MODELS |= {"IdentityLook", "StaffDraft", "LiaisonTask", "PhotoMark", "Referral"}
TABLES += "|identity_look|staff_draft|liaison_task|photo_mark|referral"
MODELS |= {"PastReport", "PastBar", "RetentionItem"}
TABLES += "|past_report|past_bar|retention_item"
SQL = re.compile(rf"\b(?:FROM|JOIN|UPDATE|INTO)\s+(?:{TABLES})\b", re.IGNORECASE)
# the other end of a foreign key leads to reports as well
RELATED = {
    "reports",
    "handled_reports",
    "messages",
    "bars",
    "lifted_bars",
    "decisions",
    "notices",
    "attachments",
    "marks",
    "recusal_requests",
    "identity_looks",
    "staff_drafts",
    "drafts",
    "liaison_tasks",
    "referrals",
    "tasks",
    "settled_recusal_requests",
    "records",
    "settled_records",
    "reports_to_approve",
    "past_reports",
    "retention_items",
}
ASKING = {
    "all",
    "filter",
    "get",
    "get_or_none",
    "exclude",
    "first",
    "count",
    "exists",
    "values",
    "values_list",
}
ASKING |= {"order_by", "select_related", "prefetch_related", "raw", "in_bulk", "select_for_update", "limit"}

# room or module → why its queries need no predicate
MAY_ASK = {
    "access/": "the predicate itself, and a reporter's own reports",
    "dossier/": "below the writers: a report its caller was let into, or the worker matching again for nobody's eyes",
    "retention/": "the writer: proposes by `access.retention`, and destroys what two people agreed on",
    "intake/": "the writer: makes reports, and works on what the reporter holds",
    "delivery/claiming.py": "which rows of that queue are next, by ids; nothing of a report but whose it is",
    "delivery/outbox.py": "a writer's queue; who may still be told is asked of `access` before anything is sent",
    "delivery/senders.py": "opens the key of a notice; `access.notified` decides whether it goes",
    "delivery/chat.py": "the words of a reply, to its own reporter",
    "vault/backing_up.py": "ids of files, to copy them sealed as they are",
    "watch/measures.py": "counts over everything, for the machine that watches; `/metrics` is not for people",
    "commands/examining.py": "the newest data key is tried with `KEYS`; nothing of the report is opened or shown",
}


def test_only_those_on_the_list_ask_for_reports() -> None:
    found = {f"{shown(path)}:{line}" for path in modules() if not _may(path) for line in _asking(path)}
    assert found == set(), "read reports through access/, or say on the list why not"


def test_the_list_is_no_longer_than_it_has_to_be() -> None:
    asking = [shown(path) for path in modules() if any(_asking(path))]
    assert [name for name in MAY_ASK if not any(each.startswith(name) for each in asking)] == []


def _may(path: Path) -> bool:
    return shown(path).startswith((*MAY_ASK, "models/"))


def _asking(path: Path) -> Iterator[int]:
    """Lines that ask the database for reports, by a model, by its relations or by SQL."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield node.lineno
        if isinstance(node, ast.Attribute) and _is_model(node.value):
            yield node.lineno
        if isinstance(node, ast.Attribute) and node.attr in ASKING and _leads_to_reports(node.value):
            yield node.lineno
        if isinstance(node, ast.Call) and any(_is_model(given) for given in node.args):
            yield node.lineno


def _is_model(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in MODELS


def _leads_to_reports(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in RELATED
