"""Sessions: opened by WeChat's code or by nobody, renewed before they end, ended by their owner."""

from clients.wechat import WeChatFailed
from intake.attachments import discard_unfiled, drop_files
from miniapp_api import shapes, texts
from miniapp_api.errors import LoginCodeRefused, LoginUnavailable, SessionUnknown, TooMany
from miniapp_api.limits import spend
from miniapp_api.operations import ANONYMOUS, EVERYBODY, LIAISON, MINI, REPORTER, SIGNED_IN, Call, operation
from miniapp_api.sessions import end_session, left_of, open_session, renew_session, seconds_of
from models.api_draft import ApiDraft
from organisation.liaison_binding import liaison_of


async def sign_in(call: Call) -> str | None:
    """The mini-program openid of a `js_code`; None for an anonymous session."""
    code = call.read(shapes.SessionBody).js_code
    if code is None:
        return None
    mini = call.request.app.get(MINI)
    if mini is None:
        raise LoginUnavailable
    try:
        return (await mini.code_to_session(code)).openid
    except WeChatFailed as failed:
        if failed.code_spent:
            raise LoginCodeRefused from None
        raise


@operation(
    "POST",
    "/sessions",
    who=EVERYBODY,
    body=shapes.SessionBody,
    answer=shapes.Session,
    status=201,
    creates=True,
    prepare=sign_in,
    refuses=(LoginCodeRefused, LoginUnavailable),
)
async def make_session(call: Call) -> shapes.Session:
    openid: str | None = call.prepared
    role = REPORTER if openid else ANONYMOUS
    token = await open_session(role=role, house=call.house, openid=openid)
    told = LIAISON if await liaison_of(openid, house=call.house) else role
    return shapes.Session(token=token, expires_in=seconds_of(role), role=told)


@operation(
    "POST",
    "/sessions/renewal",
    who=SIGNED_IN,
    answer=shapes.Session,
    status=201,
    creates=True,
    refuses=(SessionUnknown,),
)
async def renew(call: Call) -> shapes.Session:
    """The token asked with ends within minutes: long enough for a lost answer to be asked for again."""
    fresh, token = await renew_session(call.session, house=call.house)
    return shapes.Session(token=token, expires_in=left_of(fresh, house=call.house), role=fresh.role)


@operation("DELETE", "/sessions", who=SIGNED_IN, answer=shapes.Ended)
async def end(call: Call) -> shapes.Ended:
    """Without a session nobody comes back to what an anonymous one sent and did not file."""
    if call.session.role == ANONYMOUS:
        gone = await discard_unfiled(session_index=call.session.person_index)
        await drop_files(gone, house=call.house)
        await ApiDraft.filter(person_index=call.session.person_index).delete()
    await end_session(call.session, house=call.house)
    return shapes.Ended(message=texts.ENDED)


async def telephone_of(call: Call) -> str:
    mini = call.request.app.get(MINI)
    if mini is None:
        raise LoginUnavailable
    try:
        return await mini.phone_number(call.read(shapes.PhoneCodeBody).code)
    except WeChatFailed as failed:
        if failed.code_spent:
            raise LoginCodeRefused from None
        raise


@operation(
    "POST",
    "/telephones",
    who=frozenset({REPORTER}),
    body=shapes.PhoneCodeBody,
    answer=shapes.Telephone,
    status=201,
    creates=True,
    prepare=telephone_of,
    refuses=(LoginCodeRefused, LoginUnavailable, TooMany),
)
async def show_telephone(call: Call) -> shapes.Telephone:
    """Shown to its owner, who sends it with a named report or does not; nothing of it is kept here."""
    await spend(call.session, house=call.house)
    return shapes.Telephone(phone=call.prepared)
