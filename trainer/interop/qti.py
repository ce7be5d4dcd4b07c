"""A module's questions as a QTI 2.1 content package, with a test that draws as our quiz does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, indent
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from trainer.courseware.catalogue import Module
from trainer.courseware.quiz import Question, Quiz
from trainer.interop.exported import Exported, LeftOut, lost_everywhere, quiz_to_export
from trainer.interop.markup import xml_text
from trainer.interop.pictures import Images
from trainer.interop.qti_items import NAMESPACE, SCHEMA, XSI, Item, build_item, document

PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
PACKAGE_SCHEMA = f"{PACKAGE} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
TEST = "assessment.xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows: the same module gives the same bytes
READABLE = 0o644 << 16


def export_qti(module: Module, images: Images) -> Exported:
    """The package. Raises NotFound for a module without a quiz."""
    quiz = quiz_to_export(module)
    items = [build_item(module, images, question, shuffles=quiz.shuffle) for question in quiz.questions]
    files = {"imsmanifest.xml": _manifest(module, items), TEST: _test(module, quiz, items)}
    for item in items:
        files[f"items/{item.name}"] = item.data
        files.update({f"items/images/{name}": image.data for name, image in sorted(item.pictures.items())})
    left_out = tuple(one for question in quiz.questions for one in _losses(question))
    return Exported(_zipped(files), f"{module.slug}.qti.zip", "application/zip", left_out)


def _losses(question: Question) -> tuple[LeftOut, ...]:
    found = list(lost_everywhere(question))
    if question.kind in ("rewrite", "dilemma"):
        found.append(LeftOut(question.id, f"is a {question.kind}: it has no score, and some platforms show it as 0"))
    return tuple(found)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = READABLE
            archive.writestr(entry, data)
    return packed.getvalue()


def _test(module: Module, quiz: Quiz, items: Sequence[Item]) -> bytes:
    """``draw`` questions of the pool; ``required`` ones are always among them."""
    attributes = {
        "xmlns": NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": SCHEMA, "identifier": f"{module.id}-quiz",
        "title": xml_text(module.title),
    }  # fmt: skip
    root = Element("assessmentTest", attributes)
    score = {"identifier": "SCORE", "cardinality": "single", "baseType": "float"}
    SubElement(SubElement(SubElement(root, "outcomeDeclaration", score), "defaultValue"), "value").text = "0"
    modes = {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "simultaneous"}
    part = SubElement(root, "testPart", modes)
    section = {"identifier": "questions", "title": xml_text(module.title), "visible": "true"}
    pool = SubElement(part, "assessmentSection", section)
    if quiz.draw < len(items):
        SubElement(pool, "selection", {"select": str(quiz.draw)})
    for question, item in zip(quiz.questions, items, strict=True):
        is_always = question.is_safety or question.id in quiz.before_ids
        reference = {"identifier": item.identifier, "href": f"items/{item.name}"}
        SubElement(pool, "assessmentItemRef", {**reference, "required": "true"} if is_always else reference)
    processing = SubElement(root, "outcomeProcessing")
    total = SubElement(SubElement(processing, "setOutcomeValue", {"identifier": "SCORE"}), "sum")
    SubElement(total, "testVariables", {"variableIdentifier": "SCORE"})
    indent(root)
    return document(root)


def _manifest(module: Module, items: Sequence[Item]) -> bytes:
    attributes = {
        "xmlns": PACKAGE, "xmlns:xsi": XSI, "xsi:schemaLocation": PACKAGE_SCHEMA,
        "identifier": f"{module.id}-{module.revision[:12]}",
    }  # fmt: skip
    root = Element("manifest", attributes)
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    test = {"identifier": "quiz", "type": "imsqti_test_xmlv2p1", "href": TEST}
    listed = SubElement(resources, "resource", test)
    SubElement(listed, "file", {"href": TEST})
    for item in items:
        SubElement(listed, "dependency", {"identifierref": item.identifier})
    for item in items:
        href = f"items/{item.name}"
        kind = {"identifier": item.identifier, "type": "imsqti_item_xmlv2p1", "href": href}
        resource = SubElement(resources, "resource", kind)
        for name in (href, *(f"items/images/{name}" for name in sorted(item.pictures))):
            SubElement(resource, "file", {"href": name})
    indent(root)
    return document(root)
