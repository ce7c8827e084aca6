"""印: sheets drawn on PDF or PNG, with the font of the posters."""
