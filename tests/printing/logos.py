"""Logos as centres have them."""

from io import BytesIO

from PIL import Image, ImageDraw

WIDE, SQUARE, TALL = (800, 200), (500, 500), (120, 800)


def logo_png(size: tuple[int, int] = WIDE, ink: str = "#0B6E7F") -> bytes:
    """A frame with a bar in it, on white."""
    picture = Image.new("RGB", size, "white")
    drawn = ImageDraw.Draw(picture)
    drawn.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=ink, width=12)
    drawn.rectangle((size[0] // 3, size[1] // 3, size[0] * 2 // 3, size[1] * 2 // 3), fill=ink)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
