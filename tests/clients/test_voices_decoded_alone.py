"""Promises about the process that decodes a stranger's voice: it plays what is real, and can reach nothing else."""

import asyncio
import os
import struct
import subprocess
import sys
import time
from math import pi, sin
from pathlib import Path
from typing import Any

import av
import numpy
import pytest

from clients import amr, amr_alone
from clients.amr import RATE, VoiceUnplayable, sound_of
from tests.intake.test_attachments_voices import wav
from wechat_standin import samples

SILENT_FRAME = b"\x7c"
START = b"#!AMR\n"


def tone(pitch: int, *, seconds: int, bit_rate: int) -> bytes:
    """AMR of one sine, by an encoder that is not the decoder's other half."""
    maker = av.CodecContext.create("libopencore_amrnb", "w")
    maker.sample_rate, maker.layout, maker.format, maker.bit_rate = RATE, "mono", "s16", bit_rate
    made = START
    for start in range(0, seconds * RATE, 160):
        frame = av.AudioFrame(format="s16", layout="mono", samples=160)
        waves = [int(9000 * sin(2 * pi * pitch * at / RATE)) for at in range(start, start + 160)]
        frame.planes[0].update(struct.pack("<160h", *waves))
        frame.sample_rate, frame.pts = RATE, start
        made += b"".join(bytes(each) for each in maker.encode(frame))
    return made + b"".join(bytes(each) for each in maker.encode(None))


@pytest.mark.parametrize("bit_rate", [4750, 12200])
async def test_a_tone_comes_out_as_long_and_as_high_as_it_went_in(bit_rate: int) -> None:
    made = tone(440, seconds=2, bit_rate=bit_rate)
    waves = numpy.frombuffer(await sound_of(made + made[6:9]), "<i2").astype(float)
    assert abs(len(waves) / RATE - 2) < 0.05
    loudest = numpy.abs(numpy.fft.rfft(waves)).argmax() * RATE / len(waves)
    assert abs(loudest - 440) < 5
    assert 2000 < waves.std() < 9000


async def test_a_minute_of_the_stand_in_is_heard_whole_and_its_pauses_are_silent() -> None:
    waves = numpy.frombuffer(await sound_of(samples.voice(seconds=59) + SILENT_FRAME * 50), "<i2").astype(
        float
    )
    assert len(waves) == 60 * RATE
    assert waves[: 59 * RATE].std() > 1000 and not waves[59 * RATE + 800 :].any()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        START,
        START + b"\x3c\x01\x02",
        START + SILENT_FRAME * 40,
        START + b"\x50" * 40,
        b"\xff\xfb\x90\x00" * 100,
        wav(1),
        b"#!AMR-WB\n" + b"\x3c" * 320,
        samples.voice(seconds=60) + samples.voice(seconds=1)[6:38],
    ],
)
async def test_whatever_else_it_is_given_is_refused(content: bytes) -> None:
    with pytest.raises(VoiceUnplayable):
        await sound_of(content)


async def test_noise_in_good_frames_is_sound_or_refused_and_never_more_than_was_said() -> None:
    noise = START + b"".join(b"\x3c" + os.urandom(31) for _ in range(500))
    assert len(await sound_of(noise)) == 10 * RATE * 2


async def test_what_is_too_large_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def started(content: bytes) -> bytes:
        raise AssertionError

    monkeypatch.setattr(amr, "_decoded", started)
    with pytest.raises(VoiceUnplayable):
        await sound_of(START + bytes(amr.MOST_IN))


TAKEN_OVER = {
    "writes without end": "while True: os.write(1, bytes(65536))",
    "never ends": "os.read(0, 1); time.sleep(600)",
    "never reads": "time.sleep(600)",
    "fails after sound": "os.write(1, bytes(320)); sys.exit(1)",
    "half a sample": "os.write(1, bytes(321))",
    "is killed": "os.write(1, bytes(320)); os.kill(os.getpid(), 9)",
}


@pytest.mark.parametrize("does", TAKEN_OVER)
async def test_a_decoder_that_was_taken_over_is_cut_off_and_gone(
    does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, as_always = tmp_path / "taken.py", asyncio.create_subprocess_exec
    started: list[asyncio.subprocess.Process] = []

    async def noted(*command: str, **more: Any) -> asyncio.subprocess.Process:
        started.append(await as_always(*command, **more))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    program.write_text(f"import os, sys, time\n{TAKEN_OVER[does]}\n")
    monkeypatch.setattr(amr, "PROGRAM", program)
    monkeypatch.setattr(amr, "SECONDS", 1.5 if "never" in does else 10)
    began = time.monotonic()
    with pytest.raises(VoiceUnplayable):
        await sound_of(samples.voice(seconds=60))
    assert time.monotonic() - began < 8
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)


