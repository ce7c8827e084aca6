"""The sample prefecture, as import files: invented people and places on division codes no real place has."""
