"""组织: the pages for those who keep the organisation."""
