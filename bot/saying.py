"""What a push means for the conversation: words, something to note, a scan, a farewell, or nothing."""

from typing import NamedTuple

from bot import texts
from bot.dialogue import Said, State, Turn, step
from bot.effects import ComeBack, Enter, Leave, Note
from bot.hearing.ear import DEAF, Ear
from bot.incoming import REVOKED, Incoming
from organisation import entry_codes

MEDIA = ("image", "voice", "video")
SCANS = ("subscribe", "scan", "scancode_waitmsg")
WINDOW_EVENTS = ("subscribe", "scan", "click", "scancode_waitmsg")


class Window(NamedTuple):
    messages: int
    seconds: int


# what opens the window for customer-service messages, and how far (wechat.md B3)
MESSAGE_WINDOW = Window(messages=5, seconds=48 * 3600)
EVENT_WINDOW = Window(messages=3, seconds=60)


def turn_of(state: State, incoming: Incoming, *, ear: Ear = DEAF) -> Turn:
    turn = _turn_of(state, incoming, ear=ear)
    if state.has_left and incoming.event == "subscribe":
        return turn._replace(state=turn.state._replace(has_left=False, is_back=True))
    if state.is_back and incoming.kind != "event" and turn.effect is None:
        return turn._replace(state=turn.state._replace(is_back=False), effect=ComeBack())
    return turn


def _turn_of(state: State, incoming: Incoming, *, ear: Ear) -> Turn:
    if incoming.kind == "event":
        return event_turn(state, incoming, ear=ear)
    if incoming.kind == "text" and incoming.text != texts.STICKER:
        return step(state, Said(text=incoming.text), ear=ear) if incoming.text else Turn(state=state)
    if incoming.kind in MEDIA and incoming.media_id:
        return step(state, Said(note=Note(kind=incoming.kind, media_id=incoming.media_id)), ear=ear)
    if incoming.kind == "location" and incoming.latitude is not None and incoming.longitude is not None:
        place = Note(
            kind="place",
            text=incoming.label,
            latitude=incoming.latitude,
            longitude=incoming.longitude,
        )
        return step(state, Said(note=place), ear=ear)
    return Turn(state=state, answer=texts.NOT_UNDERSTOOD_KIND)


def event_turn(state: State, incoming: Incoming, *, ear: Ear) -> Turn:
    if incoming.event in SCANS and incoming.event_key:
        return Turn(state=state, effect=Enter(code=scanned_code(incoming)))
    if incoming.event == "subscribe":
        return Turn(state=state, answer=texts.WELCOME)
    if incoming.event == "unsubscribe" or incoming.event in REVOKED:
        return Turn(state=State(), effect=Leave())
    if incoming.event == "click":
        return step(state, Said(text=incoming.event_key), ear=ear)
    # results of our own sends, views of pages, and whatever WeChat adds: nothing to say
    return Turn(state=state)


def scanned_code(incoming: Incoming) -> str:
    """Empty when the push is no scan, or a scan of what cannot be a code: no scene of any length is looked up."""
    if incoming.event not in SCANS:
        return ""
    code = entry_codes.find_in(incoming.event_key) or entry_codes.normalise(incoming.event_key)
    return code if entry_codes.is_shaped(code) else ""


def window_of(incoming: Incoming) -> Window | None:
    """The window this push opens for customer-service messages, if it opens one."""
    if incoming.kind == "event":
        return EVENT_WINDOW if incoming.event in WINDOW_EVENTS else None
    return EVENT_WINDOW if incoming.menu_id else MESSAGE_WINDOW
