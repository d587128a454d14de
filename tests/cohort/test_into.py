"""Teachers' own files of grades, filled: each platform's, and what keeps a cell as it is."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from filled_sheets import mark
from grader.cohort.cells import SheetError
from grader.cohort.exports import Wanted
from grader.cohort.into import fill
from grader.cohort.scores import Mark

SAMPLES = Path(__file__).parents[1] / "support" / "samples" / "class"


def filled(data: bytes | str, *marks: Mark, wanted: Wanted = Wanted()) -> str:
    raw = data if isinstance(data, bytes) else data.encode()
    return fill(raw, marks, wanted).data.decode("utf-8-sig")


def told(data: str, *marks: Mark, wanted: Wanted = Wanted()) -> str:
    return "\n".join(fill(data.encode(), marks, wanted).remarks)


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,ReLU lab (55512),Current Score\r\n"
    "    Points Possible,,,,,10,(read only)\r\n"
    '"Lovelace, Ada",90000,1001,ada,CS101,,91.5\r\n'
    '"O\'Neil, Jean-Luc",90001,1002,jl,CS101,EX,\r\n'
    '"Müller, Zoë",90002,1003,zoe,CS101,3.0,'
)


def test_canvas_gets_points_of_its_own_scale_and_excused_rows_stay() -> None:
    after = filled(CANVAS, mark("90000"), mark("90001"))
    assert after == CANVAS.replace("CS101,,91.5", "CS101,8.75,91.5")
    said = told(CANVAS, mark("90000"), mark("90001", name="jl"), mark("4711", name="Nobody"))
    assert '"ReLU lab (55512)": 1 of 3 rows filled' in said
    assert "90001 (jl): excused (EX)" in said
    assert "not in the file, so not written: 4711 (Nobody)" in said
    assert "no hand-in, so left as they were: 90002 (line 5)" in said


def test_canvas_samples_of_the_platforms_are_filled() -> None:
    data = (SAMPLES / "canvas_gradebook.csv").read_bytes()
    assert filled(data, mark("90001")) == data.decode().replace("CS101,25", "CS101,87.50")


def test_a_download_without_names_is_refused() -> None:
    with pytest.raises(SheetError, match="switch anonymous grading off"):
        fill(CANVAS.encode(), [mark("anon_x7Yz2")])


def test_several_assignments_need_the_column_named() -> None:
    two = CANVAS.replace("Section,", "Section,Quiz (7),").replace("CS101,", "CS101,5,")
    two = two.replace(",,,,,10", ",,,,,5,10")
    with pytest.raises(SheetError, match=r'--column; it has "Quiz \(7\)", "ReLU lab \(55512\)"'):
        fill(two.encode(), [mark("90000")])
    by_title = filled(two, mark("90000"), wanted=Wanted(column="ReLU lab"))
    assert by_title == two.replace("5,,91.5", "5,8.75,91.5")


MOODLE = (SAMPLES / "moodle_offline_worksheet.csv").read_bytes()
GERMAN = (
    "\ufeffIdentifikator;Name;Status;Bewertung;Bestwertung;Bewertung kann geändert werden;"
    "Zuletzt geändert (Abgabe);Zuletzt geändert (Bewertung);Feedback als Kommentar\n"
    'Teilnehmer/in4711;Ada;"Abgegeben - ";;100,00;Ja;"Freitag, 20. November";-;\n'
    'Teilnehmer/in4712;Jean-Luc;"Abgegeben - ";;100,00;Nein;"Freitag, 20. November";-;\n'
)


def test_moodle_worksheet_keeps_mark_and_dates_and_gets_escaped_feedback() -> None:
    after = fill(MOODLE, [mark("4711", feedback="w < 1 & b"), mark("4713", Fraction(0))]).data
    old = MOODLE.decode("utf-8-sig").split("\n")
    new = after.decode("utf-8-sig").split("\n")
    assert after.startswith(b"\xef\xbb\xbf")
    assert new[1] == old[1].replace(",,100.00", ",87.50,100.00").replace(
        ",-,", ",-,w &lt; 1 &amp; b"
    )
    assert new[2] == old[2]
    assert new[3] == old[3].replace(",,100.00", ",0.00,100.00")


def test_a_translated_worksheet_is_known_by_its_shape() -> None:
    after = filled(GERMAN, mark("4711", feedback="Gut"), mark("4712"))
    assert after == GERMAN[1:].replace(";;100,00;Ja", ";87,50;100,00;Ja").replace(
        ";-;\n", ";-;Gut\n", 1
    )
    assert "4712: its grade cannot be changed" in told(GERMAN, mark("4712"))


def test_feedback_that_is_there_is_kept() -> None:
    own = GERMAN.replace(";-;\n", ";-;Bitte zu mir kommen\n", 1)
    assert "Bitte zu mir kommen" in filled(own, mark("4711", feedback="Gut"))


SPANISH = (
    "Identificador;Nombre completo;Estado;Marcador;Calificación;Calificación máxima;La "
    "calificación puede ser cambiada;Última modificación (entrega);Última modificación "
    "(calificación);Comentarios\n"
    "Participante 4711;Ada;Enviado;;45,50;100,00;Sí;viernes;-;\n"
    "Participante 4712;Jean-Luc;Enviado;;50,00;100,00;Sí;viernes;-;\n"
)


def test_grades_that_are_all_there_are_not_taken_for_full_marks() -> None:
    after = filled(SPANISH, mark("4711"), mark("4712"))
    assert after == SPANISH.replace(";45,50;", ";87,50;").replace(";50,00;", ";87,50;")


def test_canvas_with_names_in_two_columns_and_thousands() -> None:
    two = re.sub('"([^",]+), ([^"]+)"', r"\1,\2", CANVAS.replace("Student,", "LastName,FirstName,"))
    two = two.replace(" Possible,", " Possible,,")
    assert filled(two, mark("90000")) == two.replace("CS101,,91.5", "CS101,8.75,91.5")
    large = CANVAS.replace(",10,(read", ',"1,000.00",(read')
    assert filled(large, mark("90000")) == large.replace("CS101,,91.5", "CS101,875.00,91.5")
    with pytest.raises(SheetError, match='line 2: "ten" points possible is not a number'):
        fill(CANVAS.replace(",10,(read", ",ten,(read").encode(), [mark("90000")])


def test_excels_first_line_and_its_way_to_keep_zeros_stay() -> None:
    data = 'sep=;\r\nid;points\r\n="007";\r\n'
    after = filled(data, mark("007"), wanted=Wanted("id", "points"))
    assert after == data.replace('"007";', '"007";87,50')


def test_feedback_that_a_spreadsheet_would_compute_is_text() -> None:
    data = "id,points,Feedback\na,,\n"
    after = filled(data, mark("a", feedback="=1+1"), wanted=Wanted("id", "points"))
    assert after == "id,points,Feedback\na,87.50,'=1+1\n"


def test_blackboard_as_text_of_two_bytes_a_character_and_tabs() -> None:
    head = '"Last Name"\t"Username"\t"ReLU Lab [Total Pts: 20 Score] |123456"\t"Feedback to Learner"\r\n'
    rows = '"Lovelace"\t"ada"\t""\t""\r\n"O\'Neil"\t"jl"\t"17"\t""\r\n'
    data = b"\xff\xfe" + (head + rows).encode("utf-16-le")
    after = fill(data, [mark("ada", feedback='Say "why"')]).data
    changed_rows = rows.replace('"ada"\t""\t""', '"ada"\t"17.50"\t"Say ""why"""')
    assert after == b"\xff\xfe" + (head + changed_rows).encode("utf-16-le")


