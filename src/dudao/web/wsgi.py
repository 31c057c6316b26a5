"""The WSGI application that web servers load."""

import os

from django.core.wsgi import get_wsgi_application

from dudao.web.by_thread import hold_by_thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dudao.web.settings")
hold_by_thread()
application = get_wsgi_application()
