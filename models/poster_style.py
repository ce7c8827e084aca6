"""海报样式."""

from tortoise import fields
from tortoise.models import Model


class PosterStyle(Model):
    """海报样式: what a county (by its region code) puts above its posters, and the colour of their band, `#b22222`."""

    county = fields.CharField(max_length=15, primary_key=True)
    header = fields.CharField(max_length=40, default="")
    colour = fields.CharField(max_length=7)

    class Meta:
        table = "poster_style"
