"""What stands on a sheet by itself, without a small copy beside it, has its own correction only."""

import io
import random

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from qrcodes.symbol import QUIET, matrix, png

TEXT = "https://mashang.example.gov.cn/s/K7QF3MPZ4XWA"
PIXELS = 6
CORNER = 9
"""Modules of a corner mark with its rim: nothing in a symbol says where it begins once one is gone."""


@pytest.mark.parametrize("colour", [0, 128, 255])
def test_a_tenth_of_it_may_be_gone_anywhere_beside_the_corner_marks(colour: int) -> None:
    side, drawn = len(matrix(TEXT)), random.Random(colour)
    patch = side * 0.1**0.5
    for _ in range(40):
        x, y = (QUIET + drawn.uniform(CORNER, side - patch) for _ in "xy")
        page = Image.open(io.BytesIO(png(TEXT, pixels=PIXELS))).convert("L")
        corners = [PIXELS * at for at in (x, y, x + patch, y + patch)]
        ImageDraw.Draw(page).rectangle(corners, fill=colour)
        assert [square.text for square in zxingcpp.read_barcodes(page)] == [TEXT], (x, y)
