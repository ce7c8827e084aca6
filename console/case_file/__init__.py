"""案卷: a report on paper: cover, what happened when, and the documents of the case."""
