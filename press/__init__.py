"""印制: what every printed thing is made of: the font, a PDF file, a sheet to draw on, text set in pages."""
