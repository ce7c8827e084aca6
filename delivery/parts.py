"""A long text in parts that WeChat takes, cut where a reader would pause."""

PART_BYTES = 2000
SENTENCE_ENDS = "。！？；…\n!?;"
PAUSES = "，、：, "


def split_text(text: str, *, limit: int = PART_BYTES) -> list[str]:
    """Parts of at most `limit` bytes of UTF-8 that together are `text`; parts of nothing but blanks are left out."""
    parts = []
    while text:
        size = _cut(text, limit=limit)
        parts.append(text[:size])
        text = text[size:]
    return [part for part in parts if part.strip()]


def _cut(text: str, *, limit: int) -> int:
    """How many characters go into the first part."""
    fitting = len(text.encode()[:limit].decode(errors="ignore"))
    if fitting == len(text):
        return fitting
    for marks in (SENTENCE_ENDS, PAUSES):
        end = max(text.rfind(mark, 0, fitting) for mark in marks) + 1
        # a very short part would spend one of the five messages on little
        if end > fitting // 3:
            return end
    return fitting
