"""存下的筛选: what somebody narrows a list by again and again, under names of their own."""
