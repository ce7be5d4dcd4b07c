"""Numbers in addresses: no larger than a table's numbers, so that a huge one is just not found."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2_147_483_647


class RowNumber(IntegerConverter):
    """``<int:number>``; without the limit the database itself would stumble over the value."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)
