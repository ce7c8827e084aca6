"""问卷测评: questions as data, answered by anybody at a place, counted for the county."""
