"""Pages that need no sign-in: health, assets, and Need to talk?, which touches no session."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template, request

from trainer.courseware.catalogue import SupportContact
from trainer.db import ping
from trainer.extensions import reading
from trainer.web.locales import page_tag
from trainer.web.pages.public import ContactView, CountryView, NeedToTalkPage
from trainer.web.shell import house, language_switch
from trainer.web.words import day

blueprint = Blueprint("public", __name__)

A_YEAR = 31_536_000


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 with JSON once the database answers; an error handler makes it 503 otherwise."""
    with reading() as session:
        ping(session)
    return jsonify(status="ok", modules=len(house().catalogue.live_modules))


@blueprint.get("/need-to-talk")
def need_to_talk() -> str:
    """Support numbers: no session, no script, no log line."""
    here = house()
    page = NeedToTalkPage(
        lang=page_tag(),
        switch=language_switch(),
        product_name=here.settings.product_name,
        css_url=here.assets.css_url,
        icon_url=here.assets.icon_url,
        countries=tuple(
            CountryView(country.code, country.name, tuple(_contact(contact) for contact in country.contacts))
            for country in here.catalogue.support
        ),
    )
    return render_template("public/need_to_talk.html", page=page)


@blueprint.get("/assets/<name>")
def asset(name: str) -> Response:
    """A stylesheet, script or icon by its content hash; the browser may keep it for ever."""
    found = house().assets.get(name)
    if found is None:
        abort(404)
    zipped = request.accept_encodings["gzip"] > 0 and found.gzip_body is not None
    response = Response(found.gzip_body if zipped else found.body, content_type=found.media_type)
    if zipped:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = A_YEAR
    response.cache_control.immutable = True
    return response


def _contact(contact: SupportContact) -> ContactView:
    # A number that only takes texts opens the messages, not a call that nobody would answer.
    scheme = "sms" if contact.text and contact.phone in contact.text else "tel"
    digits = "".join(sign for sign in contact.phone if sign.isdigit() or sign == "+")
    return ContactView(
        name=contact.name,
        phone=contact.phone,
        phone_url=f"{scheme}:{digits}",
        when=contact.when,
        text=contact.text,
        url=contact.url,
        note=contact.note,
        last_checked=day(contact.last_checked),
        is_unverified=contact.is_unverified,
    )
