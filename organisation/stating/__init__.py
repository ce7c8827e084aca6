"""Facts as somebody states them, from standard input or a form, read for a decision that nothing is stored of."""
