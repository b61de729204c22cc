"""Small drawings that say what the words beside them say: stairs for a level, a shape for a track."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook import markup
from rolebook.schema import Track

_STEP, _WIDTH, _STUB, _LOW, _HIGH = 4, 3, 2, 5, 14
"""How far steps stand apart, how wide they are, and how high those ahead, the first and the last are."""
_SHAPES = {
    Track.INDIVIDUAL: "M5.5 1.5H11.5A3.5 3.5 0 0 1 11.5 10.5H5.5A3.5 3.5 0 0 1 5.5 1.5Z",
    Track.MANAGEMENT: "M1.5 1.5H15.5V10.5H1.5Z",
    Track.SPECIALIST: "M5.5 1.5H11.5L15.5 6L11.5 10.5H5.5L1.5 6Z",
}
"""The shapes of the boxes on the maps: round, square, cut."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A drawing of the height of a line of text."""

    kind: str
    width: int
    height: int
    path: Markup


def stairs(rank: int, of: int) -> Sign:
    """Draw as many steps as one has climbed, and low stubs for those ahead."""
    rise = (_HIGH - _LOW) / max(of - 1, 1)
    heights = (round(_LOW + step * rise) if step < rank else _STUB for step in range(of))
    path = "".join(f"M{_STEP * step} {_HIGH}v-{height}h{_WIDTH}v{height}z" for step, height in enumerate(heights))
    return Sign("stairs", _STEP * of - 1, _HIGH, markup.address(path))


def shape(track: Track) -> Sign:
    """Draw the shape that boxes of a track have."""
    return Sign("shape", 17, 12, markup.address(_SHAPES[track]))
