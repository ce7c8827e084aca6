"""A machine on which no temporary file can be opened, by whatever means of `tempfile`."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def no_temporary_files() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", "/nowhere/at/all")
        with pytest.raises(OSError), tempfile.TemporaryFile():
            pass
        yield
