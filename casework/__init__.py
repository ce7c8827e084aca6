"""办理: what a body does with a report: one action per file, one table of legal transitions."""
