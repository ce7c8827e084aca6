"""One example of every request, shown in the document and carried out by the tests."""

from typing import Any, Final

from miniapp_api import texts

ENTRY: Final = "ABCDEFGHJKGJ"
NUMBER: Final = "K7M2QX9RTC"
ATTACHMENT: Final = "3q2-7wAAAAAAAAAAAAAAAA"
VOICE: Final = "7p_wXQAAAAAAAAAAAAAAAA"
PHONE_CODE: Final = "e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144"
SURVEY: Final = "MNPQRSTUVWXY"
BIND_CODE: Final = "LIAISON1"
LINK: Final = "1.1800000000000.0e4c8d"
QUESTION: Final = "tKq0-gAAAAAAAAAAAAAAAA"
TASK: Final = "8sX-2gAAAAAAAAAAAAAAAA"
RECEIPT: Final = "5724 0000 0000 0013"

# by the name of the part, or by path and name where the same name means something else
PARTS: Final[dict[str, str]] = {
    "/entries/{code} code": ENTRY,
    "/regions/{code}/disclosures code": "990101001001",
    "/regions/{code}/rectifications code": "990101001001",
    "/regions/{code}/children code": "990101001000",
    "/surveys/{code} code": SURVEY,
    "/surveys/{code}/answers code": SURVEY,
    "/liaison/tasks/{id}/answer id": TASK,
    "/attachments/{id}/sound id": VOICE,
    "number": NUMBER,
    "id": ATTACHMENT,
}
# by the handler's name
BODIES: Final[dict[str, dict[str, Any]]] = {
    "make_session": {},
    "open_receipt": {"receipt": RECEIPT},
    "file_report": {
        "entry": ENTRY,
        "level": "village",
        "text": texts.EXAMPLE_TEXT,
        "subject": {"name": "", "post": texts.EXAMPLE_POST, "unit": ""},
        "identity": {"mode": "anonymous"},
        "occurred_on": "2026-01-31",
        "location": {"latitude": 30.25, "longitude": 120.17, "label": texts.EXAMPLE_PLACE},
        "attachments": [],
        "avoid": ["liaison"],
    },
    "answer_what_was_asked": {"question": QUESTION, "text": texts.EXAMPLE_OPTION, "attachments": []},
    "add": {"text": texts.EXAMPLE_MORE, "attachments": []},
    "save_draft": {
        "entry": ENTRY,
        "text": texts.EXAMPLE_TEXT,
        "level": "",
        "mode": "anonymous",
        "attachments": [],
        "avoid": [],
    },
    "answer_survey": {"answers": {"q1": texts.EXAMPLE_OPTION, "q2": 4}},
    "note_consent": {"template": "report_reply", "result": "accept"},
    "show_telephone": {"code": PHONE_CODE},
    "ask_for_protection": {"text": texts.EXAMPLE_PROTECTION},
    "rate_report": {"result": "partly", "text": texts.EXAMPLE_RATING},
    "ask_for_recusal": {"text": texts.EXAMPLE_RECUSAL},
    "bind_liaison": {"phone": "13900000001", "bind_code": BIND_CODE},
    "open_link": {"link": LINK},
    "answer": {
        "text": texts.EXAMPLE_ANSWER,
        "attachments": [],
        "location": {"latitude": 30.25, "longitude": 120.17, "label": texts.EXAMPLE_PLACE},
    },
    "file_own_finding": {"area": "education", "level": "none", "text": texts.EXAMPLE_TEXT},
}
