"""Bytes become text: byte order marks, UTF-8, UTF-16 and Windows-1252 are recognised. Pure."""

from __future__ import annotations

import codecs
import re

from trainer.cohorts.roster.problems import Unreadable
from trainer.wording import said

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

_SAMPLE = 2_000
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f]")  # control characters that no list of people holds


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises Unreadable."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, codec, name), name
    if b"\0" in data[:_SAMPLE]:
        # Latin letters in UTF-16 have a zero in every other byte; which one says which end comes first.
        sample = data[:_SAMPLE]
        is_little = sample[1::2].count(0) > sample[::2].count(0)
        return _decoded(data, "utf-16-le" if is_little else "utf-16-be", "UTF-16"), "UTF-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252", "Windows-1252"), "Windows-1252"
    return _decoded(data, "utf-8", "UTF-8"), "UTF-8"


def _decoded(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            said(
                "The file looks like %(encoding)s, but line %(line)s holds bytes that are not.",
                encoding=name,
                line=line,
            ),
            said("Open it in your spreadsheet and save it again as “CSV UTF-8”, or upload the .xlsx file."),
            line,
        ) from None
    if _STRANGE.search(text, 0, _SAMPLE):
        raise Unreadable(
            said("This is no list of people: it holds characters that no text has."),
            said("Upload a .csv or an .xlsx file. Older .xls files: open and save them as .xlsx."),
        )
    return text
