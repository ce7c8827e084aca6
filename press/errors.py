"""Why something cannot be printed."""

from models.errors import DomainError


class GlyphMissing(DomainError):
    """The font has no shape for a character; printing a gap on a wall would help nobody."""

    key = "glyph-missing"

    def __init__(self, *, character: str, text: str) -> None:
        self.character = character
        self.text = text
        super().__init__(
            f"字库里没有“{character}”（U+{ord(character):04X}）这个字，无法印制“{text}”。请改用常用字写法后再印。"
        )
