"""分流: decides who is responsible for a report. Pure: it decides over a frozen snapshot and never does."""
