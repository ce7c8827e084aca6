"""Safe-mode pushes as WeChat sends them, made before the clock runs: whole HTTP requests, ready for the socket."""

import base64
import hashlib
import itertools
import re
import secrets
from collections import deque
from collections.abc import Iterator

from bot.envelope import Lock

APPID, TOKEN, AES_KEY = "wxbench0123456789", "benchtoken", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_bench"
AT = 1_795_400_000
TEXT = "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content><MsgId>{id}</MsgId>"
SCAN = (
    "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event>"
    "<EventKey><![CDATA[{key}]]></EventKey><Ticket><![CDATA[gQH47joAAAAAAAAAASxodHRwOi8v]]></Ticket>"
)
WORDS = (
    "村小学食堂每学期多收三百块饭钱，问了几次都没有说法",
    "从去年九月开始的，收据上写的是资料费",
    "家长群里老师说是学校统一定的，不交就不让在校吃饭",
)
# people whose words interleave; far more than there are requests in flight, so that each one's order is kept
PEOPLE = 400

_ids = itertools.count(secrets.randbits(40) << 20)
_lock = Lock(AES_KEY)


def requests(count: int, *, codes: str, filing: float) -> list[bytes]:
    """`count` requests of people who scan a code, say two or three things, and by share `filing` submit.

    `codes` has commas between.
    """
    made = itertools.islice(_endless(codes.split(","), filing), count)
    return [_request(openid, body) for openid, body in made]


def _endless(codes: list[str], filing: float) -> Iterator[tuple[str, str]]:
    """Somebody new comes when somebody has done, so that at any moment people are everywhere in what they say."""
    newcomers = itertools.count()
    # the first ones begin a quarter at a time, or all would submit at the same moment
    talking = deque(
        itertools.chain(itertools.repeat(None, place % 4), _said_by(next(newcomers), codes, filing))
        for place in range(PEOPLE)
    )
    while True:
        person = talking.popleft()
        try:
            push = next(person)
        except StopIteration:
            person = itertools.chain(_said_by(next(newcomers), codes, filing))
            push = next(person)
        if push is not None:
            yield push
        talking.append(person)


def _said_by(person: int, codes: list[str], filing: float) -> Iterator[tuple[str, str]]:
    openid = "o" + secrets.token_urlsafe(20)
    yield openid, SCAN.format(key=codes[person % len(codes)])
    words = list(WORDS[: 2 + person % 2])
    if int((person + 1) * filing) > int(person * filing):
        words += ["提交", "不针对个人", "匿名提交"]
    for text in words:
        yield openid, TEXT.format(text=text, id=next(_ids))


def _request(openid: str, body: str) -> bytes:
    message = (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
        f"<CreateTime>{AT}</CreateTime>{body}</xml>"
    )
    sealed = _lock.lock(message.encode(), appid=APPID.encode(), salt=secrets.token_hex(8).encode())
    nonce = str(secrets.randbits(31))
    signature = hashlib.sha1("".join(sorted([TOKEN, str(AT), nonce, sealed])).encode()).hexdigest()
    content = (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    ).encode()
    query = f"timestamp={AT}&nonce={nonce}&openid={openid}&encrypt_type=aes&msg_signature={signature}"
    head = (
        f"POST /wechat?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def at_once(people: int) -> list[bytes]:
    """Words of so many people, one each, none of whom has spoken before."""
    return [
        _request("o" + secrets.token_urlsafe(20), TEXT.format(text=WORDS[0], id=next(_ids)))
        for _ in range(people)
    ]


def words_in(answer: bytes) -> str:
    """What a whole HTTP answer says, empty when it is sealed otherwise or says nothing."""
    sealed = re.search(rb"<Encrypt><!\[CDATA\[(.*?)\]\]>", answer)
    opened = _lock.unlock(base64.b64decode(sealed[1]), appid=APPID.encode()) if sealed else None
    said = re.search(rb"<Content><!\[CDATA\[(.*?)\]\]>", opened or b"", re.DOTALL)
    return said[1].decode() if said else ""
