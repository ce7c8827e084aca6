"""What an import did, for the person who ran it."""

from dataclasses import dataclass, field

from organisation.importing import texts


@dataclass(slots=True)
class Count:
    """Rows of one table; `changed` does not count those `deactivated`."""

    created: int = 0
    changed: int = 0
    deactivated: int = 0

    @property
    def total(self) -> int:
        return self.created + self.changed + self.deactivated


@dataclass(slots=True)
class ImportSummary:
    """`counts` by table name; `passwords` by username, only those made by this import and stored nowhere."""

    counts: dict[str, Count] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict, repr=False)
    waiting: int = 0

    @property
    def has_changed(self) -> bool:
        return any(count.total for count in self.counts.values())

    def lines(self) -> list[str]:
        """What `mashang import` prints."""
        if not self.has_changed:
            return [texts.NO_CHANGE]
        lines = [
            texts.file_line(
                file=name, created=count.created, changed=count.changed, deactivated=count.deactivated
            )
            for name, count in self.counts.items()
            if count.total
        ]
        if self.waiting:
            lines.append(texts.waiting_line(self.waiting))
        lines += [
            texts.password_line(username=username, password=password)
            for username, password in self.passwords.items()
        ]
        return lines
