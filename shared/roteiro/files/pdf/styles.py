"""How a paper looks: fonts that are written into the file, sizes, colours that keep their contrast in grey."""

from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

__all__ = ["ACCENT", "BOLD", "INK", "MARGIN", "REGULAR", "RULE", "SHADE", "styles", "use_fonts"]

# Bitstream Vera comes with reportlab, may be embedded, and has all letters of pt-BR, en and es; what it lacks (emoji,
# other alphabets) is drawn as an empty box.
REGULAR, BOLD = "Vera", "VeraBd"
# Contrast on white: 18.9, 6.7 and 4.5 to 1; the shade is only behind text.
INK, ACCENT, RULE, SHADE = (HexColor(code) for code in (0x111111, 0x1F5F8B, 0x767676, 0xEEF2F5))
MARGIN = 20 * mm
_PADDING = 6.0  # points


@cache
def use_fonts() -> None:
    """Register the fonts, once for the process."""
    registerFont(TTFont(REGULAR, "Vera.ttf"))
    registerFont(TTFont(BOLD, "VeraBd.ttf"))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def styles() -> dict[str, ParagraphStyle]:
    """Return the kinds of text by their names."""
    body = ParagraphStyle(
        "body",
        fontName=REGULAR,
        fontSize=9.5,
        leading=14,
        textColor=INK,
        spaceAfter=6,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )
    boxed = ParagraphStyle(
        "boxed", body, borderPadding=_PADDING, leftIndent=_PADDING, rightIndent=_PADDING, spaceBefore=10, spaceAfter=14
    )
    cell = ParagraphStyle("cell", body, fontSize=8, leading=11, spaceAfter=0)
    head = ParagraphStyle("head", cell, fontName=BOLD)
    made = (
        body,
        ParagraphStyle("title", body, fontName=BOLD, fontSize=18, leading=24),
        ParagraphStyle("subtitle", body, fontName=BOLD, fontSize=11, leading=15),
        ParagraphStyle("heading", body, fontName=BOLD, fontSize=12.5, leading=17, spaceBefore=12),
        ParagraphStyle("caution", boxed, backColor=SHADE),
        ParagraphStyle("mark", boxed, fontName=BOLD, borderColor=INK, borderWidth=1),
        ParagraphStyle("small", body, fontSize=8, leading=11, spaceAfter=3),
        cell,
        head,
        ParagraphStyle("figure", cell, alignment=TA_RIGHT),
        ParagraphStyle("figure head", head, alignment=TA_RIGHT),
    )
    return {style.name: style for style in made}
