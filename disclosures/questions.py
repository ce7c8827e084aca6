"""The questions that a place suggests: those of its village's type, else general ones."""

from collections.abc import Sequence

from disclosures.texts import GENERAL, QUESTIONS
from models.region import Region


async def questions_for(region_codes: Sequence[str]) -> Sequence[str]:
    """`region_codes` run from the city down to the place."""
    village = await Region.filter(code__in=list(region_codes)).exclude(village_type="").first()
    return QUESTIONS.get(village.village_type, GENERAL) if village else GENERAL
