"""整改公开: what was put right, in words for everybody, and one question about it (码上评).

It is a survey like others: one answer a person, counted for the county. Nothing in it leads to the report.
"""

from collections.abc import Sequence

from tortoise.expressions import Q

from models.survey import Survey


async def rectified_in(
    path: Sequence[str], *, area: str = "", limit: int = 20, after: str = ""
) -> list[Survey]:
    """Of a place and all above it, newest first; `after` is the code of the last one already shown."""
    shown = Survey.filter(region_id__in=list(path), is_rectification=True, is_active=True)
    if area:
        shown = shown.filter(area_id=area)
    if after:
        last = await Survey.get_or_none(code=after[:32])
        if last is None:
            return []
        shown = shown.filter(Q(made_at__lt=last.made_at) | Q(made_at=last.made_at, code__lt=after))
    return await shown.order_by("-made_at", "-code").limit(limit)
