"""A QR code as a piece of SVG for the printable sign-off sheet.

Loads segno; import it only where it is drawn.
"""

from __future__ import annotations

import segno


def qr_svg(text: str, label: str, *, scale: int = 3) -> str:
    """Draw a text as a QR code.

    Args:
        text: What a reader of the code gets, such as an address with a digest.
        label: What the picture is, for those who do not see it.
        scale: Pixels of one square.

    Returns:
        One ``svg`` element without scripts and without styles, so that a strict policy shows it; the same
        text gives the same element. A quarter of the code may be damaged on paper and it still reads.

    Raises:
        ValueError: The text is empty or longer than a code can hold (about 1,600 letters).
    """
    if not text:
        raise ValueError("an empty code says nothing")
    code = segno.make_qr(text, error="q", boost_error=False)
    return code.svg_inline(scale=scale, border=4, title=label, light="white", svgclass=None, lineclass=None)
