"""wechatpy + Flask as their documents show it, echoing in safe mode without a database: run by gunicorn."""

from flask import Flask, abort, request
from pushes import AES_KEY, APPID, TOKEN
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.replies import create_reply

app = Flask(__name__)
crypto = WeChatCrypto(TOKEN, AES_KEY, APPID)


@app.post("/wechat")
def wechat() -> str:
    timestamp, nonce = request.args.get("timestamp", ""), request.args.get("nonce", "")
    try:
        message = crypto.decrypt_message(
            request.data, request.args.get("msg_signature", ""), timestamp, nonce
        )
    except (InvalidSignatureException, InvalidAppIdException):
        abort(403)
    pushed = parse_message(message)
    reply = create_reply(pushed.content if pushed.type == "text" else "您好", pushed)
    return crypto.encrypt_message(reply.render(), nonce, timestamp)
