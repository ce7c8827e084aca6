"""Without a code: which village and which area the words are about, offered and chosen, never assumed in silence."""

from collections.abc import Sequence

from bot import texts
from bot.drafting import asked_only, kinds_of, noted
from bot.effects import EnterAt
from bot.hearing.ear import MOST_OFFERED, Ear, Heard
from bot.state import Said, State, Turn

# a township with more is asked for in words
MOST_VILLAGES = 30


def saying_somewhere(state: State, said: Said, *, ear: Ear) -> Turn:
    """Words before anybody knows where: kept, and listened to for the name of a village."""
    words = where_said(said)
    heard = ear.place(words) if words else Heard()
    is_answer = said.note is None and heard.is_all
    kept = Turn(state=state) if is_answer else noted(state, said, ear=ear, offered=())
    if kept.answer:
        return kept
    asked = _asked(kept.state, heard, words, ear=ear)
    answer = asked.answer or texts.WHICH_VILLAGE
    if kept.note is not None:
        answer = texts.NOTED_FIRST.format(count=kept.state.pieces, kinds=kinds_of(kept.state)) + answer
    return asked._replace(answer=answer, note=kept.note)


def where_said(said: Said) -> str:
    """Words that may name a village: what was said, or the address of a place that was sent."""
    return said.note.text if said.note is not None and said.note.kind == "place" else said.text


def _asked(state: State, heard: Heard, text: str, *, ear: Ear) -> Turn:
    if heard.is_sure:
        return which_area(state, heard.villages[0], ear=ear, text=text)
    if len(heard.villages) > MOST_OFFERED:
        return Turn(state=state._replace(stage="saying", offered=()), answer=texts.MANY_VILLAGES)
    villages = heard.villages or _of_town(heard, ear=ear)
    if villages:
        return which_village(state, villages, ear=ear)
    if state.region:
        return which_area(state, state.region, ear=ear, text=text)
    return Turn(state=state._replace(stage="saying", offered=(), places=()))


def _of_town(heard: Heard, *, ear: Ear) -> Sequence[str]:
    villages = ear.villages_of(heard.towns[0]) if len(heard.towns) == 1 else ()
    return villages if len(villages) <= MOST_VILLAGES else ()


def which_village(state: State, villages: Sequence[str], *, ear: Ear) -> Turn:
    offered = (*map(ear.label, villages), texts.NO_VILLAGE_OF_THESE)
    return Turn(
        state=state._replace(stage="village", places=tuple(villages), offered=offered),
        answer=texts.WHICH_OF_VILLAGES.format(choices=texts.choices(list(offered))),
    )


def which_area(state: State, village: str, *, ear: Ear, text: str = "") -> Turn:
    # what was guessed from earlier words stays in front of what nothing was said of
    areas = ear.areas(text, otherwise=state.places if state.stage == "area" else ())
    offered = (*(ear.table.areas[code] for code in areas), texts.NOT_THIS_VILLAGE)
    return Turn(
        state=state._replace(stage="area", region=village, places=tuple(areas), offered=offered),
        answer=texts.WHICH_AREA.format(place=ear.label(village), choices=texts.choices(list(offered))),
    )


def village(state: State, said: Said, *, ear: Ear) -> Turn:
    """One of the villages offered was to be chosen."""
    if said.note is None and said.text in state.offered:
        if said.text == texts.NO_VILLAGE_OF_THESE:
            return nowhere(state)
        return which_area(state, state.places[state.offered.index(said.text)], ear=ear)
    question = texts.WHICH_OF_VILLAGES.format(choices=texts.choices(list(state.offered)))
    only = asked_only(state, said, ear=ear, question=question)
    if only is not None:
        return only
    turn = saying_somewhere(state._replace(stage="saying"), said, ear=ear)
    if turn.state.stage != "saying":
        return turn
    kept = turn.state._replace(stage="village", places=state.places, offered=state.offered)
    return turn._replace(state=kept, answer=texts.WHO_AGAIN + question if turn.note else turn.answer)


def area(state: State, said: Said, *, ear: Ear) -> Turn:
    """One of the areas offered was to be chosen."""
    if said.note is None and said.text in state.offered:
        if said.text == texts.NOT_THIS_VILLAGE:
            return nowhere(state)
        code = state.places[state.offered.index(said.text)]
        return Turn(state=state, effect=EnterAt(region=state.region, area=code))
    offered = texts.choices(list(state.offered))
    question = texts.WHICH_AREA.format(place=ear.label(state.region), choices=offered)
    only = asked_only(state, said, ear=ear, question=question)
    if only is not None:
        return only
    heard = ear.place(said.text) if said.text else Heard()
    if heard.is_sure and heard.villages[0] != state.region:
        return saying_somewhere(state._replace(stage="saying"), said, ear=ear)
    kept = noted(state, said, ear=ear)
    if kept.answer:
        return kept
    again = which_area(kept.state, state.region, ear=ear, text=said.text)
    return again._replace(answer=texts.WHO_AGAIN + again.answer, note=kept.note)


def nowhere(state: State) -> Turn:
    """None of what was offered: back to asking, with everything said still there."""
    return Turn(
        state=state._replace(stage="saying", region="", places=(), offered=()), answer=texts.WHICH_VILLAGE
    )


def place_first(state: State, *, ear: Ear) -> Turn:
    """`提交` before the place is known: the question that stands, or the first one."""
    if state.region:
        return which_area(state, state.region, ear=ear)
    if state.stage == "village":
        return which_village(state, state.places, ear=ear)
    return Turn(state=state._replace(stage="saying", offered=()), answer=texts.WHERE_FIRST)
