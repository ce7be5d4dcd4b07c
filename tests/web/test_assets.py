"""Three files with their content in their names, small, self-contained, and legible in light and dark."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from trainer.web.assets import CSS_FILES, DESK_CSS_FILES, JS_FILES, STATIC, Asset, Assets, build_assets

TEMPLATES = STATIC.parent / "templates"
MAX_CSS_BYTES = 40 * 1024
MAX_DESK_CSS_BYTES = 16 * 1024
DESK = ("gallery", "organisation", "rosters", "trainer")  # folders whose pages load the second stylesheet
MAX_JS_BYTES = 18 * 1024
MAX_PACKED_BYTES = 16 * 1024  # both together, as sent: leaves most of a 40 KB page to its text
ADDRESSES = ("css_url", "desk_css_url", "js_url", "icon_url")
TEXT_PAIRS = (
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "wash"),
    ("ink-soft", "paper"),
    ("ink-soft", "sheet"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("accent", "wash"),
    ("accent-deep", "paper"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("moss", "paper"),
    ("moss", "moss-wash"),
    ("amber", "paper"),
    ("amber", "sheet"),
    ("amber", "amber-wash"),
    ("sky", "sheet"),
    ("sky", "sky-wash"),
)
EDGE_PAIRS = (("edge", "paper"), ("edge", "sheet"), ("focus", "paper"), ("focus", "sheet"))


def served(assets: Assets, url: str) -> Asset:
    found = assets.get(url.removeprefix("/assets/"))
    assert found is not None
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources, to be changed."""
    return Path(shutil.copytree(STATIC, tmp_path / "static"))


def test_every_address_is_served_with_its_type() -> None:
    assets = build_assets()
    assert served(assets, assets.css_url).media_type == "text/css; charset=utf-8"
    assert served(assets, assets.desk_css_url).media_type == "text/css; charset=utf-8"
    assert served(assets, assets.js_url).media_type == "text/javascript; charset=utf-8"
    assert served(assets, assets.icon_url).media_type == "image/svg+xml"


def test_the_name_holds_the_content_and_nothing_else() -> None:
    assets = build_assets()
    assert re.fullmatch(r"/assets/site-[0-9a-f]{12}\.css", assets.css_url)
    assert re.fullmatch(r"/assets/desk-[0-9a-f]{12}\.css", assets.desk_css_url)
    assert re.fullmatch(r"/assets/site-[0-9a-f]{12}\.js", assets.js_url)
    assert re.fullmatch(r"/assets/icon-[0-9a-f]{12}\.svg", assets.icon_url)
    assert build_assets() == assets


@pytest.mark.parametrize(
    ("source", "kind"),
    [("css/print.css", "css_url"), ("css/reports.css", "desk_css_url"), ("js/page.js", "js_url")],
)
def test_a_changed_source_changes_its_address_and_retires_the_old_one(copy: Path, source: str, kind: str) -> None:
    before = build_assets(copy)
    path = copy / source
    path.write_bytes(path.read_bytes() + b"\n/* changed */\n")
    after = build_assets(copy)
    changed = {name for name in ADDRESSES if getattr(before, name) != getattr(after, name)}
    assert changed == {kind}
    assert after.get(getattr(before, kind).removeprefix("/assets/")) is None


def test_names_that_reach_outside_find_nothing() -> None:
    assets = build_assets()
    assert [assets.get(name) for name in ("", "site.css", "../assets.py", "css/base.css")] == [None] * 4


def test_what_is_packed_unpacks_to_the_same() -> None:
    assets = build_assets()
    for asset in assets.files.values():
        assert asset.gzip_body is None or gzip.decompress(asset.gzip_body) == asset.body
    assert served(assets, assets.css_url).gzip_body is not None


def test_a_missing_source_stops_the_start(copy: Path) -> None:
    (copy / "css" / "quiz.css").unlink()
    with pytest.raises(FileNotFoundError, match="quiz"):
        build_assets(copy)


def test_no_source_is_left_out() -> None:
    assert sorted(CSS_FILES + DESK_CSS_FILES) == sorted(path.stem for path in (STATIC / "css").iterdir())
    assert sorted(JS_FILES) == sorted(path.stem for path in (STATIC / "js").iterdir())


def test_the_order_of_layers_is_declared_before_anything_else() -> None:
    css = build_assets()
    rules = re.sub(r"/\*.*?\*/", "", served(css, css.css_url).body.decode(), flags=re.DOTALL).strip()
    assert rules.startswith("@layer reset, tokens, base, layout, components, utilities, print;")


def test_files_stay_small() -> None:
    assets = build_assets()
    css, js = served(assets, assets.css_url), served(assets, assets.js_url)
    assert len(css.body) <= MAX_CSS_BYTES
    assert len(served(assets, assets.desk_css_url).body) <= MAX_DESK_CSS_BYTES
    assert len(js.body) <= MAX_JS_BYTES
    assert len(css.gzip_body or css.body) + len(js.gzip_body or js.body) <= MAX_PACKED_BYTES


def test_pages_load_the_sheet_that_dresses_them() -> None:
    """A class that only the second stylesheet knows is worn by pages that load it, or by what they are made of."""
    site, desk = (
        set(re.findall(r"\.([a-z][a-z_-]+)", "".join((STATIC / "css" / f"{name}.css").read_text() for name in names)))
        for names in (CSS_FILES, DESK_CSS_FILES)
    )
    worn = {
        path.relative_to(TEMPLATES).parts[0]: set(found)
        for path in TEMPLATES.rglob("*.html")
        if (found := (desk - site) & set(" ".join(re.findall(r'class="([^"]*)"', path.read_text())).split()))
    }
    assert set(worn) <= {*DESK, "components"}, worn
    for folder in DESK:
        for path in (TEMPLATES / folder).glob("*.html"):
            assert '{% extends "layout.html" %}' not in path.read_text(), f"{path.name} lacks its stylesheet"


def test_nothing_is_fetched_from_elsewhere() -> None:
    assets = build_assets()
    css = "".join(served(assets, url).body.decode() for url in (assets.css_url, assets.desk_css_url))
    js = served(assets, assets.js_url).body.decode()
    assert not re.search(r"url\(|@import|@font-face|https?://", css)
    assert not re.search(r"https?://|sessionStorage|indexedDB|innerHTML|eval\(", js)


def test_only_the_outbox_of_answers_keeps_anything_in_the_browser() -> None:
    keeping = {path.stem for path in (STATIC / "js").glob("*.js") if "localStorage" in path.read_text(encoding="utf-8")}
    assert keeping == {"autosave"}


def test_templates_hold_nothing_that_the_content_policy_forbids() -> None:
    forbidden = re.compile(r"""\sstyle=|<style|\son[a-z]+=["']|javascript:|<script(?! src=)""", re.IGNORECASE)
    found = {
        str(path.relative_to(TEMPLATES)): match.group()
        for path in TEMPLATES.rglob("*.html")
        if (match := forbidden.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_keep_their_contrast(scheme: str) -> None:
    colours = palette(scheme)
    weak = {
        f"{front} on {back}": round(ratio, 2)
        for pairs, least in ((TEXT_PAIRS, 4.5), (EDGE_PAIRS, 3.0))
        for front, back in pairs
        if (ratio := contrast(colours[front], colours[back])) < least
    }
    assert weak == {}


def palette(scheme: str) -> dict[str, str]:
    """The colours by name; the dark ones stand after the media query and cover the light ones."""
    light, dark = (STATIC / "css/tokens.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark")
    found = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})\b")
    colours = dict(found.findall(light))
    return {**colours, **dict(found.findall(dark))} if scheme == "dark" else colours


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
