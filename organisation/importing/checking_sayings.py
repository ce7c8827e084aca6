"""Checks of what people say for what: no fixed word is touched, and a word means one thing."""

from models.terms import Meaning
from organisation.importing import texts
from organisation.importing.records import Record, Sheet
from organisation.importing.stored import Stored
from organisation.sayings import RESERVED, WITHIN, Pair, meanings_of, others_meant


def pair_of(record: Record) -> Pair:
    """Of a row that can be read."""
    return Meaning(record.text("meaning")), record.text("word")


def check_sayings(sheet: Sheet, *, after: Stored) -> None:
    meanings = meanings_of(after.sayings)
    for record in sheet.records:
        if record.bad:
            continue
        pair = meaning, word = pair_of(record)
        others = others_meant(pair, meanings) if after.sayings[pair] else set()
        if word in RESERVED:
            sheet.complain(record, "word", texts.SAYING_FIXED.format(word=word))
        elif meaning in WITHIN and len(word) == 1:
            sheet.complain(record, "word", texts.SAYING_SHORT)
        elif others:
            known = texts.listed(sorted(other.label for other in others))
            sheet.complain(record, "word", texts.SAYING_ONE_MEANING.format(meaning=known))
