"""An answer in the chat takes so many bytes: what does not fit waits for `继续`."""

from typing import Final

from bot import texts
from bot.talks import Talk
from delivery.parts import PART_BYTES, split_text

LONGEST_CHARACTER: Final = 4
# the sentence that says there is more, and a line break
ROOM_FOR_MORE: Final = len(texts.MORE.encode()) + 1


def fitting(text: str, *, talk: Talk) -> str:
    """`text` as it is, which nearly every answer is short enough for; else its first part."""
    if len(text) * LONGEST_CHARACTER <= PART_BYTES or len(text.encode()) <= PART_BYTES:
        return text
    return paged(text, talk=talk)


def paged(text: str, *, talk: Talk, room: int = 0) -> str:
    """As much of `text` as fits beside `room` bytes, cut at a sentence's end; the rest is remembered."""
    limit = PART_BYTES - room - 1
    if len(text.encode()) <= limit:
        talk.state = talk.state._replace(more="")
        return text
    first = split_text(text, limit=limit - ROOM_FOR_MORE)[0]
    talk.state = talk.state._replace(more=text[text.index(first) + len(first) :].strip())
    return f"{first}\n{texts.MORE}"
