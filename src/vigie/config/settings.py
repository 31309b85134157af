"""Settings, made from the home's vigie.toml. Without a home (tests, type checks) a bare one stands in memory."""

import dataclasses
import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from vigie import homes, times
from vigie.config import databases
from vigie.ledger import keys
from vigie.measures import worker

_given = os.environ.get("VIGIE_HOME")
VIGIE_HOME: homes.Home = (
    homes.load(Path(_given))
    if _given
    else homes.Home(path=Path("/nonexistent"), instance="bare", title="vigie")
)

if os.environ.get("VIGIE_ADDRESS"):
    VIGIE_HOME = dataclasses.replace(VIGIE_HOME, address=os.environ["VIGIE_ADDRESS"])

if VIGIE_HOME.clock_start and VIGIE_HOME.clock_real:
    times.shift_clock(VIGIE_HOME.clock_start - VIGIE_HOME.clock_real)


_SHORTEST_KEY = 50


def _secret() -> tuple[str, list[str]]:
    """Give the key that signs sessions and owners' links, and earlier ones that still open them.

    Without it every link that was sent would die unnoticed.
    """
    if not _given:
        return secrets.token_hex(32), []
    file = VIGIE_HOME.keys / "web.key"
    try:
        key, earlier = keys.web(VIGIE_HOME.keys, times.now())
    except keys.BadKey as fault:
        raise homes.BadHome(
            "{fault} Sessions and the links sent to owners are signed with it.", fault=fault
        ) from None
    if len(key) < _SHORTEST_KEY:
        raise homes.BadHome(
            "The key {file} holds {size} characters. Expected {least} or more: put it back from a backup.",
            file=file,
            size=len(key),
            least=_SHORTEST_KEY,
        )
    return key, earlier


SECRET_KEY, SECRET_KEY_FALLBACKS = _secret()
DEBUG = False
_site = urlsplit(VIGIE_HOME.address)
_secure = _site.scheme == "https"
ALLOWED_HOSTS = [_site.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "vigie.ui",
    "vigie.ledger",
    "vigie.desk",
    "vigie.accounts",
    "vigie.editions",
    "vigie.exposure",
    "vigie.reports",
    "vigie.assessment",
    "vigie.alert",
    "vigie.feeds",
    "vigie.measures",
    "vigie.patrols",
    "vigie.warning",
    "vigie.partners",
    "vigie.history",
    "vigie.erasure",
    "vigie.console",
    # After our own rooms, whose templates take the place of theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "vigie.measures.middleware.ShortWay",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vigie.ui.middleware.PageHeaders",
    "vigie.accounts.signing_in.middleware.lasting.Lasting",
    "vigie.accounts.middleware.Doors",
    "vigie.accounts.signing_in.middleware.stepping_up.AsksAgain",
]

ROOT_URLCONF = "vigie.config.urls"
WSGI_APPLICATION = "vigie.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vigie.ui.middleware.page_context",
                "vigie.accounts.middleware.acting_context",
                "vigie.accounts.signing_in.middleware.lasting.session_context",
                "vigie.console.middleware.navigation_context",
                "vigie.console.middleware.loud_context",
            ],
        },
    }
]

# `default` is the desk: credentials, sessions, drafts, never exported, never rebuilt. `record` is the record and the
# rooms' rows made from it.
DATABASES = databases.of_home(VIGIE_HOME) if _given else databases.bare(os.environ.get("VIGIE_TEST_DATABASE"))
DATABASE_ROUTERS = ["vigie.config.routers.TwoDatabases"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "vigie.accounts.signing_in.middleware.adapters.Desk"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_FORMS = {"login": "vigie.accounts.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = True  # for the length of a shift: SESSION_COOKIE_AGE
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "vigie.accounts.signing_in.middleware.adapters.Keys"
MFA_FORMS = {
    "add_webauthn": "vigie.accounts.signing_in.forms.PasskeyForm",
    "authenticate": "vigie.accounts.signing_in.forms.CodeForm",
    "authenticate_webauthn": "vigie.accounts.signing_in.forms.PasskeySecondForm",
    "login_webauthn": "vigie.accounts.signing_in.forms.PasskeySignInForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _secure  # http://localhost counts as secure to browsers
MFA_TOTP_ISSUER = VIGIE_HOME.title
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are seconds off
MFA_RECOVERY_CODES_SHOW_ONCE = True

SOCIALACCOUNT_ADAPTER = "vigie.accounts.signing_in.middleware.adapters.Linked"
# A form's redirect to another site is stopped by form-action 'self'; a link is not.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        # Only who it is: no name and no address is asked for, hence none is kept.
        "SCOPE": ["openid"],
        "APPS": [
            {
                "provider_id": one.id,
                "name": one.name,
                "client_id": one.client,
                "secret": one.shared_secret(),
                "settings": {"server_url": one.issuer, "fetch_userinfo": False},
            }
            for one in VIGIE_HOME.providers
        ],
    }
}

# A cookie whose name begins so is taken by browsers from this very host alone, over https, for every path.
_cookies = "__Host-" if _secure else ""
SESSION_COOKIE_NAME = f"{_cookies}sessionid"
# How long the cookie is kept; `Lasting` ends sessions, by their begin and by their use.
SESSION_COOKIE_AGE = int(VIGIE_HOME.session_longest.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_NAME = f"{_cookies}csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_NAME = f"{_cookies}language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _secure
LANGUAGE_COOKIE_SAMESITE = "Lax"  # an owner comes from a letter, and reads in the language chosen before
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # one cookie less

CACHES = {
    # In the process's own memory: how often somebody tried to sign in.
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
X_FRAME_OPTIONS = "DENY"
# A home at an https address stands behind a proxy that ends TLS and says so; without this header nothing is told to stay on https.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _secure else 0  # the address of who signs in is the one that proxy names
CSRF_FAILURE_VIEW = "vigie.accounts.middleware.forged"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["vigie.config.uploads.InMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = VIGIE_HOME.zone

STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ADD_HEADERS_FUNCTION = worker.allow
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "vigie.config.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
