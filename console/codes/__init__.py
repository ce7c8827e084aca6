"""码: the pages on which codes are issued, replaced, retired and printed."""
