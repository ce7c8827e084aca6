"""A load generator light enough to leave a core to the server: prebuilt bytes on keep-alive connections."""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

CONNECTIONS = 64
ENCRYPTED = b"<Encrypt>"


@dataclass(slots=True)
class Measured:
    """`waits` in seconds, sorted; `wrong` counts what was no success with what was expected in it."""

    waits: list[float]
    seconds: float
    wrong: int

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    def quantile(self, share: float) -> float:
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * share))] if self.waits else 0.0


class Connection(asyncio.Protocol):
    """One request at a time; tells its `load` when the answer is whole."""

    def __init__(self, load: "Load") -> None:
        self.load = load
        self.buffer = b""
        self.began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def send(self, request: bytes, *, began: float) -> None:
        self.began = began
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        length = self.buffer.lower().find(b"content-length:", 0, end)
        if len(self.buffer) < end + 4 + int(self.buffer[length + 15 : end].split(b"\r\n", 1)[0]):
            return
        is_right = self.buffer.startswith(b"HTTP/1.1 20") and self.load.expected in self.buffer
        self.buffer = b""
        self.load.answered(self, is_right=is_right)

    def connection_lost(self, exc: Exception | None) -> None:
        self.load.lost()


class Load:
    """`rate` 0 keeps every connection busy; otherwise requests arrive evenly, and waits count from arrival."""

    def __init__(self, requests: Iterator[bytes], *, rate: float, expected: bytes = ENCRYPTED) -> None:
        self.requests = requests
        self.rate = rate
        self.expected = expected
        self.waits: list[float] = []
        self.wrong = 0
        self.in_flight = 0
        self.is_over = False
        self.free: deque[Connection] = deque()
        self.arrived: deque[float] = deque()
        self.done = asyncio.Event()

    async def run(self, port: int, *, seconds: float) -> Measured:
        loop = asyncio.get_running_loop()
        for _ in range(CONNECTIONS):
            _, connection = await loop.create_connection(lambda: Connection(self), "127.0.0.1", port)
            self.free.append(connection)
        began = time.perf_counter()
        if self.rate:
            await self._arrive(began, seconds=seconds)
        else:
            while self.free:
                self._send(self.free.popleft(), began=time.perf_counter())
            await asyncio.sleep(seconds)
        taken = time.perf_counter() - began
        counted = self.waits.copy()
        self.is_over = True
        if self.in_flight:
            await asyncio.wait_for(self.done.wait(), 10)
        for connection in self.free:
            connection.transport.close()
        # what was still on its way waited too
        late = self.waits if self.rate else counted
        return Measured(waits=sorted(late), seconds=taken, wrong=self.wrong)

    async def _arrive(self, began: float, *, seconds: float) -> None:
        sent = 0
        while (now := time.perf_counter() - began) < seconds:
            while sent / self.rate <= now:
                self.arrived.append(began + sent / self.rate)
                sent += 1
            self._take()
            await asyncio.sleep(0.001)

    def _take(self) -> None:
        while self.arrived and self.free:
            self._send(self.free.popleft(), began=self.arrived.popleft())

    def _send(self, connection: Connection, *, began: float) -> None:
        self.in_flight += 1
        connection.send(next(self.requests), began=began)

    def answered(self, connection: Connection, *, is_right: bool) -> None:
        self.waits.append(time.perf_counter() - connection.began)
        self.wrong += not is_right
        self.in_flight -= 1
        if self.is_over and not self.arrived:
            self.free.append(connection)
            if not self.in_flight:
                self.done.set()
        elif self.rate:
            self.free.append(connection)
            self._take()
        else:
            self._send(connection, began=time.perf_counter())

    def lost(self) -> None:
        if not self.is_over:
            self.wrong += 1
