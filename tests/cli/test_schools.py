import csv
from io import StringIO
from pathlib import Path

import pytest

from cli.main import main
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from tests.cli.test_main import tweetal
from tests.people import someone
from tests.shared.domain.schools.matching.sample import DUO


@pytest.fixture
def duo(tmp_path: Path) -> Path:
    file = tmp_path / "duo.csv"
    file.write_bytes(DUO.encode("windows-1252"))
    return file


@pytest.fixture
def pair(table: Table, plg: Network) -> list[Registration]:
    people = [
        someone("Anna Bos", "anna@x.example", school="De Hoeksteen", place="Edam"),
        someone("Bram Smit", "bram@y.example", school="Waterland", place="Purmerend"),
    ]
    for person in people:
        table.register([person])
    return people


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(printed)))


def test_a_register_is_imported_and_a_wrong_file_leaves_it(
    table: Table,
    duo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "39 vestigingen imported" in tweetal("schools", "import", str(duo))
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("naam;plaats\nBergcollege;Utrecht\n")
    monkeypatch.setattr("sys.argv", ["tweetal", "schools", "import", str(wrong), "--table", "tweetal"])
    with pytest.raises(SystemExit):
        main()
    assert "VESTIGINGSCODE" in capsys.readouterr().err
    kept = table.register_of_schools()
    assert kept is not None
    assert len(kept) == 39


def test_an_organisers_words_complete_a_school_split_it_and_are_undone(
    table: Table, pair: list[Registration]
) -> None:
    anna, bram = (person.reference for person in pair)
    assert "complete" not in tweetal("standing", "plg-2023")
    said = tweetal("schools", "same", "plg-2023", anna, bram.lower(), "--by", "Els", "--why", "gebeld")
    assert "complete" in tweetal("standing", "plg-2023")
    assert "waterland" in said
    (word,) = table.school_rulings()
    assert (word.by, word.why) == ("Els", "gebeld")
    assert "is undone" in tweetal("schools", "undo", word.id)
    assert "complete" not in tweetal("standing", "plg-2023")
    assert "no ruling" in tweetal("schools", "undo", word.id)
    tweetal("schools", "different", "plg-2023", anna, bram)
    listed = tweetal("schools", "words")
    assert [kind in listed for kind in ("same", "different", "gebeld")] == [True] * 3


def test_a_registration_is_said_to_be_of_a_vestiging(
    table: Table, duo: Path, pair: list[Registration]
) -> None:
    assert "has no vestiging 90AA00" in tweetal("schools", "is", "plg-2023", pair[0].reference, "90aa00")
    tweetal("schools", "import", str(duo))
    assert "Waterland College" in tweetal("schools", "is", "plg-2023", pair[0].reference, "90aa00")
    assert "Het Waterland College" in tweetal("standing", "plg-2023")
    assert "De Hoeksteen" not in tweetal("standing", "plg-2023")
    assert pair[0].reference in tweetal("why", "plg-2023", "hoeksteen")


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "windows-1252"), (";", "utf-8-sig"), ("\t", "utf-8")]
)
def test_a_list_from_excel_is_matched(duo: Path, tmp_path: Path, separator: str, encoding: str) -> None:
    typed = tmp_path / "typed.csv"
    lines = ["typed,place,email_domain", "Vitus Collége,Bussum,", "Ichthus,,gmail.com", "Bergcollege,Urk,"]
    typed.write_bytes("\r\n".join(lines).replace(",", separator).encode(encoding))
    found = rows(tweetal("schools", "match", "--register", str(duo), "--typed", str(typed)))
    assert [(row["code"], row["name"], row["sureness"]) for row in found] == [
        ("90AH00", "St Vituscollege", "sure"), ("", "", "unsure"), ("", "", "unknown"),
    ]  # fmt: skip
    assert list(found[0]) == ["typed", "place", "code", "name", "sureness", "why"]
    assert all(row["why"] for row in found)


def test_pairs_are_told_apart(duo: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "a_name,a_place,a_email_domain,b_name,b_place,b_email_domain,note,same\n"
        "Vituscollege,Bussum,,St. Vitus College,Bussum,,x,?\n"
        "Vituscollege,Bussum,,Het College,Weert,,y,?\n"
        "Ichthus College,,gmail.com,Ichthus,,gmail.com,z,?\n"
    )
    found = rows(tweetal("schools", "pairs", "--register", str(duo), "--pairs", str(pairs)))
    assert [(row["note"], row["same"]) for row in found] == [("x", "1"), ("y", "0"), ("z", "unsure")]


def test_a_missing_column_is_named(duo: Path, tmp_path: Path) -> None:
    typed = tmp_path / "typed.csv"
    typed.write_text("typed;plaats\nBergcollege;Utrecht\n")
    said = tweetal("schools", "match", "--register", str(duo), "--typed", str(typed))
    assert "has no column place, email_domain" in " ".join(said.replace("│", " ").split())