def test_brightspace_keeps_its_crosses() -> None:
    data = (SAMPLES / "brightspace_grades.csv").read_bytes()
    after = filled(data, mark("1001"), mark("jl", Fraction(1, 3)))
    assert after == data.decode().replace("#ada,100,#", "#ada,87.50,#").replace(
        "#jl,25,#", "#jl,0.33,#"
    )
    scaled = data.replace(b"Points Grade", b"Points Grade <Numeric MaxPoints:4>")
    assert "#ada,3.50,#" in filled(scaled, mark("1001"))


def test_a_roster_leads_from_one_systems_id_to_anothers() -> None:
    data = (SAMPLES / "brightspace_grades.csv").read_bytes()
    marks = (
        mark("555000")._replace(others=("555000", "ada", "CS101", "1001")),
        mark("555001")._replace(others=("jl", "CS101", "ada 2")),
        mark("555002")._replace(others=("ada", "jl")),  # said of others too, so of nobody
    )
    assert filled(data, *marks[:2]) == data.decode().replace("#ada,100,#", "#ada,87.50,#").replace(
        "#jl,25,#", "#jl,87.50,#"
    )
    result = fill(data, marks)
    assert "not in the file, so not written: 555001, 555002" in "\n".join(result.remarks)
    assert result.data.decode() == data.decode().replace("#ada,100,#", "#ada,87.50,#")


