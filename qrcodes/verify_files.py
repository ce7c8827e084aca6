"""Small files by which WeChat finds that the address is ours, served from the settings.

For scanning ordinary links it looks in the last folder that the rule names (`/s/`), for other domains at the root.
"""

import re
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from qrcodes.errors import VerifyFilesWrong

FILE: Final = re.compile(r"([\w-]{1,64}\.txt):([\x21-\x2b\x2d-\x7e]{1,200})", re.ASCII)

VERIFY_FILES: web.AppKey[Mapping[str, str]] = web.AppKey("verify_files", Mapping)
"""Name → content."""


def read_verify_files(given: str) -> Mapping[str, str]:
    """From `name.txt:content,…`. Raises `VerifyFilesWrong`."""
    found = [FILE.fullmatch(each) for each in given.split(",") if given]
    if not all(found):
        raise VerifyFilesWrong
    return {file[1]: file[2] for file in found if file}


def add_verify_files(app: web.Application) -> None:
    for name in app.get(VERIFY_FILES, {}):
        for folder in ("/", "/s/"):
            app.router.add_get(folder + name, show_verify_file)


async def show_verify_file(request: web.Request) -> web.Response:
    return web.Response(text=request.app[VERIFY_FILES][request.path.rsplit("/", maxsplit=1)[1]])
