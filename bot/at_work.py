"""What liaisons do in the chat: answer a task piece by piece, bring a finding, untie the chat. Pure."""

from typing import Final

from bot import texts
from bot.business import NotAsked, back_to_saying, done
from bot.drafting import asked_again
from bot.effects import Answer, GatherFile, OpenTask, Unbind
from bot.hearing.ear import Ear
from bot.state import Said, State, Turn

MOST_GATHERED: Final = 12
LONGEST_WORDS: Final = 600
WORDS, FILE, PLACE = "words:", "file:", "place:"


def tasks(state: State, said: Said, *, ear: Ear) -> Turn:
    """One of several was to be chosen."""
    if said.note is not None or said.text not in state.offered:
        raise NotAsked
    return Turn(state=state, effect=OpenTask(task=state.places[state.offered.index(said.text)]))


def tasking(state: State, said: Said, *, ear: Ear) -> Turn:
    """Words, photos and a place for the answer, until they say that it is all."""
    if said.text in (texts.DONE, texts.SUBMIT):
        if not state.gathered:
            return Turn(state=state, answer=texts.ANSWER_EMPTY)
        return Turn(state=back_to_saying(state), effect=Answer(task=state.act, gathered=state.gathered))
    if len(state.gathered) >= MOST_GATHERED or len(said.text) > LONGEST_WORDS:
        return Turn(state=state, answer=texts.ANSWER_TOO_LONG)
    note = said.note
    if note is not None and note.kind != "place":
        return Turn(state=state, effect=GatherFile(note=note))
    piece = WORDS + said.text if note is None else f"{PLACE}{note.latitude},{note.longitude},{note.text}"
    gathered = (*state.gathered, piece)
    answer = texts.GATHERED.format(count=len(gathered))
    return Turn(state=state._replace(gathered=gathered), answer=answer)


def unbinding(state: State, said: Said, *, ear: Ear) -> Turn:
    if said.text == texts.YES_UNBIND:
        return Turn(state=back_to_saying(state), effect=Unbind(is_sure=True))
    if said.text == texts.LEAVE_IT:
        return done(state, texts.LEFT_AS_IT_IS)
    question = texts.UNBIND.format(choices=texts.choices(list(state.offered)))
    return asked_again(state, said, ear=ear, question=question)
