"""公开: the policies, projects and funds of a place, with the names of those who benefit masked."""
