"""How many customer-service messages a person may still be sent, and until when."""

from __future__ import annotations

from dataclasses import dataclass, field

from wechat_standin.errors import ApiError

MESSAGE_SECONDS, MESSAGE_COUNT = 48 * 3600.0, 5
TAP_SECONDS, TAP_COUNT = 60.0, 3


@dataclass(slots=True)
class Window:
    until: float = 0.0
    left: int = 0


@dataclass(slots=True)
class Windows:
    """A message renews the long window; following, scanning and menu taps open short ones of their own."""

    message: Window = field(default_factory=Window)
    taps: dict[str, Window] = field(default_factory=dict)

    def open_message(self, *, now: float) -> None:
        self.message = Window(now + MESSAGE_SECONDS, MESSAGE_COUNT)

    def open_tap(self, cause: str, *, now: float) -> None:
        self.taps[cause] = Window(now + TAP_SECONDS, TAP_COUNT)

    def close(self) -> None:
        self.message = Window()
        self.taps.clear()

    def remaining(self, *, now: float) -> tuple[int, float]:
        """How many more may be sent in all, and the seconds until the last of the windows ends."""
        usable = [each for each in (self.message, *self.taps.values()) if each.until > now and each.left]
        return sum(each.left for each in usable), max((each.until - now for each in usable), default=0.0)

    def spend(self, *, now: float) -> None:
        """Takes from the window that ends first; ApiError 45015 if none is open, 45047 if all are used up."""
        running = sorted(
            (each for each in (self.message, *self.taps.values()) if each.until > now),
            key=lambda each: each.until,
        )
        if not running:
            raise ApiError(45015)
        for window in running:
            if window.left > 0:
                window.left -= 1
                return
        raise ApiError(45047)
