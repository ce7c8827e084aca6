"""What two copies of one photo have in common, however they were made smaller on the way: eight bands of a hash.

The hash says where the picture grows brighter from one ninth to the next. It never leaves this process readable:
`intake.attachments` keeps a keyed hash of each band, and photos that share three of them are alike.
"""

from itertools import chain, pairwise
from typing import Final

from PIL import Image

SIDE: Final = 9
LINES_TO_A_BAND: Final = 2


def bands_of(photo: Image.Image) -> tuple[str, ...]:
    """Named by place and value. Of an even surface there are none: all of those would be alike."""
    small = photo.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    across = [small[start : start + SIDE] for start in range(0, SIDE * (SIDE - 1), SIDE)]
    down = [small[start::SIDE] for start in range(SIDE - 1)]
    lines = [[a < b for a, b in pairwise(line)] for line in (*across, *down)]
    pairs = zip(lines[::LINES_TO_A_BAND], lines[1::LINES_TO_A_BAND], strict=True)
    bands = [list(chain(*pair)) for pair in pairs]
    return tuple(
        f"{place}:{sum(bit << n for n, bit in enumerate(band)):04x}"
        for place, band in enumerate(bands)
        if any(band) and not all(band)
    )
