"""One's own account: where it is signed in, its recovery codes, what its role may do."""