async def test_a_full_pipe_does_not_keep_who_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than is taken lies in the pipe by the time its writer is killed."""
    program, whole = tmp_path / "taken.py", amr._up_to

    async def slowly(stream: asyncio.StreamReader, most: int) -> bytes:
        taken = await whole(stream, most)
        await asyncio.sleep(0.5)
        return taken

    program.write_text(f"import os\n{TAKEN_OVER['writes without end']}\n")
    monkeypatch.setattr(amr, "PROGRAM", program)
    monkeypatch.setattr(amr, "_up_to", slowly)
    began = time.monotonic()
    with pytest.raises(VoiceUnplayable):
        await sound_of(START)
    assert time.monotonic() - began < amr.SECONDS / 2


async def test_it_is_handed_no_key_and_no_open_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tells.py"
    program.write_text(
        "import os, sys\nnames = [n for n in os.environ if n != 'LC_CTYPE']\n"
        "open_ones = [n for n in sorted(map(int, os.listdir('/proc/self/fd')))][:-1]\n"
        "told = repr((names, sys.argv[1:], open_ones)).encode()\nos.write(1, told + b' ' * (len(told) % 2))\n"
    )
    monkeypatch.setattr(amr, "PROGRAM", program)
    monkeypatch.setenv("KEYS", "a-key")
    with (tmp_path / "secret").open("w") as held:
        os.set_inheritable(held.fileno(), True)
        assert (await sound_of(START)).decode().strip() == "([], [], [0, 1, 2])"


async def test_two_at_once_and_the_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0

    async def counted(content: bytes) -> bytes:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        return b"\0\0"

    monkeypatch.setattr(amr, "_decoded", counted)
    monkeypatch.setattr(amr, "AT_ONCE", asyncio.Semaphore(2))
    await asyncio.gather(*(sound_of(START) for _ in range(6)))
    assert most == 2


PROBE = f"""
import importlib.util, os, signal, socket, sys, time
spec = importlib.util.spec_from_file_location("alone", {str(amr.PROGRAM)!r})
alone = importlib.util.module_from_spec(spec)
spec.loader.exec_module(alone)
parent, spare = os.getppid(), os.open(sys.argv[1], os.O_RDWR)
def tried(name, attempt):
    try:
        attempt()
    except BaseException as refused:
        os.write(1, f"{{name}} {{type(refused).__name__}}\\n".encode())
    else:
        os.write(1, f"{{name}} done\\n".encode())
"""
ATTEMPTS = """
alone.limit()
alone.confine()
tried("open", lambda: os.open(sys.argv[1], os.O_RDONLY))
tried("neighbour", lambda: os.open(f"/proc/{parent}/environ", os.O_RDONLY))
tried("make", lambda: os.open("/tmp/made", os.O_CREAT | os.O_WRONLY))
tried("list", lambda: os.listdir("/"))
tried("remove", lambda: os.unlink(sys.argv[1]))
tried("connect", socket.socket)
tried("fork", os.fork)
tried("run", lambda: os.execv("/bin/true", ["true"]))
tried("signal", lambda: os.kill(parent, 0))
tried("look", lambda: os.stat("/"))
tried("memory", lambda: bytearray(alone.MEMORY))
tried("read", lambda: os.read(0, 1))
os._exit(0)
"""
LIMITED = """
alone.CPU_SECONDS = 1
alone.limit()
tried("write", lambda: os.write(spare, b"x"))
tried("open", lambda: os.open(sys.argv[1], os.O_RDONLY))
tried("raise", lambda: alone.resource.setrlimit(alone.resource.RLIMIT_CORE, (0, 1)) if os.getuid() else 1 / 0)
signal.setitimer(signal.ITIMER_REAL, 30)
while True: pass
"""


def probed(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    path.write_text("a key")
    command = [sys.executable, "-I", "-B", "-c", PROBE + code, str(path)]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env={}
    )


def test_the_kernel_takes_away_all_but_memory_and_what_is_open(tmp_path: Path) -> None:
    """Whoever runs it: root too may open nothing."""
    done = probed(ATTEMPTS, tmp_path / "keys.env")
    tried = dict(line.split() for line in done.stdout.splitlines())
    assert done.returncode == 0, done.stderr
    assert tried.pop("read") == "done" and tried.pop("memory") == "MemoryError"
    assert set(tried.values()) <= {"PermissionError", "OSError"} and len(tried) == 10, tried


def test_its_limits_hold_where_the_filter_is_not_yet_there(tmp_path: Path) -> None:
    done = probed(LIMITED, tmp_path / "keys.env")
    tried = dict(line.split() for line in done.stdout.splitlines())
    assert set(tried) == {"write", "open", "raise"} and "done" not in tried.values(), tried
    assert (tmp_path / "keys.env").read_text() == "a key"
    assert done.returncode in (-9, -24), "killed by the limit of CPU, not by the alarm"


@pytest.mark.parametrize("machine", ["riscv64", ""])
def test_where_it_cannot_be_confined_nothing_is_read(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amr_alone.platform, "machine", lambda: machine)
    limited: list[str] = []
    monkeypatch.setattr(amr_alone, "limit", lambda: limited.append(machine))
    monkeypatch.setattr(amr_alone, "read_all", pytest.fail)
    assert amr_alone.main() == amr_alone.NOT_CONFINED and limited
