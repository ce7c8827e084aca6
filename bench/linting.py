"""How long the check of an organisation takes at the size of a prefecture, and what it costs those who ask beside it.

python bench/linting.py [--size prefecture]
"""

import argparse
import asyncio
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.routing import SIZES, Rows, build
from routing.linter.lint import lint
from routing.linter.ways import ways
from routing.table import RoutingTable

ROUNDS, TICK = 5, 0.001


async def waits_beside(table: RoutingTable) -> list[float]:
    """What a task that wants to go on every millisecond waits, while the check runs as the console runs it."""
    checking = asyncio.create_task(asyncio.to_thread(lint, table))
    waits = []
    while not checking.done():
        began = time.perf_counter()
        await asyncio.sleep(TICK)
        waits.append(time.perf_counter() - began - TICK)
    return sorted(waits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="prefecture", choices=SIZES)
    table = build(Rows(SIZES[parser.parse_args().size]))
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        findings = lint(table)
        seconds.append(time.process_time() - began)
    waits = asyncio.run(waits_beside(table))
    print(f"regions {len(table.tree.nodes)}, bodies {len(table.bodies)}, ways {sum(1 for _ in ways(table))}")
    print(f"findings {[(one.kind, len(one.spots)) for one in findings]}")
    print(f"check: median {statistics.median(seconds):.2f} s of CPU, worst {max(seconds):.2f} s")
    print(
        f"beside it: median {waits[len(waits) // 2] * 1e3:.1f} ms, p99 {waits[len(waits) * 99 // 100] * 1e3:.1f} ms"
    )


if __name__ == "__main__":
    main()
