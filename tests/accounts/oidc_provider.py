"""An OpenID provider in a process of its own: django-oauth-toolkit, its users, and one client that must use PKCE.

    python oidc_provider.py FOLDER PORT REDIRECT_URI CLIENT SECRET

Serves on 127.0.0.1 until it is stopped, at most ten minutes. Its people: `first` and `second`, with PASSWORD.
"""

import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

PASSWORD = "known to the provider alone"
LONGEST = 600

PAGE = """<!doctype html><html lang="en"><title>Provider</title><main><h1>Provider</h1>
<form method="post">{% csrf_token %}{{ form.as_p }}<input type="hidden" name="next" value="{{ next }}">
<button type="submit">Enter</button></form></main></html>"""


def configure(folder: Path, port: int) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    (folder / "registration").mkdir(parents=True)
    (folder / "registration" / "login.html").write_text(PAGE)
    settings.configure(
        SECRET_KEY="the provider's own",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [str(folder)],
                "APP_DIRS": True,
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "db.sqlite3")}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SESSION_COOKIE_NAME="provider",
        CSRF_COOKIE_NAME="provider-csrf",
        LOGIN_URL="/login/",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": pem,
            "OIDC_ISS_ENDPOINT": f"http://localhost:{port}/o",
            "PKCE_REQUIRED": True,
            "SCOPES": {"openid": "Who you are"},
        },
    )


def populate(redirect_uri: str, client: str, secret: str) -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from oauth2_provider.models import get_application_model

    call_command("migrate", verbosity=0)
    for name in ("first", "second"):
        get_user_model().objects.create_user(username=name, password=PASSWORD)
    get_application_model().objects.create(
        name="vigie", client_id=client, client_secret=secret, client_type="confidential", redirect_uris=redirect_uri,
        authorization_grant_type="authorization-code", algorithm="RS256", skip_authorization=True,
    )  # fmt: skip


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *given):
        pass


def main() -> None:
    folder, port, redirect_uri, client, secret = sys.argv[1:]
    configure(Path(folder), int(port))
    import django

    django.setup()
    from django.contrib.auth.views import LoginView
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path

    globals()["urlpatterns"] = [
        path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
        path("login/", LoginView.as_view(), name="login"),
    ]
    populate(redirect_uri, client, secret)
    server = make_server("127.0.0.1", int(port), get_wsgi_application(), Threaded, Silent)
    threading.Timer(LONGEST, server.shutdown).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
