"""Carrying messages and events to the account's server: signed, encrypted, and sent again when it is slow."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp

from wechat_standin.clock import Clock
from wechat_standin.crypto import Crypt
from wechat_standin.hostile import Tamper, tampered
from wechat_standin.record import Attempt, Push, Record
from wechat_standin.settings import Mode, Settings
from wechat_standin.xmlform import to_xml

HEADERS = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0", "Accept": "*/*"}


class Pusher:
    """Where and how to push may be changed while running; tests do."""

    def __init__(self, *, settings: Settings, clock: Clock, record: Record) -> None:
        self.callback_url = settings.callback_url
        self.mode: Mode = settings.mode
        self.timeout = settings.push_timeout
        self.retries = settings.retries
        self.crypt = Crypt(token=settings.token, aes_key=settings.aes_key, app_id=settings.app_id)
        self._settings = settings
        self._clock = clock
        self._record = record
        self._session: aiohttp.ClientSession | None = None

    async def send(self, openid: str, fields: Mapping[str, Any]) -> tuple[Push, bytes | None]:
        """The record and the answer's body; None if there was no answer with status 200."""
        query, body = self._envelope(openid, self.written(fields).encode())
        push = Push(
            id=len(self._record.pushes) + 1,
            openid=openid,
            key=str(fields.get("MsgId") or fields.get("EventKey") or ""),
            type=str(fields.get("Event") or fields.get("MsgType")),
            at=self._clock.now(),
            fields=dict(fields),
            query=query,
            body=body,
        )
        self._record.pushes.append(push)
        return push, await self.deliver(push)

    async def deliver(self, push: Push) -> bytes | None:
        """Also carries a push that was carried before: the very same bytes again."""
        started = time.monotonic()
        answer: bytes | None = None
        for last in [False] * self.retries + [True]:
            attempt, answer = await self._attempt(push)
            push.attempts.append(attempt)
            if attempt.status is not None or last:
                break
            if attempt.error != "timeout":
                await asyncio.sleep(self._settings.retry_pause)
            if not self._settings.retry_keeps_nonce:
                push.query, push.body = self._envelope(push.openid, self.written(push.fields).encode())
        push.elapsed = time.monotonic() - started
        return answer

    async def verify(self, *, echo: str, signature: str = "") -> bool:
        """The URL check of the settings page: does the server give `echo` back, and nothing else?"""
        timestamp, nonce = str(int(self._clock.now())), _nonce()
        signature = signature or self.crypt.signature(timestamp=timestamp, nonce=nonce)
        query = {"signature": signature, "timestamp": timestamp, "nonce": nonce, "echostr": echo}
        async with self.session.get(self.callback_url, params=query, timeout=self._limit()) as answer:
            return answer.status == 200 and await answer.read() == echo.encode()

    async def send_hostile(
        self, openid: str, fields: Mapping[str, Any], *, tamper: Tamper
    ) -> tuple[int, bytes]:
        """Status and body of the answer; nothing is recorded and nobody's chat changes."""
        query, body = tampered(
            to_xml(fields).encode(),
            crypt=self.crypt,
            gh_id=self._settings.gh_id,
            timestamp=str(int(self._clock.now())),
            nonce=_nonce(),
            tamper=tamper,
        )
        async with self.session.post(
            self.callback_url,
            params={**query, "openid": openid},
            data=body,
            headers=HEADERS,
            timeout=self._limit(),
        ) as answer:
            return answer.status, await answer.read()

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _attempt(self, push: Push) -> tuple[Attempt, bytes | None]:
        at, started = self._clock.now(), time.monotonic()
        status, error, answer = None, "", None
        try:
            async with self.session.post(
                self.callback_url,
                params=push.query,
                data=push.body,
                headers=HEADERS,
                timeout=self._limit(),
                allow_redirects=False,
            ) as response:
                body = await response.read()
                status = response.status
                answer = body if status == 200 else None
        except TimeoutError:
            error = "timeout"
        except aiohttp.ClientError as failure:
            error = type(failure).__name__
        return Attempt(at=at, elapsed=time.monotonic() - started, status=status, error=error), answer

    def _envelope(self, openid: str, message: bytes) -> tuple[dict[str, str], bytes]:
        timestamp, nonce = str(int(self._clock.now())), _nonce()
        query = {
            "signature": self.crypt.signature(timestamp=timestamp, nonce=nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": openid,
        }
        if self.mode == "plain":
            return query, message
        encrypted = self.crypt.encrypt(message)
        query["encrypt_type"] = "aes"
        query["msg_signature"] = self.crypt.signature(timestamp=timestamp, nonce=nonce, encrypted=encrypted)
        if self.mode == "compat":
            field = to_xml({"Encrypt": encrypted}).removeprefix("<xml>")
            return query, message.removesuffix(b"</xml>") + field.encode()
        return query, self.written({"ToUserName": self._settings.gh_id, "Encrypt": encrypted}).encode()

    def written(self, fields: Mapping[str, Any]) -> str:
        return to_xml(fields)

    def _limit(self) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=self.timeout)


class MiniPusher(Pusher):
    """Of the mini-program: JSON, to an address of its own, sealed with the official account's key."""

    def __init__(self, *, settings: Settings, clock: Clock, record: Record) -> None:
        own = replace(settings, app_id=settings.mini_app_id, callback_url=f"{settings.callback_url}/mini")
        super().__init__(settings=own, clock=clock, record=record)

    def written(self, fields: Mapping[str, Any]) -> str:
        return json.dumps(fields, ensure_ascii=False)


def _nonce() -> str:
    return str(secrets.randbelow(2_000_000_000))
