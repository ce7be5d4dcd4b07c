"""For WSGI servers: ``gunicorn wsgi:app``. The database is expected to be migrated."""

from trainer.factory import create_app

app = create_app()
app.extensions["watch_publications"]()  # what is published later is served without a restart
