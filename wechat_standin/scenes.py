"""Parametric codes: tickets, the links drawn as QR, and what a phone makes of a link."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from wechat_standin.clock import Clock
from wechat_standin.errors import ApiError, ControlError
from wechat_standin.texts import CODE_EXPIRED, NOT_A_CODE

LONGEST = 2_592_000
SHORTEST = 60
POSTER = re.compile(r"/s/([^/?#]+)/?$")
CODE = re.compile(r"[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """`until` None: the code is permanent."""

    ticket: str
    scene: str
    path: str
    until: float | None


class Scenes:
    def __init__(self, *, clock: Clock, permanent_codes: int) -> None:
        self._clock = clock
        self._most = permanent_codes
        self._by_ticket: dict[str, Ticket] = {}
        self._by_path: dict[str, Ticket] = {}
        self._permanent: dict[str, Ticket] = {}

    def temporary(self, scene: str, *, seconds: int) -> Ticket:
        if not 1 <= seconds <= LONGEST:
            raise ApiError(40053)
        return self._add(scene, until=self._clock.now() + max(seconds, SHORTEST))

    def permanent(self, scene: str) -> Ticket:
        """Asking again for a scene gives the same code and does not count."""
        if scene not in self._permanent:
            if len(self._permanent) >= self._most:
                raise ApiError(45029)
            self._permanent[scene] = self._add(scene, until=None)
        return self._permanent[scene]

    def find(self, ticket: str) -> Ticket | None:
        return self._by_ticket.get(ticket)

    def ticket_of(self, scene: str) -> str:
        """A ticket to send with a scan; an invented one if the code was never made through the API."""
        for each in reversed(self._by_ticket.values()):
            if each.scene == scene:
                return each.ticket
        return "gQ" + secrets.token_urlsafe(60)

    def read(self, text: str) -> str:
        """The scene behind what was scanned or typed: our own link, a poster's `…/s/CODE`, or a bare code."""
        text = text.strip()
        ticket = self._by_path.get(urlsplit(text).path) or self._by_ticket.get(_query(text, "ticket"))
        if ticket is not None:
            if ticket.until is not None and ticket.until <= self._clock.now():
                raise ControlError(CODE_EXPIRED)
            return ticket.scene
        poster = POSTER.search(urlsplit(text).path)
        code = _normalised(unquote(poster.group(1)) if poster else text)
        if poster is None and CODE.fullmatch(code) is None:
            raise ControlError(NOT_A_CODE)
        return code

    def clear(self) -> None:
        self._by_ticket.clear()
        self._by_path.clear()
        self._permanent.clear()

    def _add(self, scene: str, *, until: float | None) -> Ticket:
        ticket = Ticket(
            ticket="gQ" + secrets.token_urlsafe(60),
            scene=scene,
            path="/q/02" + secrets.token_urlsafe(16),
            until=until,
        )
        self._by_ticket[ticket.ticket] = ticket
        self._by_path[ticket.path] = ticket
        return ticket


def _query(link: str, name: str) -> str:
    return parse_qs(urlsplit(link).query).get(name, [""])[0]


def _normalised(code: str) -> str:
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", code)).upper()
