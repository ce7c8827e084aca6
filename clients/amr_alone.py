"""Run alone: AMR on standard input becomes sound on standard output; nothing else of this machine can be reached.

A process of its own, started with an empty environment: the decoder is native code and the voice a stranger's.
Before the first of its bytes is read, limits are set and the kernel takes away every call but those for memory and
for reading and writing what is open. Where it cannot, nothing is decoded. Imports nothing of the house.
"""

import ctypes
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterator
from typing import Final, cast

import av
from av.error import FFmpegError

RATE: Final = 8000
START: Final = b"#!AMR\n"
# bytes after a frame's first one, by its frame type (3GPP TS 26.101); from 8 on they hold no speech
SIZES: Final = {0: 12, 1: 13, 2: 15, 3: 17, 4: 19, 5: 20, 6: 26, 7: 31, 8: 5, 15: 0}
FIRST_WITHOUT_SPEECH: Final = 8
MOST_FRAMES: Final = 60 * 50
MOST_BYTES: Final = len(START) + MOST_FRAMES * 32
SILENCE: Final = bytes(2 * RATE // 50)

MEMORY: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 5
UNREADABLE, NOT_CONFINED = 2, 3

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 4, 22, 38
FILTERED: Final = 2
LOAD, EQUAL, GIVE = 0x20, 0x15, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1
# read, write, close; memory; signals; futex, clock, random numbers; the end
CALLS: Final = {
    "x86_64": (0xC000003E, (0, 1, 3, 9, 10, 11, 12, 13, 14, 15, 25, 28, 60, 131, 202, 228, 231, 318)),
    "aarch64": (
        0xC00000B7,
        (57, 63, 64, 93, 94, 98, 113, 132, 134, 135, 139, 214, 215, 216, 222, 226, 233, 278),
    ),
}
"""By machine: how the kernel names it to a filter, and the numbers of its calls."""


class NotConfined(Exception):
    """The kernel does not take the rest away."""


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def limit() -> None:
    """No file written to, no core kept, little memory and time; undone by nobody."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))


def confine() -> None:
    """From here on nothing can be opened, connected, started or signalled: such calls give EPERM."""
    if sys.platform != "linux" or platform.machine() not in CALLS:
        raise NotConfined
    machine, calls = CALLS[platform.machine()]
    steps = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, machine), (GIVE, 0, 0, REFUSE), (LOAD, 0, 0, 0)]
    for number in calls:
        steps += [(EQUAL, 0, 1, number), (GIVE, 0, 0, ALLOW)]
    steps.append((GIVE, 0, 0, REFUSE))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    made = _Filter(len(steps), ctypes.addressof(code))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    for asked in (
        (PR_SET_DUMPABLE, 0, 0, 0, 0),
        (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (PR_SET_SECCOMP, FILTERED, ctypes.addressof(made), 0, 0),
    ):
        if prctl(*asked) != 0:
            raise NotConfined


def frames(content: bytes) -> Iterator[bytes]:
    """Each with its first byte; a last one cut short is left out."""
    if not content.startswith(START) or len(content) > MOST_BYTES:
        raise ValueError
    position = len(START)
    while position < len(content):
        end = position + 1 + SIZES[content[position] >> 3 & 0x0F]
        if end <= len(content):
            yield content[position:end]
        position = end


class Decoder:
    """Frames one after the other to 16 bits at 8000 a second; no demuxer, no format guessed."""

    def __init__(self) -> None:
        self._codec = cast(av.AudioCodecContext, av.CodecContext.create("amrnb", "r"))
        self._codec.sample_rate, self._codec.layout = RATE, av.AudioLayout("mono")
        self._plain = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        self.heard = 0

    def sound(self, frame: bytes) -> bytes:
        """A frame that is no speech, or damaged, is as long as the others and silent."""
        if frame[0] >> 3 & 0x0F >= FIRST_WITHOUT_SPEECH:
            return SILENCE
        try:
            plain = [
                each for one in self._codec.decode(av.Packet(frame)) for each in self._plain.resample(one)
            ]
        except FFmpegError:
            return SILENCE
        self.heard += 1
        return b"".join(bytes(each.planes[0])[: 2 * each.samples] for each in plain)


def read_all() -> bytes:
    parts, size = [], 0
    while size <= MOST_BYTES and (part := os.read(0, 65536)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def write_all(content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(1, rest) :]


def main() -> int:
    decoder = Decoder()
    # once with a frame of our own: what is loaded when it is first used is loaded now
    decoder.sound(b"\x3c" + bytes(31))
    decoder = Decoder()
    try:
        limit()
        confine()
    except (NotConfined, OSError, ValueError):
        return NOT_CONFINED
    try:
        sound = b"".join([decoder.sound(frame) for frame in frames(read_all())])
    except (KeyError, ValueError, MemoryError):
        return UNREADABLE
    if not sound or not decoder.heard:
        return UNREADABLE
    write_all(sound)
    return 0


if __name__ == "__main__":
    code = main()
    # nothing of the interpreter's end may touch what is closed by now
    os._exit(code)
