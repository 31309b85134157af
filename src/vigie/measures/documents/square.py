"""An address as a square of dots that a telephone reads (ISO/IEC 18004), as SVG of its own, for paper."""

import qrcode


def square(address: str) -> str:
    """Draw an address. A quarter of it may be smudged or folded and it is still read (level Q)."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_Q)
    code.add_data(address)
    rows = code.get_matrix()
    side = len(rows)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}" fill="#000"/></svg>'
