"""support.yaml: somebody to talk to, by country."""

from __future__ import annotations

from trainer.courseware import rules
from trainer.courseware.catalogue import SupportContact, SupportCountry
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import read_small_yaml
from trainer.courseware.shapes import ContactShape, SupportShape, read_shape
from trainer.courseware.source import TextFile


def read_support(file: TextFile, report: Report) -> tuple[SupportCountry, ...]:
    """The countries in the order of the file, or none with diagnostics."""
    document = read_small_yaml(file.path, file.text, 1, report)
    shape = read_shape(SupportShape, file.path, document, report) if document else None
    if shape is None or document is None:
        return ()
    seen: set[str] = set()
    for index, country in enumerate(shape.countries):
        if country.code in seen:
            line = document.line_of("countries", index, "code")
            report.add(rules.DUPLICATE_ID, file.path, line, f"the country “{country.code}” stands here twice")
        seen.add(country.code)
    return tuple(
        SupportCountry(country.code, country.name, tuple(_contact(contact) for contact in country.contacts))
        for country in shape.countries
    )


def _contact(shape: ContactShape) -> SupportContact:
    return SupportContact(
        name=shape.name,
        phone=shape.phone,
        when=shape.when,
        last_checked=shape.last_checked,
        text=shape.text,
        url=shape.url,
        note=shape.note,
        is_unverified=shape.verify,
    )
