"""What can go wrong, as words of the field: each with a stable key for machines and a sentence for people."""


class DomainError(Exception):
    """Base of every refusal the system gives on purpose.

    `key` is stable (it names the problem type of the API and the reason on a page); `message` is the
    Chinese sentence a person reads and says what to do next.
    """

    key = "refused"
    message = "现在不能这样做，请稍后再试。"

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.key)
