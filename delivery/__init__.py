"""送达: the outbox and those who carry it: every notice once, its outcome kept per recipient."""
