"""A QR code (ISO/IEC 18004) as SVG that stands in a page: dark on white in any colour scheme."""

from io import StringIO

import qrcode


def drawn(text: str) -> str:
    """Give the picture of `text`: one path, with the quiet zone of four modules around it."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = StringIO()
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                path.write(f"M{x} {y}h1v1h-1z")
    side = len(rows)
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" width="240" height="240" aria-hidden="true" focusable="false" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path.getvalue()}" fill="#000"/></svg>'
    )
