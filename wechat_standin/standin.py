"""What people do with their phones, and what a test does to the platform."""

from __future__ import annotations

import secrets
from typing import Any

from wechat_standin import samples, texts
from wechat_standin.crypto import Crypt
from wechat_standin.errors import ControlError
from wechat_standin.hostile import Tamper
from wechat_standin.parts import Parts
from wechat_standin.people import Person
from wechat_standin.record import Push

TAPS_THAT_OPEN = frozenset({"click", "scancode_push", "scancode_waitmsg"})


class StandIn(Parts):
    """Every act waits for the push it causes and returns its record."""

    def add_person(self, name: str = "") -> Person:
        taken = {each.name for each in self.people.all()}
        free = [each for each in texts.NEW_NAMES if each not in taken]
        return self.people.add(name or (free[0] if free else f"{texts.NEW_NAMES[0]}{len(taken)}"))

    async def follow(self, openid: str, *, scene: str = "") -> Push:
        """Through a code when `scene` is given."""
        person = self.people.get(openid)
        person.following, person.followed_at, person.scene = True, self.clock.now(), scene
        person.windows.open_tap("follow", now=self.clock.now())
        self.notice(person, texts.FOLLOWED_BY_CODE if scene else texts.FOLLOWED)
        person.tell("state", person.as_json())
        if not scene:
            return await self.push(person, {"MsgType": "event", "Event": "subscribe", "EventKey": ""})
        person.windows.open_tap("scan", now=self.clock.now())
        return await self._scanned(person, event="subscribe", key=f"qrscene_{scene}", scene=scene)

    async def unfollow(self, openid: str) -> Push:
        person = self._follower(openid)
        person.following = False
        person.windows.close()
        self.notice(person, texts.UNFOLLOWED)
        person.tell("state", person.as_json())
        return await self.push(person, {"MsgType": "event", "Event": "unsubscribe", "EventKey": ""})

    async def scan(self, openid: str, code: str = "", *, scene: str = "", follow: bool = True) -> Push | None:
        """`code` is a poster's link, a code's own link or a code typed in; `scene` is taken as it is.

        None: the person does not follow the account, and `follow` is False.
        """
        person, scene = self.people.get(openid), scene or self.scenes.read(code)
        if not person.following:
            return await self.follow(openid, scene=scene) if follow else None
        person.windows.open_tap("scan", now=self.clock.now())
        self.notice(person, texts.SCANNED)
        return await self._scanned(person, event="SCAN", key=scene, scene=scene)

    async def say(self, openid: str, text: str) -> Push:
        return await self._message(openid, "text", {"Content": text}, {"text": text})

    async def send_photo(
        self, openid: str, data: bytes = b"", *, content_type: str = "image/jpeg", name: str = "photo.jpg"
    ) -> Push:
        """Without `data`: the sample photo, with a place in its EXIF."""
        media = self.media.add(
            kind="image", data=data or samples.photo(), content_type=content_type, name=name
        )
        fields = {"PicUrl": self.file_url(media.media_id), "MediaId": media.media_id}
        return await self._message(openid, "image", fields, {"src": f"/_standin/media/{media.media_id}"})

    async def send_voice(self, openid: str, data: bytes = b"", *, seconds: int = 3) -> Push:
        """Without `data`: silence of so many seconds. `Recognition` is empty, as it has been since 2023."""
        data = data or samples.voice(seconds=seconds)
        media = self.media.add(kind="voice", data=data, content_type="audio/amr", name="voice.amr")
        fields = {"MediaId": media.media_id, "Format": "amr", "Recognition": ""}
        return await self._message(openid, "voice", fields, {"seconds": seconds})

    async def send_place(
        self, openid: str, *, latitude: float, longitude: float, label: str, scale: int = 16
    ) -> Push:
        fields = {"Location_X": latitude, "Location_Y": longitude, "Scale": scale, "Label": label}
        content = {"label": label, "latitude": latitude, "longitude": longitude}
        return await self._message(openid, "location", fields, content)

    async def send_video(self, openid: str, data: bytes, *, kind: str = "video") -> Push:
        """`kind` is video or shortvideo."""
        media = self.media.add(kind="video", data=data, content_type="video/mp4", name="video.mp4")
        fields = {"MediaId": media.media_id, "ThumbMediaId": secrets.token_urlsafe(32)}
        return await self._message(openid, kind, fields, {})

    async def send_link(self, openid: str, *, title: str, description: str, url: str) -> Push:
        fields = {"Title": title, "Description": description, "Url": url}
        return await self._message(openid, "link", fields, {"title": title, "url": url})

    async def tap_menu(self, openid: str, key: str) -> Push:
        """`key` is the key, link or page path of an entry of the account's menu."""
        person = self._follower(openid)
        button = next((each for each in self.buttons() if key in _marks(each)), None)
        if button is None:
            raise ControlError(texts.NO_SUCH_MENU, status=404)
        kind = button["type"]
        if kind in TAPS_THAT_OPEN:
            person.windows.open_tap("menu", now=self.clock.now())
            self.notice(person, texts.TAPPED.format(name=button["name"]))
        fields: dict[str, Any] = {"MsgType": "event", "Event": kind, "EventKey": key}
        if kind == "click":
            fields["Event"] = "CLICK"
        elif kind == "view":
            fields.update({"Event": "VIEW", "MenuId": "430000000"})
        elif kind == "miniprogram":
            fields.update({"Event": "view_miniprogram", "MenuId": "430000000"})
        return await self.push(person, fields)

    async def tap_msgmenu(self, openid: str, *, id: str, content: str) -> Push:
        """A text with `bizmsgmenuid`; it counts as a menu tap, not as a message."""
        person = self._follower(openid)
        person.windows.open_tap("menu", now=self.clock.now())
        fields = {"Content": content, "bizmsgmenuid": id}
        return await self._sent(person, "text", fields, {"text": content})

    async def event(self, openid: str, fields: dict[str, Any]) -> Push:
        """Any other event; `fields` hold Event and what belongs to it."""
        return await self.push(self.people.get(openid), {"MsgType": "event", **fields})

    async def mini_event(self, openid: str, fields: dict[str, Any]) -> Push:
        """An event of the mini-program; revocations come from the platform and name the person in OpenID."""
        mini = self.people.get(openid).mini_openid
        is_told = fields["Event"].startswith("user_")
        told = {
            "ToUserName": self.settings.gh_id,
            "FromUserName": "platform" if is_told else mini,
            "CreateTime": int(self.clock.now()),
            "MsgType": "event",
            **({"OpenID": mini, "AppID": self.settings.mini_app_id} if is_told else {}),
            **fields,
        }
        return (await self.mini_pusher.send(mini, told))[0]

    async def push_hostile(self, openid: str, *, tamper: Tamper, text: str = "hostile") -> tuple[int, bytes]:
        """A push no platform would send; status and body of what came back."""
        head = {
            "ToUserName": self.settings.gh_id,
            "FromUserName": openid,
            "CreateTime": int(self.clock.now()),
        }
        fields = {**head, "MsgType": "text", "Content": text, "MsgId": self.next_id()}
        return await self.pusher.send_hostile(openid, fields, tamper=tamper)

    async def verify_callback(self, *, signature: str = "") -> bool:
        """The URL check; with `signature` a wrong one, to see it refused."""
        return await self.pusher.verify(echo=str(secrets.randbelow(10**19)), signature=signature)

    def mini_login(self, openid: str) -> str:
        """What `wx.login` gives this person's mini-program: five minutes, one use."""
        return self.logins.login_code(self.people.get(openid).mini_openid)

    def phone_code(self, openid: str, *, phone: str) -> str:
        return self.logins.phone_code(self.people.get(openid).mini_openid, phone=phone)

    def consent(self, openid: str, *, template_id: str, times: int = 1) -> None:
        """The person accepts a subscription message so many times; 0 takes all consent back."""
        consents = self.people.get(openid).consents
        consents[template_id] = consents.get(template_id, 0) + times if times else 0

    def revoke_tokens(self) -> None:
        self.oa_tokens.revoke()
        self.mini_tokens.revoke()

    def set_keys(self, *, token: str = "", aes_key: str = "") -> None:
        """What the account's administrator changes on the platform's settings page."""
        self.pusher.crypt = Crypt(
            token=token or self.pusher.crypt.token,
            aes_key=aes_key or self.pusher.crypt.aes_key,
            app_id=self.settings.app_id,
        )

    def buttons(self) -> list[dict[str, Any]]:
        """The menu's entries that can be tapped, sub-menus opened."""
        flat: list[dict[str, Any]] = []
        for each in self.menu:
            flat.extend(each.get("sub_button") or [each])
        return flat

    def _follower(self, openid: str) -> Person:
        person = self.people.get(openid)
        if not person.following:
            raise ControlError(texts.NOT_FOLLOWING)
        return person

    async def _message(self, openid: str, kind: str, fields: dict[str, Any], content: dict[str, Any]) -> Push:
        person = self._follower(openid)
        person.windows.open_message(now=self.clock.now())
        return await self._sent(person, kind, fields, content)

    async def _sent(self, person: Person, kind: str, fields: dict[str, Any], content: dict[str, Any]) -> Push:
        person.last_exchange_at = self.clock.now()
        person.show(at=self.clock.now(), sender="me", kind="me", type=kind, content=content)
        return await self.push(person, {"MsgType": kind, **fields, "MsgId": self.next_id()})

    async def _scanned(self, person: Person, *, event: str, key: str, scene: str) -> Push:
        ticket = self.scenes.ticket_of(scene)
        return await self.push(
            person, {"MsgType": "event", "Event": event, "EventKey": key, "Ticket": ticket}
        )


def _marks(button: dict[str, Any]) -> tuple[Any, ...]:
    return button.get("key"), button.get("url"), button.get("pagepath")
