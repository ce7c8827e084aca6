"""What the system says of a file in English is said in Chinese, with the file's name."""

import errno
from pathlib import Path

import pytest

from commands.errors import COULD_NOT, line_and_code


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOENT, "没有这个文件"), (errno.ENOSPC, "磁盘满了"), (errno.EXDEV, f"系统错误号 {errno.EXDEV}")],
)
def test_the_reason_is_in_chinese(number: int, words: str) -> None:
    line, code = line_and_code(OSError(number, "words of the system", "posters.pdf"))
    assert words in line and "posters.pdf" in line and "words of the system" not in line
    assert code == COULD_NOT


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError) as failed:
        (tmp_path / "none").read_bytes()
    assert "没有这个文件" in line_and_code(failed.value)[0]
