"""What stands beside a possible name, and whether that makes it one.

`left` and `right` weigh one side: 2 a title, 1 an edge or a word that goes with people, 0 nothing known, less
than 0 where the name is more likely a part of other words.
"""

from routing.names import texts
from routing.names.spelling import Written

_BEFORE, _FURTHER = 8, 4


class Context:
    """The surroundings of places in one text."""

    __slots__ = ("gaps", "text")

    def __init__(self, written: Written) -> None:
        self.text = written.text
        self.gaps = written.gaps

    def is_edge(self, at: int) -> bool:
        """Whether no word can go on over this place."""
        text = self.text
        if at <= 0 or at >= len(text) or at in self.gaps:
            return True
        return not (_is_word(text[at - 1]) and _is_word(text[at]))

    def left(self, start: int) -> int:
        if self.is_edge(start):
            return 1
        text, first = self.text, self.text[start]
        if first in texts.NUMBERED_SURNAMES and texts.AFTER_A_NUMBER.search(text, start - 1, start):
            return -1
        if text[start - 1 : start + 1] in texts.LEFT_WORDS:
            return 2 if texts.LEFT_TITLE.search(text, max(0, start - _FURTHER), start) else -1
        if texts.LEFT_TITLE.search(text, max(0, start - _FURTHER), start):
            return 2
        return 1 if texts.LEFT.search(text, max(0, start - _FURTHER), start) else 0

    def right(self, end: int) -> int:
        if self.is_edge(end):
            return 1
        text = self.text
        if texts.RIGHT_TITLE.match(text, end):
            return 2
        if texts.PLACES_AFTER.match(text, end):
            return -2
        if {text[end - 1 : end + 1], text[end - 1 : end + 2], text[end : end + 2]} & texts.STRADDLES:
            return -2
        if texts.PERSON_WORDS.match(text, end):
            return 0
        return 1 if texts.RIGHT.match(text, end) else 0

    def weigh(self, start: int, end: int) -> int:
        return self.left(start) + self.right(end)

    def is_name(self, start: int, end: int) -> bool:
        """Whether the very name of somebody, as it stands here, names a person."""
        text = self.text
        word = text[start:end]
        if self._is_self(start, end) or self._is_longer(start, end):
            return False
        left, right = self.left(start), self.right(end)
        if word in texts.COMMON_WORDS:
            return right == 2 or (left >= 1 and right >= 1)
        if len(word) == 2 and text[end : end + 1] == word[-1]:
            return False
        return left + right >= 0

    def is_alias(self, start: int, end: int) -> bool:
        """老王, 王书记: not inside other words."""
        left, right = self.left(start), self.right(end)
        return (
            left >= 0
            and right >= 0
            and left + right >= 1
            and texts.ENDS_HERE.match(self.text, end) is not None
        )

    def is_beside_a_title(self, start: int, end: int) -> bool:
        """What two characters that only sound like a name need: a title, or a unit of ours, right beside them."""
        left, right = self.left(start), self.right(end)
        of_ours = texts.OF_OURS.search(self.text, max(0, start - _BEFORE), start) is not None
        return min(left, right) >= 0 and (2 in (left, right) or of_ours) and left + right >= 2

    def sounds_like_a_name(self, start: int, end: int, *, needs: int) -> bool:
        """Whether what only sounds like a name stands where one would."""
        left, right = self.left(start), self.right(end)
        return left >= 0 and right >= 0 and left + right >= needs and not self._is_self(start, end)

    def is_relative(self, end: int) -> bool:
        """张局长的弟弟: it is not he who is reported."""
        return texts.RELATIVE.match(self.text, end) is not None

    def _is_self(self, start: int, end: int) -> bool:
        """我叫王平，…: the reporter tells their own name."""
        before = texts.SELF.search(self.text, max(0, start - _BEFORE), start)
        return before is not None and (end in self.gaps or texts.SELF_END.match(self.text, end) is not None)

    def _is_longer(self, start: int, end: int) -> bool:
        """刘张富贵, 小张大力: a surname or 小 before a whole name makes it another's."""
        if end - start < 3 or start in self.gaps or start == 0:
            return False
        before = self.text[start - 1]
        if before == "小":
            return True
        return before in texts.CLEAR_SURNAMES and self.is_edge(start - 1)


def _is_word(char: str) -> bool:
    return "一" <= char <= "鿿" or char.isalnum()
