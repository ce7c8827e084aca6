"""Entry codes as CSV on standard output."""

import csv
from collections.abc import Iterable
from typing import TextIO

from models.entry_code import EntryCode

COLUMNS = ("code", "purpose", "area_code", "region_code", "url", "status")


def write_codes(codes: Iterable[EntryCode], *, public_url: str, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code in codes:
        url = f"{public_url}/s/{code.code}"
        row = (code.code, code.purpose.value, code.area_id, code.region_id, url, code.status.value)
        writer.writerow(row)
