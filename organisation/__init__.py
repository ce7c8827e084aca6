"""组织: regions, bodies, zones, people, recusals and entry codes, and how they come in and change."""
