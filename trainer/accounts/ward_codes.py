"""Codes and PINs for shared computers: what is drawn, how it is compared, what is too easy to guess."""

from __future__ import annotations

import secrets
from itertools import pairwise

from trainer.wording import said

PIN_LENGTH = 6
START_LENGTH = 10
START_SIGNS = "CDFGHJKMNPQRTVWXY34679"
# Short, plain, easy to spell and to say, and nothing that could be taken for a remark about somebody.
WORDS = tuple(
    """
    acorn amber anchor apple april arrow aspen autumn badge bakery banjo barley basil basket beacon berry birch biscuit
    blanket blossom bluebell boat bonnet bottle bracken bramble branch bread breeze bridge brook bucket butter button
    cabin candle canvas carrot castle cedar cello cherry chestnut circle citrus clover coast cobalt compass copper coral
    corner cottage cotton cradle cricket crimson crystal cushion daisy dahlia daylight desk dolphin donkey dough drum
    dune eagle earth echo elder ember engine fabric falcon farm feather fennel fern ferry fiddle field finch fjord flag
    flute forest fossil fountain foxglove galaxy garden garnet ginger glacier glen glove goldfinch granite grape grove
    guitar harbour harp harvest hazel heather heron hill holly honey horizon island ivory ivy jasmine jigsaw journal
    juniper kayak kettle kite lagoon lantern larch lark lavender leaf lemon library lichen lily linen lobby locket lotus
    lupin magnet magpie maple marble market meadow melon mint mitten morning moss mountain mulberry mustard napkin
    nectar notebook nutmeg oak oatmeal ocean olive onion opal orange orchard orchid otter oval paddle palette panda
    paper parcel pasture peach pebble pencil pepper pewter piano picnic pillow pine planet plum pocket pond poplar
    poppy postcard pottery prairie primrose puffin puzzle quarry quartz quilt radish rainbow raven reed ribbon river
    robin rocket rose rosemary ruby sage sail salmon sandal sapphire scarf season shell shore silver skylark slate
    snowdrop sorrel spinach spring spruce squirrel starling stone summer sunrise swallow sycamore tangerine teapot
    thimble thistle thyme timber toffee tulip turnip turtle valley velvet violin walnut water wheat willow window winter
    """.split()  # noqa: SIM905 - two hundred quoted words are harder to read
)
_EASY = frozenset({"123456", "654321", "012345", "543210", "112233", "121212", "123123", "696969", "159753", "147258"})


def new_ward_code() -> str:
    """Two words and three digits, such as ``heron-teapot-417``."""
    return f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(1_000):03}"


def new_start_code() -> str:
    """Ten signs, about 44 bits: works once, for two weeks, together with the code."""
    return "".join(secrets.choice(START_SIGNS) for _ in range(START_LENGTH))


def plain_ward_code(typed: str) -> str:
    """A code as it is compared, however its parts were joined: ``Heron Teapot 417`` is the same."""
    spread = "".join(sign if sign.isalnum() else " " for sign in typed.casefold())
    return "-".join(spread.split())[:40]


def plain_start_code(typed: str) -> str:
    """A start code as it is compared."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:40]


def pin_problem(pin: str) -> str | None:
    """Why a PIN cannot be taken, with the remedy; None if it can."""
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        return said("A PIN has exactly six digits.")
    is_row = len({(int(two) - int(one)) % 10 for one, two in pairwise(pin)}) == 1
    if pin in _EASY or is_row or len(set(pin)) < 3:
        return said("That PIN is among the first that others would guess. Please choose another.")
    return None
