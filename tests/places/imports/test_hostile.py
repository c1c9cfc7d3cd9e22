"""Files that mean harm: refused in a sentence, and the machine stays well."""

import resource
import zipfile
from pathlib import Path

import openpyxl
import pytest

from places.imports.formats.base import Choices
from places.imports.formats.texts import FileError
from places.imports.reading import FileReading, look
from tests.places.imports.files import tell, written


def workbook(path: Path) -> Path:
    """A workbook of one payment."""
    book = openpyxl.Workbook()
    for row in (["Supplier", "Date", "Amount"], ["Acme", "01/04/2013", 1]):
        book["Sheet"].append(row)
    book.save(path)
    return path


def changed(path: Path, part: str, content: bytes) -> Path:
    """The same workbook with another content for one of its parts."""
    other = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item, content if item.filename == part else old.read(item))
    return other


def test_a_zip_bomb_is_never_unpacked(tmp_path: Path) -> None:
    bomb = changed(workbook(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml", b" " * 300_000_000)
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(FileError, match="far more than its size"):
        tell(bomb, "spending")


def test_xml_that_reaches_out_reads_nothing(tmp_path: Path) -> None:
    evil = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData>'
        b"</worksheet>"
    )
    path = changed(workbook(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml", evil)
    with pytest.raises(FileError, match=r"reaches out|not a workbook"):
        tell(path, "spending")


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    )
    path = changed(workbook(tmp_path / "a.xlsx"), "xl/workbook.xml", laughs)
    with pytest.raises(FileError):
        tell(path, "spending")


def test_formulas_are_never_run(tmp_path: Path) -> None:
    text = (
        'Supplier,Date,Amount\n"=HYPERLINK(""http://x"",""Acme"")",01/04/2013,5\nB,01/04/2013,=A1\n'
    )
    told = tell(written(tmp_path, text), "spending")
    assert told.first.supplier.startswith("=HYPERLINK")
    assert "never run" in told.errors[3]


@pytest.mark.slow
def test_a_file_of_200_megabytes_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """Just under the limit; over it is refused."""
    path = tmp_path / "large.csv"
    block = "".join(
        f"Anytown Council,Directorate {n % 9},01/04/2013,{n},{'x' * 700},{n}.00,Supplier {n}\n"
        for n in range(5_000)
    )
    with path.open("w") as file:
        file.write("Body,Directorate,Date,Transaction Number,Narrative,Amount,Supplier\n")
        for _ in range(48):
            file.write(block)
    assert 180_000_000 < path.stat().st_size < 200 * 1024 * 1024
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = FileReading(look(path, "spending"), "spending", Choices(file_name=path.name))
    assert sum(1 for _row in reading.rows()) == 240_000
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 250_000  # kilobytes
    with path.open("a") as file:
        for _ in range(12):
            file.write(block)
    with pytest.raises(FileError, match="200 MB"):
        look(path, "spending")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[{"Supplier": ' + "[" * 700 + "]" * 700 + "}]", "nested too deeply"),
        ('[{"Supplier": "A", "Amount": ' + "9" * 5_000 + "}]", "too long"),
        ('[{"Supplier": "A", "Amount": NaN}]', "that is none: NaN"),
    ],
)
def test_json_that_never_ends_or_is_no_number_is_refused_in_words(
    tmp_path: Path, text: str, why: str
) -> None:
    path = tmp_path / "payments.json"
    path.write_text(text)
    with pytest.raises(FileError, match=why):
        look(path, "spending")


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999"])
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("spending", '[{"Supplier": "A", "Amount": %s, "Date": "2025-01-01"}]'),
        ("threesixtygiving", '{"grants": [{"id": "360G-a-1", "amountAwarded": %s}]}'),
    ],
)
def test_a_number_of_a_gigabyte_is_never_written_out(
    tmp_path: Path, kind: str, text: str, number: str
) -> None:
    path = tmp_path / "money.json"
    path.write_text(text % number)
    with pytest.raises(FileError, match="too long"):
        tell(path, kind)
