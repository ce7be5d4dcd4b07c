"""A QR code as one path of an SVG: dark squares on whatever is behind them, no file and no other host."""

from __future__ import annotations

import segno

QUIET = 4  # empty squares around the code, as scanners want them


def qr_path(text: str) -> tuple[str, int]:
    """The path and the length of a side, in squares. A quarter of the code may be lost, on a wall or in a fold."""
    rows = [list(row) for row in segno.make(text, error="q", micro=False).matrix_iter(border=QUIET)]
    steps = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            width = 0
            while x + width < len(row) and row[x + width]:
                width += 1
            if width:
                steps.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width or 1
    return "".join(steps), len(rows)
