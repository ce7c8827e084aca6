"""保管: how long everything is kept, and its destruction when that time is over (Rules art. 52: never silently)."""
