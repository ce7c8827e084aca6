"""One file per outside system; nothing here knows what a report is."""
