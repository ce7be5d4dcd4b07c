"""Security headers on every response; the policy allows nothing inline and no other host."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# Their addresses hold a secret, which no page that is opened from there may learn; the origin alone is enough for the
# check of forms.
SECRET_ADDRESSES = ("/invitations/", "/reset-password/", "/letters/stop/")
CACHED_ENDPOINTS = frozenset({"public.asset", "learner.image"})


def install_headers(app: Flask, *, is_secure: bool) -> None:
    """Set the headers after every request, errors included."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        shown = (request.path, request.args.get("next", ""))  # sign-in may lead to such an address
        is_secret = any(address.startswith(SECRET_ADDRESSES) for address in shown)
        headers.setdefault("Referrer-Policy", "strict-origin" if is_secret else "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if is_secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint not in CACHED_ENDPOINTS or response.status_code not in (200, 304):
            headers.setdefault("Cache-Control", "no-store")
        return response
