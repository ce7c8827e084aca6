"""受理: a draft from any door becomes one report."""
