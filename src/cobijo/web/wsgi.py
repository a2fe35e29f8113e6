"""The door for a WSGI server: `cobijo.web.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from cobijo.web.rest import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.web.settings")

application = get_wsgi_application()
_patterns = get_resolver().url_patterns  # every page's code, before the first person waits for it
settle()
