"""All settings of the site. A bad or missing value stops the start with a clear message.

Other modules read these values only through `django.conf`; nobody imports this file.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from intake import environment
from intake.report import report_limits

BASE_DIR = Path(__file__).resolve().parent.parent

# Django's own debug pages print what a visitor typed and keep every query in memory, so they
# stay off everywhere; DEBUG=true in the environment only allows what development needs.
DEBUG = False
DEVELOPMENT: bool = environment.flag("DEBUG")

_stand_in = environment.stand_ins(allowed=DEVELOPMENT)
SECRET_KEY = environment.secret("SECRET_KEY", stand_in=_stand_in("secret-key"), at_least=50)
RECEIPT_KEY = environment.secret("RECEIPT_KEY", stand_in=_stand_in("receipt-key")).encode()
AUDIT_KEY = environment.secret("AUDIT_KEY", stand_in=_stand_in("audit-key")).encode()
RECEIPT_SIGNING_KEY = environment.signing_key(
    "RECEIPT_SIGNING_KEY", stand_in=bytes(32) if DEVELOPMENT else None
)
# Seals the staff's second factors. Whoever changes SECRET_KEY gives its old value here.
SECOND_FACTOR_KEY = environment.secret("SECOND_FACTOR_KEY", stand_in=SECRET_KEY).encode()
ALLOWED_HOSTS = environment.hosts(
    "ALLOWED_HOSTS", default="127.0.0.1,localhost,testserver" if DEVELOPMENT else ""
)
SIMULATED_NOW: datetime | None = environment.moment("SIMULATED_NOW", allowed=DEVELOPMENT)
# The demo's invented accounts, to be listed on its login page.
DEMO_LOGINS: str = environment.demo_file("DEMO_LOGINS", allowed=DEVELOPMENT)
TRUSTED_PROXIES = environment.addresses("TRUSTED_PROXIES")
# Which headers of a trusted proxy tell the sender and when a request came. A server takes
# `X_Forwarded_For` for `X-Forwarded-For`: where the proxy lets such names through, it must tell
# these facts under names without a dash, which can be spelt in one way only.
ADDRESS_HEADER = environment.text("ADDRESS_HEADER") or "X-Forwarded-For"
START_HEADER = environment.text("START_HEADER") or "X-Request-Start"
# Where the site is, as posters and receipts say it: 'https://xuncha.example'; '' for the name
# under which it was asked for.
SITE_ADDRESS = environment.text("SITE_ADDRESS")

# The footer's facts about whoever runs the site; empty ones are not shown.
SITE_OWNER = environment.text("SITE_OWNER")
SITE_PHONE = environment.text("SITE_PHONE")
ICP_NUMBER = environment.text("ICP_NUMBER")
POLICE_NUMBER = environment.text("POLICE_NUMBER")
SITE_CODE = environment.text("SITE_CODE")

# Until when what citizens wrote is kept, as /privacy/ promises it after '保存到'. Nothing is
# deleted by itself: whoever runs the site must do it then.
KEPT_UNTIL = environment.text("KEPT_UNTIL") or "本轮结束、信访材料归档为止"

# Where a drop box's place is looked up, on another site, by whoever wants to; '' for no map.
MAP_URL = environment.template(
    "MAP_URL", slot="{words}", default="https://uri.amap.com/search?keyword={words}"
)

INSTALLED_APPS = [
    # The first wins: our templates over the admin's, and the intake's `load_notice`, which records
    # what it changes, over the notice's own.
    "intake.apps.IntakeConfig",
    "inspection.apps.InspectionConfig",
    "intake.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "phonenumber_field",
]

MIDDLEWARE = [
    # What those further in refuse, as a strange host, has these headers too.
    "intake.middleware.ContentSecurityPolicyMiddleware",
    "intake.middleware.PermissionsPolicyMiddleware",
    "intake.middleware.HeadersAnywayMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "intake.middleware.ReceivedAtMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "intake.middleware.StaffReferrerMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "intake.middleware.SessionEndMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "intake.middleware.DatabaseAwayMiddleware",
]
AUTHENTICATION_BACKENDS = ["intake.staff.entering.member_backend.MemberBackend"]
ROOT_URLCONF = "intake.urls"
# The pages that the notice leads to and does not have itself, and what those who wrote are told.
LEADS_TO = {"form": "report", "paper": "paper-form", "receipt": "receipt"}
AFTERWORD = "intake.citizen.windows.afterword"
WSGI_APPLICATION = "intake.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "inspection.screen.page_frame.page",
            ],
        },
    },
]

# Set where requests are served (intake/wsgi.py), so that no page holds a worker for long. Commands
# and migrations may take their time.
SERVES_REQUESTS: bool = environment.flag("SERVES_REQUESTS")
REQUEST_STATEMENT_SECONDS, REQUEST_COMMIT_SECONDS = 20, 5
DATABASES = {
    "default": environment.database(
        f"sqlite:///{BASE_DIR / 'var' / 'site.sqlite3'}",
        seconds=(REQUEST_STATEMENT_SECONDS, REQUEST_COMMIT_SECONDS) if SERVES_REQUESTS else None,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_FINDERS = ["intake.joined_static.JoinedFilesFinder"]
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", default=str(BASE_DIR / "var" / "sealed")))
ARCHIVE_ROOT = Path(environment.text("ARCHIVE_ROOT", default=str(BASE_DIR / "var" / "archives")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = DEVELOPMENT

# Files that are coming in wait here, without names and under keys that no disk knows.
SPOOL_ROOT = Path(environment.text("SPOOL_ROOT", default=str(BASE_DIR / "var" / "spool")))
FILE_UPLOAD_HANDLERS = ["intake.arriving.decoding.uploads.BoundedUploadHandler"]
# Of a staff form without files, which Django reads; the citizens' are read by citizen/incoming/.
DATA_UPLOAD_MAX_MEMORY_SIZE = report_limits.LONGEST_WORDS
DATA_UPLOAD_MAX_NUMBER_FIELDS = report_limits.MOST_FIELDS_READ
DATA_UPLOAD_MAX_NUMBER_FILES = report_limits.MOST_FILES_READ

PHONENUMBER_DEFAULT_REGION = "CN"

AUTH_USER_MODEL = "intake.StaffUser"
PASSWORD_HASHERS = ["intake.staff.hashing.Argon2InTurn"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "intake.staff.password_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
# A failed login is answered at whole beats after it came, so that how long it took tells nothing.
LOGIN_BEAT_SECONDS = 1.0
OTP_TOTP_ISSUER = "巡察信访"
# Off: a right code right after a wrong one is right. staff/entering/guesses.py bounds guesses.
OTP_TOTP_THROTTLE_FACTOR = 0
OTP_STATIC_THROTTLE_FACTOR = 0
# Argon2id memory in KiB for wrapping staff keys; tests lower it.
STAFF_KEY_MEMORY_KIB = 64 * 1024

# The staff's cookies never leave /admin/, so the citizen's pages see none.
SESSION_ENGINE = "intake.staff.entering.kept_sessions"
SESSION_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = 15 * 60
# However much is done in it.
SESSION_LONGEST_SECONDS = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_PATH = "/admin/"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
# Messages stay in the session, because Django's cookie for them would go to every page.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "intake.admin.not_done.csrf_failure"

SESSION_COOKIE_SECURE = not DEVELOPMENT
CSRF_COOKIE_SECURE = not DEVELOPMENT
SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEVELOPMENT
SECURE_HSTS_PRELOAD = not DEVELOPMENT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The names and the shape are those of Django 6.0, whose middleware replaces ours.
SECURE_CSP = {
    "default-src": ["'none'"],
    **{f"{kind}-src": ["'self'"] for kind in ("script", "style", "img", "font", "connect")},
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}

# One second old at most: how long a worker may show the notice as it last read it.
NOTICE_MAX_AGE_SECONDS = 1.0
# How long a form may stay open before it must be sent once more.
FORM_TOKEN_HOURS = 48

# A flood of reports, see intake/abuse/floods.py: how long counters of it live.
FLOOD_SECONDS = 600
# All limits times this: for a site of a whole province, or for measuring.
FLOOD_SCALE = environment.number("FLOOD_SCALE", default=1)
# Reports within FLOOD_SECONDS from one address; an office or a village often shares one.
FLOOD_REPORTS_OF_ONE = 400
# Reports with the very same words, wherever they come from.
FLOOD_SAME_TEXT = 20
# Megabytes of files from one address, and from all; words are taken past it.
FLOOD_MB_OF_ONE, FLOOD_MB = 2000, 10_000
MOST_WAITING_PARTS = environment.number("MOST_WAITING_PARTS", default=8000)
# Reports from all addresses; past it each address has less, and a form sent in haste waits.
FLOOD_REPORTS = 3000
FLOOD_REPORTS_OF_ONE_CROWDED = 200
FLOOD_HASTY_SECONDS = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django mails a crash with everything that was typed; ours goes to the console without it.
    # A refused request is logged with its path, into which anything can be typed, even a code.
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
