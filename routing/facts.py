"""What routing is told about one matter."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Subject:
    """The person or unit reported, as fields the reporter filled in; any of them may be empty."""

    name: str = ""
    post: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One matter, as far as the decision depends on it.

    `has_words` is False when only voice or photos were given. `appeal_of` is the code of the body that
    decided the matter appealed against. `avoid` holds "township" and "liaison", as the reporter asked.
    `ruled_out_bodies` and `ruled_out_people` map a body code or person key to a reason (declared or found
    later). `cleared` maps whoever was matched and dismissed to the reason dismissed. `zone_trigger` is one
    of the four triggers that send a matter to the zone's office: masses, span, recusal, assigned.
    `directed_to` is the code of a body that a person named by an action, `direction` which one: transfer,
    return, lift, cross or assigned; both empty when nobody did.
    """

    region_code: str
    area_code: str = ""
    purpose: str = "report"
    level: str = "unknown"
    subject: Subject | None = None
    text: str = ""
    has_words: bool = True
    appeal_of: str | None = None
    avoid: frozenset[str] = frozenset()
    ruled_out_bodies: Mapping[str, str] = field(default_factory=dict)
    ruled_out_people: Mapping[str, str] = field(default_factory=dict)
    cleared: Mapping[str, str] = field(default_factory=dict)
    zone_trigger: str | None = None
    direction: str = ""
    directed_to: str = ""
