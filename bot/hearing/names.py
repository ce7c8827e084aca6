"""Whether somebody has said that their name is to be kept out of it."""

from bot.hearing import texts


def wants_no_name(text: str) -> bool:
    """Said plainly; a letter without a name that somebody tells of is none."""
    if any(words in text for words in texts.NOT_ANONYMOUS):
        return False
    return any(words in text for words in texts.ANONYMOUS_PLAINLY) or is_bare(text)


def is_bare(text: str) -> bool:
    rest = text.replace(texts.ANONYMOUS, "", 1)
    return texts.ANONYMOUS in text and all(char in texts.FILLERS for char in rest)
