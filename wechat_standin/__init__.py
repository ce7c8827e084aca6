"""The WeChat platform on loopback, and a phone to play on: for the demo, for tests, for training.

`StandIn(Settings(...))` holds all state and is driven as a Python object; `build_standin_app` puts the
platform's HTTP API, the controls under `/_standin/` and the phone at `/` around it. See README.md here.
"""

from wechat_standin.application import build_standin_app, run, serve
from wechat_standin.clock import Clock
from wechat_standin.crypto import Crypt, CryptoError, signature_of
from wechat_standin.errors import ApiError, ControlError
from wechat_standin.faults import Fault
from wechat_standin.people import Bubble, Person
from wechat_standin.record import Call, Push
from wechat_standin.settings import Settings, Template
from wechat_standin.standin import StandIn

__all__ = [
    "ApiError",
    "Bubble",
    "Call",
    "Clock",
    "ControlError",
    "Crypt",
    "CryptoError",
    "Fault",
    "Person",
    "Push",
    "Settings",
    "StandIn",
    "Template",
    "build_standin_app",
    "run",
    "serve",
    "signature_of",
]
