"""Whatever is wrong with a log, it is refused in a sentence or rows are set aside, never lost."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.channels.event_log import EventLog
from api.channels.import_batches import digest_of_mapping
from api.channels.mapping_files import read_mapping
from ledger.errors import InvalidCommand
from tests.channels.logs import MAPPING, ROW, csv, event, log_of, mapping, read, trace, xes


def refusal(folder: Path, content: str | bytes) -> str:
    """The one sentence with which a log of this content is refused before any of it is taken."""
    with pytest.raises(InvalidCommand) as caught:
        log_of(folder, content).survey()
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def reasons(folder: Path, content: str | bytes) -> list[tuple[int | None, str]]:
    """The rows set aside of a log that holds at least one good case."""
    cases, aside = read(log_of(folder, content))
    assert cases
    return [(each.row, each.reason) for each in aside]


@pytest.mark.parametrize("last", [b"A-1,Coun", ROW.encode() + b"\xc3"])
def test_a_file_that_was_cut_off_within_a_row_is_refused_and_nothing_of_it_is_taken(
    tmp_path: Path, last: bytes
) -> None:
    """The rows before were taken, so that a case looked as if nothing had come after them."""
    whole = csv(ROW).encode()
    assert "it was cut off, so nothing of it is taken" in refusal(tmp_path, whole + last)
    assert [row for row, _ in reasons(tmp_path, whole + last + b"\n")] == [2]
    assert reasons(tmp_path, whole.rstrip(b"\n")) == []  # which RFC 4180 allows


def test_a_naive_time_is_set_aside_with_what_to_do(tmp_path: Path) -> None:
    [(row, reason)] = reasons(tmp_path, xes(trace("A-1", event("2024-03-04T09:00:00"), event())))
    assert row == 1
    assert reason.startswith(
        "its time '2024-03-04T09:00:00' has no offset from UTC; state the zone"
    )


def test_a_date_that_does_not_exist_is_set_aside(tmp_path: Path) -> None:
    found = reasons(tmp_path, xes(trace("A-1", event("2023-02-29T09:00:00Z"), event())))
    assert found[0][0] == 1
    assert "'2023-02-29T09:00:00Z' is no existing time" in found[0][1]


def test_a_document_type_is_refused_and_no_entity_is_expanded(tmp_path: Path) -> None:
    bomb = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
    )
    log = f'<?xml version="1.0"?><!DOCTYPE log [{bomb}]><log><string key="a" value="&l9;"/></log>'
    assert "declares a document type" in refusal(tmp_path, log)


@pytest.mark.parametrize("place", ["SYSTEM 'secret.txt'", "PUBLIC '-//x' 'http://127.0.0.1:9/x'"])
def test_an_external_entity_is_refused_and_never_opened(tmp_path: Path, place: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    log = f"<!DOCTYPE log [<!ENTITY e {place}>]><log><trace>&e;</trace></log>"
    assert "declares a document type" in refusal(tmp_path, log)
    assert "declares a document type" in refusal(tmp_path, f"<!DOCTYPE log {place}><log/>")


def test_an_entity_that_nobody_declared_is_refused(tmp_path: Path) -> None:
    assert "not sound XML" in refusal(tmp_path, xes(trace("A-1", event(activity="&nope;"))))


@pytest.mark.parametrize("left", [1, 10, 60])
def test_a_gzip_file_that_was_cut_off_is_refused_before_anything_is_taken(
    tmp_path: Path, left: int
) -> None:
    whole = gzip.compress(xes(*(trace(f"A-{n}", event()) for n in range(50))).encode())
    assert "cut off" in refusal(tmp_path, whole[:-left])


def test_a_gzip_file_with_a_wrong_byte_is_refused(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(csv(ROW).encode()))
    whole[-5] ^= 1
    assert "is damaged" in refusal(tmp_path, bytes(whole))


def test_a_file_cut_off_in_the_middle_of_its_xml_is_refused(tmp_path: Path) -> None:
    assert "not sound XML" in refusal(tmp_path, xes(trace("A-1", event()))[:-20])


def test_xml_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    log = xes(trace("A-1", event(activity="caf?"))).encode().replace(b"caf?", b"caf\xe9")
    assert "not sound XML" in refusal(tmp_path, log)


def test_an_overlong_value_is_set_aside_where_it_is_mapped_and_passed_over_where_not(
    tmp_path: Path,
) -> None:
    long = "x" * 20_000
    found = reasons(tmp_path, xes(trace("A-1", event(note=long), event(actor=long))))
    assert found == [
        (2, "its attribute 'org:resource' is 20,000 characters long; at most 16,384 are read")
    ]


def test_a_mapped_attribute_that_stands_there_twice_is_set_aside(tmp_path: Path) -> None:
    twice = event().replace("</event>", '<string key="concept:name" value="other"/></event>')
    found = reasons(tmp_path, xes(trace("A-1", event(), twice)))
    assert found == [(2, "its attribute 'concept:name' stands there more than once")]


def test_an_attribute_without_a_key_and_an_event_without_a_case_are_set_aside(
    tmp_path: Path,
) -> None:
    keyless = event().replace("</event>", '<string value="other"/></event>')
    found = reasons(tmp_path, xes(event(), trace("A-1", event(), keyless)))
    assert found == [
        (1, "it stands in no trace, so in no case"),
        (3, "it has an attribute <string> without a key"),
    ]


def test_nested_attributes_are_named_by_their_path(tmp_path: Path) -> None:
    listed = '<list key="in"><values><int key="x" value="7"/></values></list>'
    inner = f'<string key="outer" value="o">{listed}</string>'
    log = xes(trace("A-1", event().replace("</event>", inner + "</event>")))
    cases, _ = read(log_of(tmp_path, log, read_by=mapping(actor='actor = "outer/in/x"')))
    assert cases[0].steps[0].actor == "7"


def test_a_namespace_changes_nothing(tmp_path: Path) -> None:
    log = xes(trace("A-1", event()))
    plain, _ = read(log_of(tmp_path, log))
    named = log.replace("<log>", '<log xmlns="http://www.xes-standard.org/">')
    assert read(log_of(tmp_path, named))[0] == plain


def test_an_attribute_of_the_mapping_that_the_log_does_not_have_is_refused(tmp_path: Path) -> None:
    log = EventLog(
        log_of(tmp_path, xes(trace("A-1", event()))).path, mapping(deadline='deadline = "deu"')
    )
    with pytest.raises(InvalidCommand, match=r"no case with the attribute 'deu'.*mean 'due'"):
        log.survey()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"SQLite format 3\0rest", "an SQLite database"),
        (b"{}", "is JSON"),
        (b"[log]\n", "is JSON or TOML"),
        (b"\x7fELF\0\0\0", "is not text"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16 text"),
        (b"<html></html>", "is XML but no event log"),
        (b"<log></log>", "holds no traces"),
        (gzip.compress(b"", mtime=0), "is empty"),
    ],
)
def test_a_file_that_is_no_event_log_is_told_what_it_is(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    assert sentence in refusal(tmp_path, content)


def test_a_zip_archive_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "permits.log", "w") as archive:
        archive.writestr("log.csv", csv(ROW))
    for name, sentence in (("permits.log", "zip"), ("", "folder"), ("gone.xes", "no file")):
        with pytest.raises(InvalidCommand, match=sentence):
            EventLog(tmp_path / name, mapping()).survey()


def test_a_csv_file_is_read_with_any_usual_delimiter_a_byte_order_mark_and_gzip(
    tmp_path: Path,
) -> None:
    expected, _ = read(log_of(tmp_path, csv(ROW)))
    for delimiter in ",;\t|":
        text = csv(ROW).replace(",", delimiter)
        for content in (text.encode("utf-8-sig"), gzip.compress(text.encode())):
            cases, _ = read(log_of(tmp_path, content))
            assert cases[0].steps == expected[0].steps
            assert cases[0].received_at == expected[0].received_at


def test_a_csv_file_may_state_its_delimiter_and_interleave_its_cases(tmp_path: Path) -> None:
    by = read_mapping(MAPPING + '[csv]\ndelimiter = "!"\n', file="permits.toml")
    rows = (ROW, ROW.replace("A-1", "A-2"), ROW.replace("look", "write"))
    cases, aside = read(log_of(tmp_path, csv(*rows).replace(",", "!"), read_by=by))
    assert not aside
    assert [(c.external_id, [s.row for s in c.steps]) for c in cases] == [
        ("A-1", [1, 3]),
        ("A-2", [2]),
    ]


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-15"])
def test_a_csv_file_may_state_that_it_is_not_utf_8(tmp_path: Path, encoding: str) -> None:
    """As spreadsheets save it: each row with an accent was set aside, and nothing could be said of the file."""
    by = read_mapping(MAPPING + f'[csv]\nencoding = "{encoding}"\n', file="permits.toml")
    cases, aside = read(
        log_of(tmp_path, csv(ROW.replace("look", "café")).encode(encoding), read_by=by)
    )
    assert ([step.activity for step in cases[0].steps], aside) == (["café"], [])
    with pytest.raises(InvalidCommand, match="allowed: 'utf-8', 'windows-1252'"):
        read_mapping(MAPPING + '[csv]\nencoding = "utf-16"\n', file="permits.toml")


def test_a_mapping_that_names_no_encoding_stands_for_the_import_that_it_stood_for_before() -> None:
    before = "fea04f6dd999beb44341335c4eb2cb76d1dfec58d76f4ed9dba051e9e01db4a0"
    assert digest_of_mapping(mapping()) == before
    named = read_mapping(MAPPING + '[csv]\nencoding = "iso-8859-1"\n', file="permits.toml")
    assert digest_of_mapping(named) != before


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    said = refusal(tmp_path, csv(ROW).replace("due", "deadline"))
    assert "has no column 'due', which the mapping names; its columns are 'case:concept" in said


def test_a_doubled_column_an_empty_table_and_a_header_that_is_no_utf8_are_refused(
    tmp_path: Path,
) -> None:
    assert "more than once" in refusal(tmp_path, csv(ROW + ",x").replace("group", "group,due"))
    assert "no rows" in refusal(tmp_path, csv())
    assert "The first line of" in refusal(tmp_path, "\n" + csv(ROW))
    assert "not UTF-8 text: save" in refusal(tmp_path, csv(ROW).encode().replace(b"due", b"\xff"))


def test_rows_that_are_no_utf8_or_too_short_or_wrongly_quoted_are_set_aside_by_number(
    tmp_path: Path,
) -> None:
    rows = csv(ROW, "A-9,x", ROW.replace("look", "caf?"), '"A-1"x' + ROW[3:], "", ROW)
    cases, aside = read(log_of(tmp_path, rows.encode().replace(b"caf?", b"caf\xe9")))
    assert [(each.row, each.place) for each in aside] == [
        (2, "line 3"),
        (3, "line 4"),
        (4, "line 5"),
    ]
    assert aside[0].reason == "it has 2 values where the header has 9 columns"
    assert aside[1].reason == (
        "it is not UTF-8 text: save the file as UTF-8, or name its encoding in the mapping, as in [csv] encoding = "
        '"windows-1252".'
    )
    assert aside[2].reason.startswith("it is not sound CSV")
    assert [step.duplicate_of for step in cases[0].steps] == [None, 1]


def test_rows_that_disagree_on_their_case_are_found(tmp_path: Path) -> None:
    cases, _ = read(log_of(tmp_path, csv(ROW, ROW.replace("Counter", "Letters"))))
    assert cases[0].channel.code == "walk_in"
    assert [f.rows for f in cases[0].findings if f.code == "case-values-differ"] == [(2,)]


def test_a_quote_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    rows = csv(ROW, ROW.replace("look", '"look'), *([ROW] * 5))
    assert "a quote that is never closed" in refusal(tmp_path, rows)
    assert "a quote that is never closed" in refusal(tmp_path, rows + (ROW + "\n") * 3_000)


def test_an_overlong_line_is_refused(tmp_path: Path) -> None:
    assert "Line 2" in refusal(tmp_path, csv("x" * 2_000_000))


def reading_takes(path: Path) -> tuple[int, str]:
    """The most memory, in MiB, that surveying and reading a log takes in a process of its own."""
    program = """
