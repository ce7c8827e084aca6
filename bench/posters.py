"""What 17,322 posters cost: PDFs by township, against the bare QR library in the same run.

    .venv/bin/python bench/posters.py [--townships 178]

The symbols alone are measured first, with the same library, level and mask. The posters then run in a process
of their own, so that its peak memory is theirs: reading an invented prefecture from SQLite, drawing, writing.
Stopped half-way and begun again, and two at once, are measured too.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from clients.database import migrate, opened
from models.area import Area
from models.choices import Purpose
from models.entry_code import EntryCode
from models.region import Region
from organisation import entry_codes
from organisation.codes.issue import issue_lacking
from organisation.live import raise_version
from qrcodes import symbol
from qrcodes.errors import AlreadyPrinting
from qrcodes.posters import Wanted, print_posters

AREAS = ("教育", "医疗", "民政", "林业", "农业农村", "乡村振兴")
NAMES = (
    "云岭青山石桥柳树桃花沙河大坪白水龙潭杨家王庄李寨金沟银坡长冲"
    "新店老街高田双塘马场竹园松林梅湾荷塘月亮朝阳东升西坝南关北坡"
)
VILLAGES = 2887
URL = "https://jiandu.example.cn"


def name(number: int, end: str) -> str:
    return NAMES[number * 7 % len(NAMES)] + NAMES[number * 13 % (len(NAMES) - 1)] + end


async def make_prefecture(townships: int) -> None:
    from clients.clock import Clock

    at = Clock(None).now()
    rows = [Region(code="990100000000", name="青山市", level="city")]
    rows += [
        Region(code=f"9901{c:02}000000", name=name(c, "县"), level="county", parent_id="990100000000")
        for c in range(1, 11)
    ]
    places = [f"9901{1 + t % 10:02}{100 + t // 10:03}000" for t in range(townships)]
    rows += [
        Region(code=p, name=name(t, "镇"), level="township", parent_id=f"{p[:6]}000000")
        for t, p in enumerate(places)
    ]
    count = VILLAGES * townships // 178
    villages = [f"{places[v % townships][:9]}{201 + v // townships:03}" for v in range(count)]
    rows += [
        Region(code=c, name=name(v, "村"), level="village", parent_id=f"{c[:9]}000")
        for v, c in enumerate(villages)
    ]
    await Region.bulk_create(rows, batch_size=500)
    await Area.bulk_create([Area(code=f"a{n}", name=area, sort=n) for n, area in enumerate(AREAS)])
    await issue_lacking(villages, area=None, purpose=Purpose.REPORT, at=at, by="system")
    await raise_version(at=at)


async def prepare(database: str, townships: int) -> list[str]:
    await migrate(database)
    async with opened(database):
        await make_prefecture(townships)
        return [str(code) for code in await EntryCode.all().values_list("code", flat=True)]


async def print_all(database: str, out: Path, region: str) -> int:
    from clients.clock import Clock

    async with opened(database):
        return await print_posters(
            Wanted(public_url=URL),
            region=region,
            out=out,
            progress=lambda _done, _total: None,
            at=Clock(None).now(),
            by="system",
        )


def as_child(database: str, out: str, region: str) -> None:
    began = time.perf_counter()
    try:
        count = asyncio.run(print_all(database, Path(out), region))
    except AlreadyPrinting:
        sys.exit(1)
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "count": count,
        "seconds": time.perf_counter() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "mib": used.ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(told))


def child(database: str, out: Path, region: str = "990100000000") -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, "--child", database, str(out), region]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def told(process: subprocess.Popen[bytes]) -> dict[str, float]:
    said, _ = process.communicate()
    return json.loads(said)


def bare(codes: list[str]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    for code in codes:
        symbol.matrix(f"{URL}/s/{code}")
    return time.perf_counter() - began, time.process_time() - cpu


def size_of(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*.pdf")) / 2**20


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--townships", type=int, default=178)
    asked.add_argument("--child", nargs=3)
    given = asked.parse_args()
    if given.child:
        as_child(*given.child)
        return
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        database = f"sqlite://{folder / 'bench.db'}"
        codes = asyncio.run(prepare(database, given.townships))
        assert all(entry_codes.is_valid(code) for code in codes)
        wall, cpu = bare(codes)
        print(f"bare symbols      {len(codes):6}  {wall:6.1f} s  CPU {cpu:6.1f} s")
        one = told(child(database, folder / "one"))
        files = len(list((folder / "one").glob("*.pdf")))
        print(f"township PDFs     {one['count']:6}  {one['seconds']:6.1f} s  CPU {one['cpu']:6.1f} s")
        print(f"                  {one['cpu'] / cpu:.1f} × the symbols, peak {one['mib']:.0f} MiB,")
        print(f"                  {size_of(folder / 'one'):.0f} MiB in {files} files")
        stopped = child(database, folder / "stopped")
        time.sleep(one["seconds"] / 2)
        stopped.kill()
        stopped.wait()
        had = len(list((folder / "stopped").glob("*.pdf")))
        rest = told(child(database, folder / "stopped"))
        print(f"killed half-way   {had} files were whole; the rest took {rest['seconds']:.1f} s")
        began = time.perf_counter()
        both = [child(database, folder / f"two{n}") for n in range(2)]
        time.sleep(2)
        third = child(database, folder / "two0")
        third.wait()
        peaks = [told(process)["mib"] for process in both]
        seconds = time.perf_counter() - began
        print(f"two jobs at once  {seconds:.1f} s, peaks {peaks[0]:.0f} and {peaks[1]:.0f} MiB;")
        print(f"                  a third into the same folder ends with {third.returncode}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
