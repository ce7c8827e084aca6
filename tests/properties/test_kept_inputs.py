"""What was once drawn or is of a breaking kind is given to its reader in every run; an import also drawn anew."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation import entry_codes, receipts
from organisation.importing import ImportRefused
from organisation.importing.reading import read
from organisation.importing.stored import Stored
from organisation.importing.validating import batch_of, check
from tests.bot.test_envelope_hostile import refusal
from tests.bot.test_incoming_pushes import used
from tests.conftest import SAMPLE
from tests.properties.soaking import examples

CORPORA = Path(__file__).parent.parent / "corpora"
TABLES = sorted(path.stem for path in SAMPLE.glob("*.csv"))


def kept(folder: str) -> list[Path]:
    return sorted(path for path in (CORPORA / folder).iterdir() if path.is_file())


def test_every_folder_is_given_to_somebody() -> None:
    folders = {path.name for path in CORPORA.iterdir() if path.is_dir()}
    assert folders == {"pushes", "sealed", "codes", "import"}
    assert all(len(kept(folder)) >= 10 for folder in folders)


@pytest.mark.parametrize("path", kept("pushes"), ids=lambda path: path.name)
def test_a_push(path: Path) -> None:
    used(path.read_bytes())


@pytest.mark.parametrize("path", kept("sealed"), ids=lambda path: path.name)
def test_something_sealed(path: Path) -> None:
    assert refusal(path.read_bytes().decode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("path", kept("codes"), ids=lambda path: path.name)
def test_something_typed(path: Path) -> None:
    typed = path.read_bytes().decode("utf-8", "surrogatepass")
    code, receipt = entry_codes.normalise(typed), receipts.normalise(typed)
    assert not entry_codes.is_valid(code) and not receipts.is_valid(receipt)
    assert entry_codes.find_in(typed) is None


def imported(folder: Path) -> None:
    """Read and checked as an import is: accepted, or refused with a file and what is expected for each problem."""
    reading = read(folder)
    try:
        check(batch_of(reading), stored=Stored(), found=reading.problems)
    except ImportRefused as refused:
        assert refused.problems
        assert all(each.file and each.expected for each in refused.problems)
        refused.message.encode()


@pytest.mark.parametrize("path", kept("import"), ids=lambda path: path.name)
def test_a_file_of_an_import(path: Path, tmp_path: Path) -> None:
    (tmp_path / f"{path.name.split('.')[0]}.csv").write_bytes(path.read_bytes())
    imported(tmp_path)


SPOILING = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=12)), min_size=1, max_size=4
)


@examples(25)
@given(st.sampled_from(TABLES), SPOILING)
def test_an_import_spoiled_anywhere(
    tmp_path_factory: pytest.TempPathFactory, table: str, spoiled: list[tuple[float, int, bytes]]
) -> None:
    """Bytes cut out of and put into one of the sample's files, among the others as they are."""
    folder = tmp_path_factory.mktemp("import")
    for path in SAMPLE.glob("*.csv"):
        content = path.read_bytes()
        for where, cut, put in spoiled if path.stem == table else ():
            at = int(where * len(content))
            content = content[:at] + put + content[at + cut :]
        (folder / path.name).write_bytes(content)
    imported(folder)
