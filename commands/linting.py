"""The configuration linter as `mashang doctor` shows it: the organisation, and whether every village has a code."""

from models.choices import EntryStatus, RegionLevel
from models.entry_code import EntryCode
from routing.linter.findings import Finding, found
from routing.linter.lint import lint
from routing.table import RoutingTable


async def complaints(table: RoutingTable) -> list[Finding]:
    """Errors before warnings; empty when all is well."""
    findings = list(lint(table))
    if table.tree.nodes:
        active = EntryCode.filter(status=EntryStatus.ACTIVE)
        coded = {str(region) for (region,) in await active.distinct().values_list("region_id")}
        villages = (node for node in table.tree.nodes.values() if node.level == RegionLevel.VILLAGE)
        bare = sorted((node.code, node.name) for node in villages if node.code not in coded)
        findings.append(found("warning", "no_code", bare))
    return [finding for finding in findings if finding.spots]