def test_any_table_by_two_columns_with_feedback_beside() -> None:
    data = (SAMPLES / "moodle_gradebook.csv").read_bytes()
    wanted = Wanted("Email address", "ReLU lab")
    after = filled(data, mark("ada@uni.example", feedback="See turn 2"), wanted=wanted)
    assert after == data.decode().replace("1001,100,", "1001,87.50,See turn 2")
    with pytest.raises(SheetError, match='--column: no column is called "Lab"; it has "Email'):
        fill(data, [], Wanted("Email address", "Lab"))
    with pytest.raises(SheetError, match="--key needs --column"):
        fill(data, [], Wanted("Email address"))
    with pytest.raises(SheetError, match="it is not a file of grades exported by Canvas"):
        fill(b"a,b\n1,2\n", [])


def test_a_decimal_comma_between_commas_is_quoted() -> None:
    data = 'id,points\n007,"12,5"\n008,\n'
    assert filled(data, mark("008"), wanted=Wanted("id", "points")).endswith('008,"87,50"\n')


def test_keys_that_stand_there_twice_or_were_worn_by_a_spreadsheet_are_listed() -> None:
    data = "id,points\n7,\nada,\nada,\n1.23457E+15,\n"
    wanted = Wanted("id", "points")
    marks = [mark("007"), mark("ada"), mark("1234567890123456")]
    assert filled(data, *marks, wanted=wanted) == data
    said = told(data, *marks, wanted=wanted)
    assert 'not written: 007, though the file has "7"; is that the same?' in said
    assert '1234567890123456, though the file has "1.23457E+15"' in said
    assert "left as they were: ada: its key appears there more than once" in said
    assert "in the file more than once, so not filled: ada" in told(data, wanted=wanted)


def test_names_find_a_row_only_where_the_teacher_makes_them_the_key() -> None:
    data = "Name,id,points\nAda Lovelace,1,\nJean-Luc O'Neil,2,\nTwin,3,\n"
    marks = [
        mark("555000", name="Ada Lovelace"),
        mark("555001", name="Twin"),
        mark("555002", name="Twin"),
    ]
    after = filled(data, *marks, wanted=Wanted("Name", "points"))
    assert after == data.replace("Lovelace,1,", "Lovelace,1,87.50")
    said = told(data, *marks, wanted=Wanted("Name", "points"))
    assert "not in the file, so not written: 555001 (Twin), 555002 (Twin)" in said
    brightspace = (SAMPLES / "brightspace_grades.csv").read_text()
    assert filled(brightspace, *marks) == brightspace
    assert "no row fits: the hand-ins have keys such as 555000, the file such as 1001" in told(
        brightspace, *marks
    )


def test_what_could_not_be_graded_leaves_the_cell() -> None:
    assert filled(CANVAS, mark("90002", None)) == CANVAS
    assert "90002: it could not be graded" in told(CANVAS, mark("90002", None))