import resource, sys
from pathlib import Path
from api.channels.event_log import EventLog
from ledger.errors import InvalidCommand
from tests.channels.logs import mapping
log = EventLog(Path(sys.argv[1]), mapping())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    said = f"{log.survey().rows} rows, {sum(1 for _ in log.histories())} cases"
except InvalidCommand as error:
    said = str(error)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) // (1024 if sys.platform == "linux" else 1024 * 1024), said, sep="|")
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    taken, said = done.stdout.strip().split("|", 1)
    return int(taken), said


def packed(path: Path, parts: Iterator[bytes]) -> Path:
    with gzip.open(path, "wb", compresslevel=1) as file:
        for part in parts:
            file.write(part)
    return path


def test_an_attribute_of_200_megabytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        head, tail = xes(trace("A-1", event(activity="HERE"))).encode().split(b"HERE")
        yield head
        yield from (b"x" * 1_000_000 for _ in range(200))
        yield tail

    taken, said = reading_takes(packed(tmp_path / "wide.xes.gz", parts()))
    assert "holds a single attribute or text of more than 4 MiB" in said
    assert taken < 60


def test_a_line_of_200_megabytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield csv(ROW).encode()
        yield from (b"x" * 1_000_000 for _ in range(200))

    taken, said = reading_takes(packed(tmp_path / "wide.csv.gz", parts()))
    assert "Line 3" in said
    assert taken < 60


def test_memory_stays_flat_however_long_the_log_or_wide_its_unmapped_parts(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        head, tail = xes("HERE").encode().split(b"HERE")
        yield head
        note = event(note="n" * 1_000)
        for number in range(20_000):
            yield trace(f"A-{number}", note, note.replace("look", "write")).encode()
        yield tail

    taken, said = reading_takes(packed(tmp_path / "long.xes.gz", parts()))
    assert said == "40000 rows, 20000 cases"
    assert taken < 40
