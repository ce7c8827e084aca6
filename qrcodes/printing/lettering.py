"""The font cut around what a whole job of posters will say."""

from string import printable

from press.lettering import Lettering
from qrcodes import texts
from qrcodes.terms import WORDS


def lettering_around(names: str) -> Lettering:
    """For many files about these names: everything that layouts say of themselves comes along."""
    said = (value for value in vars(texts).values() if isinstance(value, str | tuple))
    own = "".join("".join(value) for value in said) + "".join(
        "".join(each) for each in texts.PURPOSES.values()
    )
    return Lettering(names + own + "".join(WORDS) + printable)
