"""All findings on one organisation, the worst first."""

from routing.linter.findings import Finding, found
from routing.linter.gaps import gaps
from routing.linter.ways import way_findings
from routing.table import RoutingTable


def lint(table: RoutingTable) -> tuple[Finding, ...]:
    """Errors before warnings; nothing when all is well."""
    if not table.tree.nodes:
        return (found("error", "empty", [("", "")]),)
    every = [*way_findings(table), *gaps(table)]
    return tuple(sorted((one for one in every if one.spots), key=lambda one: one.severity))
