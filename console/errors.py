"""Refusals of the door itself."""

from aiohttp import web

from console import texts
from models.errors import DomainError


class FormRefused(DomainError):
    """A change that was not asked for from one of our own pages."""

    key = "form-refused"
    message = texts.FORM_STALE


class FormBroken(DomainError):
    key = "form-broken"
    message = texts.FORM_BROKEN


class SignInRefused(DomainError):
    """Unknown, inactive and wrong look the same."""

    key = "sign-in-refused"
    message = texts.SIGN_IN_WRONG


class SignInEmpty(DomainError):
    key = "sign-in-empty"
    message = texts.SIGN_IN_EMPTY


class AccountNotConfirmed(DomainError):
    key = "account-not-confirmed"
    message = texts.NOT_CONFIRMED


class CodeRefused(DomainError):
    key = "otp-refused"
    message = texts.OTP_WRONG


class PasswordRefused(DomainError):
    """Of somebody who is signed in."""

    key = "password-refused"
    message = texts.PASSWORD_WRONG


class SessionOver(DomainError):
    key = "session-over"
    message = texts.OTP_LATE


class TooManyTries(DomainError):
    key = "too-many-tries"

    def __init__(self, *, seconds: int) -> None:
        self.seconds = max(seconds, 1)
        super().__init__(texts.TOO_MANY_TRIES.format(minutes=-(-self.seconds // 60)))


STATUS = {
    "form-refused": 403,
    "form-broken": 400,
    "upload-broken": 400,
    "upload-too-large": 413,
    "file-too-large": 413,
    "too-many-files": 422,
    "uploads-crowded": 503,
    "sign-in-refused": 401,
    "sign-in-empty": 422,
    "account-not-confirmed": 403,
    "otp-refused": 401,
    "password-refused": 422,
    "session-over": 401,
    "too-many-tries": 429,
    "too-many-saved": 429,
    "report-not-found": 404,
    "row-not-found": 404,
    "survey-unknown": 404,
    "place-unknown": 404,
    "code-unknown": 404,
    "poster-job-unknown": 404,
    "colour-wrong": 422,
    "header-too-long": 422,
    "plan-not-found": 404,
    "decision-not-found": 404,
    "filter-gone": 404,
    "document-not-found": 404,
    "attachment-not-found": 404,
    "attachment-not-ready": 404,
    "field-wrong": 422,
    "holidays-unreadable": 422,
    "media-gone": 503,
    "voice-unplayable": 422,
    "seal-broken": 500,
    "key-unknown": 500,
    "database-gone": 503,
}


def status_of(error: DomainError) -> int:
    """Whatever is not listed is refused by state or guard: 409."""
    return STATUS.get(error.key, 409)


def refused(response: web.Response, error: DomainError) -> web.Response:
    """A page that shows `error` already."""
    response.set_status(status_of(error))
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(error.seconds)
    return response
