"""密封: the key ring, data keys, blind indexes and the append-only log (design §6)."""
