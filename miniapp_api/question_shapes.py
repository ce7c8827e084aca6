"""What a reporter answers to a question of staff."""

from typing import Annotated

from pydantic import Field

from miniapp_api.shapes import MAX_ATTACHMENTS, AttachmentId, Body, Id, Said


class AnswerBody(Body):
    """`question` is the id of the one that is answered; a question replaced meanwhile is not."""

    question: Id
    text: Said = ""
    attachments: Annotated[list[AttachmentId], Field(default_factory=list, max_length=MAX_ATTACHMENTS)]
