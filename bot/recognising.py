"""What means the same at every stage: a code, a receipt, a number, binding. Pure."""

import re
import unicodedata
from typing import Final

from bot import texts
from bot.correcting import correction
from bot.effects import Bind, Enter, Look
from bot.state import State, Turn
from bot.submitting import PHONE
from organisation import entry_codes, receipts

LONGEST_TYPED_CODE: Final = 20
LONGEST_QUESTION: Final = 16
BIND_PARTS: Final = re.compile(r"[^\s,，、;；:：]+")
WHOLE_PHONE: Final = 11


def recognised(state: State, text: str) -> Turn | None:
    bound = binding(state, text) if texts.BIND in text else None
    if bound is not None:
        return bound
    mended = correction(state, text)
    if mended is not None:
        return mended
    code = entry_codes.find_in(text) if len(text) >= entry_codes.LENGTH else None
    if code is not None:
        return Turn(state=state, effect=Enter(code=code))
    if texts.RECEIPT_WORD in text or state.stage == "asking":
        shown = receipt_among_words(state, text)
        if shown is not None:
            return shown
    return code_or_receipt(state, text) if entry_codes.may_be_one(text) else None


def binding(state: State, text: str) -> Turn | None:
    """`绑定 电话 绑定码`, whatever stands between them."""
    folded = unicodedata.normalize("NFKC", text[:80]).strip()
    if not folded.startswith(texts.BIND):
        return None
    parts = BIND_PARTS.findall(folded.removeprefix(texts.BIND))
    while len(parts) > 2 and parts[0].isdecimal() and parts[1].isdecimal() and len(parts[0]) < WHOLE_PHONE:
        parts[:2] = [parts[0] + parts[1]]
    if parts and not PHONE.fullmatch(parts[0]):
        return None
    if len(parts) == 2:
        return Turn(state=state, effect=Bind(phone=parts[0], code=parts[1]))
    return Turn(state=state, answer=texts.BIND_HOW)


def receipt_among_words(state: State, text: str) -> Turn | None:
    """`回执码：…`, often the whole answer that gave it, sent back; or a question about receipts."""
    receipt = receipts.find_in(text)
    if receipt:
        return Turn(state=state, effect=Look(receipt=receipt))
    if texts.RECEIPT_WORD in text and len(text) <= LONGEST_QUESTION:
        return Turn(state=state, answer=texts.RECEIPT_LOST)
    return None


def code_or_receipt(state: State, text: str) -> Turn | None:
    if len(text) <= LONGEST_TYPED_CODE and entry_codes.is_shaped(entry_codes.normalise(text)):
        return Turn(state=state, answer=texts.CODE_UNKNOWN)
    if len(text) <= LONGEST_TYPED_CODE and receipts.is_number(text) and is_number_meant(state, text):
        return Turn(state=state, answer=texts.NUMBER_IS_NO_RECEIPT)
    is_expected = state.stage == "asking" or not state.pieces
    receipt = receipts.normalise(text) if 16 <= len(text) <= 40 else ""
    # sixteen digits in a draft may be the number of an account
    is_one = receipts.is_shaped(receipt) if is_expected else receipts.is_valid(receipt)
    return Turn(state=state, effect=Look(receipt=receipt)) if is_one else None


def is_number_meant(state: State, text: str) -> bool:
    """Unasked for, a village in Latin letters may have as many."""
    return state.stage == "asking" or (not state.pieces and any(char.isdecimal() for char in text))
