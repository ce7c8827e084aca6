"""How many examples a property is tried on: a handful in CI, many times that in a soak."""

import os
from typing import Any

from hypothesis import HealthCheck, settings

SOAK = max(1, int(os.environ.get("MASHANG_SOAK", "1")))


def examples(count: int) -> Any:
    """`count` in CI; each example has people and codes of its own, so the fixtures may be shared."""
    return settings(
        max_examples=count * SOAK,
        deadline=None,
        database=None,
        derandomize=SOAK == 1,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
