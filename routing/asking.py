"""Which bodies a reporter's request for recusal may mean without naming them."""

from routing import texts
from routing.table import RoutingTable


def bodies_asked_out(words: str, *, holder: str, region_code: str, table: RoutingTable) -> dict[str, str]:
    """Body code → reason: the township of the place, and the body that has the matter. Guesses, as matches are."""
    township = table.place(region_code).township_body
    asked = {}
    if township and texts.ASKING_TOWNSHIP.search(words):
        asked[township] = texts.ASKED_OUT
    if texts.ASKING_HOLDER.search(words):
        asked[holder] = texts.ASKED_OUT
    return asked
