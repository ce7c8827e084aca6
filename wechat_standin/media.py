"""Temporary media: what people send and what the account uploads, kept for three days."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from wechat_standin.clock import Clock
from wechat_standin.errors import ApiError


@dataclass(slots=True, kw_only=True)
class Media:
    media_id: str
    kind: str
    data: bytes
    content_type: str
    name: str
    created_at: float
    until: float


class MediaStore:
    def __init__(self, *, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._by_id: dict[str, Media] = {}

    def add(self, *, kind: str, data: bytes, content_type: str, name: str) -> Media:
        now = self._clock.now()
        media = Media(
            media_id=secrets.token_urlsafe(48),
            kind=kind,
            data=data,
            content_type=content_type,
            name=name,
            created_at=now,
            until=now + self._seconds,
        )
        self._by_id[media.media_id] = media
        return media

    def get(self, media_id: object) -> Media:
        """ApiError 40007 when it never was or has expired."""
        media = self.kept(media_id)
        if media is None or media.until <= self._clock.now():
            raise ApiError(40007)
        return media

    def kept(self, media_id: object) -> Media | None:
        """Also what has expired: a phone goes on showing its own copy."""
        return self._by_id.get(media_id) if isinstance(media_id, str) else None

    def expire(self) -> None:
        for media in self._by_id.values():
            media.until = 0.0

    def clear(self) -> None:
        self._by_id.clear()
