"""WeChat's voices made into sound by a process of its own, which holds no key and can reach nothing (decision 0037)."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path
from typing import Final

from models.errors import DomainError

PROGRAM: Final = Path(__file__).with_name("amr_alone.py")
RATE: Final = 8000
MOST_SECONDS: Final = 60
MOST_IN: Final = 100_000
"""A minute of the best quality is 96 kB."""
MOST_OUT: Final = MOST_SECONDS * RATE * 2
SECONDS: Final = 20.0
"""Of waiting and decoding together; a minute of speech takes half of one."""
AT_ONCE: Final = asyncio.Semaphore(2)


class VoiceUnplayable(DomainError):
    key = "voice-unplayable"
    message = "这段语音在网页上放不出来。请返回，下载到电脑上听，再把听到的打成文字。"


async def sound_of(content: bytes) -> bytes:
    """16 bits, one channel, `RATE` a second, a minute at most; raises `VoiceUnplayable`."""
    if len(content) > MOST_IN:
        raise VoiceUnplayable
    try:
        async with asyncio.timeout(SECONDS), AT_ONCE:
            sound = await _decoded(content)
    except (TimeoutError, OSError):
        raise VoiceUnplayable from None
    if not sound or len(sound) > MOST_OUT or len(sound) % 2:
        raise VoiceUnplayable
    return sound


async def _decoded(content: bytes) -> bytes:
    """Empty when the program refused; whatever happens, it is gone afterwards."""
    alone = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-B", str(PROGRAM), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/"
    )
    try:
        assert alone.stdin and alone.stdout
        alone.stdin.write(content)
        alone.stdin.close()
        sound = await _up_to(alone.stdout, MOST_OUT + 1)
        if len(sound) > MOST_OUT or await alone.wait() != 0:
            return b""
        return sound
    finally:
        if alone.returncode is None:
            alone.kill()
            # not `wait`: that never ends while there is more in the pipe than its reader takes
            await alone.communicate()


async def _up_to(stream: asyncio.StreamReader, most: int) -> bytes:
    try:
        return await stream.readexactly(most)
    except asyncio.IncompleteReadError as all_there_was:
        return all_there_was.partial
