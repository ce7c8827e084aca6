"""One push on its way through the turnstile."""

import asyncio
from dataclasses import dataclass

from bot import texts
from bot.incoming import Incoming


@dataclass(slots=True, kw_only=True)
class Waiting:
    """`key` is the push's blind index in the inbox; `is_late`: it comes from the shelf."""

    incoming: Incoming
    person_index: str
    key: str
    answer: asyncio.Future[str]
    is_late: bool = False
    is_under_way: bool = False
    is_shelved: bool = False

    @property
    def may_go(self) -> bool:
        return not self.answer.done() and not self.is_shelved

    def give_up(self) -> None:
        """WeChat hangs up at five seconds; whoever was not called up by now never will be."""
        self.tell(texts.UNSURE if self.is_under_way else texts.BUSY)

    def tell(self, answer: str) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)
