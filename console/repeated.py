"""What a list repeats in every row: put together once for each thing it can say, with room for what is a row's own."""

from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from console.pages import environment

REMEMBERED: Final = 4096
FIRST_ROOM: Final = 0xE000
"""Characters that nobody writes, of the private use area: they stand where a row's own words will."""


class Repeated:
    """A macro of a template. Its parameters named in `own` differ from row to row; those before the rest."""

    def __init__(self, template: str, macro: str, *, own: Sequence[str]) -> None:
        self._template, self._macro = template, macro
        self._rooms = {name: chr(FIRST_ROOM + place) for place, name in enumerate(own)}
        self._once = lru_cache(maxsize=REMEMBERED)(self._put_together)

    def __call__(self, *said: Hashable, **own: str) -> str:
        """For `joined`: markup, though a plain string."""
        return self._once(*said) % {name: escape(words) for name, words in own.items()}

    def _put_together(self, *said: Hashable) -> str:
        macro = getattr(environment().get_template(self._template).module, self._macro)
        text = str(macro(*said, **self._rooms)).replace("%", "%%")
        for name, room in self._rooms.items():
            text = text.replace(room, f"%({name})s")
        return text


def joined(pieces: Iterable[str]) -> Markup:
    """What `Repeated` gave, one after the other."""
    return Markup("".join(pieces))  # noqa: S704 - each is a template's, and what was put into it is escaped
