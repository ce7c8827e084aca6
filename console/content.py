"""WeChat's check of what is about to be published, where one is configured."""

from aiohttp import web

from clients.content_check import ContentCheck

CONTENT_CHECK: web.AppKey[ContentCheck] = web.AppKey("content_check", ContentCheck)
"""On the application around the console; absent where nothing is checked."""


def content_check(request: web.Request) -> ContentCheck | None:
    return request.config_dict.get(CONTENT_CHECK)
