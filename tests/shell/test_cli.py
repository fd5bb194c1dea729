"""The shell as its users meet it: commands, exit codes, Dutch and English, JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest
import xlsxwriter
from typer.testing import CliRunner

from model.files import read_term, write_term
from model.rules import RULES
from model.timetable import Status
from service.shell.cli import app
from service.shell.console import headline, show_outcome
from service.shell.interrupt import stoppable
from solver.solve import solve as solve_term
from tests.regions import course, lesson, person, small_term
from tests.solver.test_solve import hard_region

ROOT = Path(__file__).parents[2]
HYBROOSTER = [sys.executable, "-c", "from service.start import main; main()"]


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def term_file(tmp_path):
    path = tmp_path / "term.json"
    write_term(two_lessons(), path)
    return path


def two_lessons():
    """Anna may give one of two lessons at the same time; the other stays open."""
    return small_term(courses=[course("robots", name="Robotica")], lessons=[lesson("l1"), lesson("l2")])


def test_solve_prints_one_json_object_with_all_that_is_promised(run, term_file):
    """The keys of the JSON are what other programs read."""
    result = run("solve", term_file, "--json", "--time", "20")
    assert result.exit_code == 0
    outcome = json.loads(result.stdout)
    promised = [
        "status",
        "value",
        "bound",
        "gap",
        "seconds",
        "seed",
        "versions",
        "input_hash",
        "lessons",
        "tiers",
        "rules",
        "assignments",
        "open",
    ]
    assert set(promised) <= set(outcome)
    assert outcome["status"] == "proved_best"
    assert outcome["lessons"] == {"total": 2, "filled": 1, "open": 1, "at_most": 1}
    (given,) = outcome["assignments"]
    assert set(given) == {"lesson", "professional", "role", "option", "weeks", "weekday", "start", "end"}
    (opened,) = outcome["open"]
    assert {"lesson", "reasons"} <= set(opened)


def test_what_solve_wrote_is_checked_to_the_same_value(run, term_file, tmp_path):
    """The judge recomputes the value from the assignments alone."""
    out = tmp_path / "outcome.json"
    assert run("solve", term_file, "--out", out).exit_code == 0
    result = run("check", term_file, out, "--json")
    assert result.exit_code == 0
    verdict = json.loads(result.stdout)
    assert verdict["value"] == json.loads(out.read_text())["value"]
    assert verdict["breaches"] == []


def test_solve_goes_on_from_what_it_wrote(run, term_file, tmp_path):
    """From an outcome, with the file that is kept beside it or without; the first is never worse than what it starts from."""
    out = tmp_path / "outcome.json"
    region = tmp_path / "region.json"
    # So many that one model of all candidates is not tried first: a fast machine may prove a smaller region with it.
    assert run("generate", region, "--professionals", "120", "--seed", "2").exit_code == 0
    assert run("solve", region, "--out", out, "--time", "10").exit_code in (0, 1)
    value = json.loads(out.read_text("utf-8"))["value"]
    assert (tmp_path / "outcome.warm.json.gz").exists()
    for _ in range(2):
        result = run("solve", region, "--from", out, "--time", "10", "--json")
        assert result.exit_code == 0
        assert json.loads(result.stdout)["value"] >= value
        (tmp_path / "outcome.warm.json.gz").unlink(missing_ok=True)
    # A small term has no plans to keep: nothing of the earlier outcome stays beside the new one.
    (tmp_path / "outcome.warm.json.gz").write_bytes(b"of an earlier outcome")
    assert run("solve", term_file, "--out", out).exit_code == 0
    assert not (tmp_path / "outcome.warm.json.gz").exists()


def test_rows_that_no_longer_fit_are_counted_and_nothing_else_is_lost(run, term_file, tmp_path):
    """A start may be of a term that changed since; what is no timetable at all is refused."""
    made = tmp_path / "made.csv"
    made.write_text("les;professional\nl1;anna\ngone;anna\n", "utf-8")
    result = run("solve", term_file, "--from", made)
    assert result.exit_code == 0
    assert "1 regel van het eerdere rooster past niet meer" in result.stderr
    made.write_text("les;professional\ngone;anna\n", "utf-8")
    refused = run("solve", term_file, "--from", made, "--lang", "en")
    assert refused.exit_code == 1
    assert "gone" in refused.stderr
    assert run("solve", term_file, "--from", tmp_path / "nowhere.json").exit_code == 2
    (tmp_path / "made.warm.json.gz").write_bytes(b"broken")
    made.write_text("les;professional\nl1;anna\n", "utf-8")
    broken = run("solve", term_file, "--from", made)
    assert broken.exit_code == 2
    assert "made.warm.json.gz" in broken.stderr


def test_a_hand_made_timetable_is_judged_and_its_breaches_are_named_and_sized(run, term_file, tmp_path):
    """Anna twice at the same time, on both Mondays."""
    made = tmp_path / "made.csv"
    made.write_text("les;professional\nl1;anna\nl2;anna\n", "utf-8")
    result = run("check", term_file, made, "--json", "--lang", "en")
    assert result.exit_code == 1
    (breach,) = json.loads(result.stdout)["breaches"]
    assert (breach["rule"], breach["size"], breach["unit"]) == ("clash", 2, "dates")
    assert "Anna" in breach["sentence"]


def test_a_hand_made_timetable_may_be_a_workbook(run, term_file, tmp_path):
    """Its first sheet holds lesson and professional."""
    with xlsxwriter.Workbook(str(tmp_path / "made.xlsx")) as book:
        sheet = book.add_worksheet("Rooster")
        for number, row in enumerate((("les", "professional"), ("l1", "anna"))):
            sheet.write_row(number, 0, row)
    result = run("check", term_file, tmp_path / "made.xlsx", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["value"] > 0


def test_a_hand_made_timetable_with_another_time_than_the_lessons_is_refused(run, term_file, tmp_path):
    """A stated weekday or time that the lesson does not have is not ignored."""
    made = tmp_path / "made.json"
    rows = [{"lesson": "l1", "professional": "anna", "weekday": "tue", "start": "08:30", "end": "09:20"}]
    made.write_text(json.dumps({"assignments": rows}), "utf-8")
    result = run("check", term_file, made, "--lang", "en")
    assert result.exit_code == 1
    assert "tue" in result.stderr.lower()


@pytest.mark.parametrize(("lang", "word"), [("nl", "bewezen de beste"), ("en", "proved best")])
def test_solve_says_in_words_how_sure_it_is(run, term_file, lang, word):
    """Both languages, from the same catalogue."""
    result = run("solve", term_file, "--lang", lang)
    assert result.exit_code == 0
    assert word in result.stdout
    assert "Robotica" in result.stdout


def test_result_files_are_written(run, term_file, tmp_path):
    """Workbook, a calendar per professional with lessons, picture."""
    paths = tmp_path / "r.xlsx", tmp_path / "cal", tmp_path / "p.svg"
    result = run("solve", term_file, "--xlsx", paths[0], "--ics", paths[1], "--picture", paths[2])
    assert result.exit_code == 0
    assert paths[0].stat().st_size > 0
    assert len(list(paths[1].glob("*.ics"))) == 1
    assert paths[2].read_text("utf-8").startswith("<svg")


def test_impossible_exits_with_one_and_says_so(run, tmp_path):
    """A lesson that must be staffed by somebody who may not give it."""
    path = tmp_path / "term.json"
    write_term(small_term(lessons=[lesson("l1", must_fill=True, blocked=["anna"])]), path)
    result = run("solve", path)
    assert result.exit_code == 1
    assert "onmogelijk" in result.stdout.lower()


def test_validate_counts_and_exits_zero(run, term_file):
    """A readable term, warnings or not."""
    assert run("validate", term_file).exit_code == 0
    assert json.loads(run("validate", term_file, "--json").stdout)["valid"] is True


def test_errors_in_a_file_are_all_named_with_their_place(run, term_file):
    """Two wrong cells, two messages, exit 1; nothing is solved."""
    data = json.loads(term_file.read_text())
    data["lessons"][0]["weekday"] = "mondag"
    data["lessons"][1]["course"] = "robot"
    term_file.write_text(json.dumps(data), "utf-8")
    for command in ("validate", "solve"):
        result = run(command, term_file)
        assert result.exit_code == 1
        assert "$.lessons[0].weekday" in result.stderr
        assert "$.lessons[1].course" in result.stderr
        assert "robots" in result.stderr  # what was perhaps meant
    issues = json.loads(run("solve", term_file, "--json").stdout)["issues"]
    assert len(issues) == 2


@pytest.mark.parametrize("name", ["missing.json", "notes.txt"])
def test_unreadable_input_exits_two(run, tmp_path, name):
    """No file, or of no form that terms have."""
    if name == "notes.txt":
        (tmp_path / name).write_text("hello", "utf-8")
    for command in ("validate", "solve"):
        result = run(command, tmp_path / name)
        assert result.exit_code == 2
        assert name in result.stderr


@pytest.mark.parametrize(("of", "named"), [("north", "North"), ("anna", "Anna")])
def test_the_week_of_a_school_or_a_person_can_be_drawn(run, term_file, tmp_path, of, named):
    """The picture is headed by its name; an unknown id is refused before anything is solved."""
    assert run("solve", term_file, "--picture", tmp_path / "w.svg", "--of", of).exit_code == 0
    assert named in (tmp_path / "w.svg").read_text("utf-8")
    assert run("solve", term_file, "--picture", tmp_path / "w.svg", "--of", "nobody").exit_code == 2


@pytest.mark.parametrize("option", ["--out", "--xlsx", "--ics", "--picture"])
def test_a_place_that_cannot_be_written_is_named(run, term_file, tmp_path, option):
    """A file stands where a folder is needed; exit 2, a sentence, no traceback."""
    (tmp_path / "file").write_text("", "utf-8")
    result = run("solve", term_file, option, tmp_path / "file" / "x")
    assert result.exit_code == 2
    assert "Kan niet schrijven" in result.stderr


def test_usage_errors_exit_two(run):
    """An unknown option, a missing argument."""
    assert run("solve").exit_code == 2
    assert run("solve", "x.json", "--tijd", "3").exit_code == 2


def test_rules_as_data_list_every_rule_with_unit_default_and_source(run):
    """What the documentation table is made of."""
    rows = json.loads(run("rules", "--json").stdout)
    assert {row["name"] for row in rows} == {rule.name for rule in RULES}
    for row in rows:
        assert row["sentence"]
        assert row["source"]
        assert row["kind"] in ("hard", "priced")
        for parameter in row["parameters"]:
            assert parameter["unit"]
            assert parameter["meaning"]
            assert "default" in parameter
    assert "Bevoegdheid" in run("rules").stdout


def test_the_template_is_a_term_file_once_filled(run, tmp_path):
    """An empty template lacks the term's own row and says so; it is readable."""
    out = tmp_path / "leeg.xlsx"
    assert run("template", out).exit_code == 0
    assert read_term(out).readable


def test_schema_is_json(run):
    """The schema of a term, for other programs."""
    assert "lessons" in json.loads(run("schema").stdout)["properties"]


def test_commands_load_no_solver_of_their_own() -> None:
    """It is loaded aside for those who solve, and takes as long as everything else together."""
    script = "import service.shell.cli, sys; print(*({'ortools', 'pandas', 'highspy'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == ""


def test_an_interrupt_keeps_the_best(tmp_path):
    """Ctrl-C while solving: the best so far is printed, exit 0, no traceback."""
    path = tmp_path / "term.json"
    write_term(hard_region(60, 420), path)
    arguments = [*HYBROOSTER, "solve", str(path), "--time", "300", "--json"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    time.sleep(12)
    still_solving = process.poll() is None
    os.kill(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert "Traceback" not in stderr
    outcome = json.loads(stdout)
    assert outcome["status"] in ("found", "gave_up" if still_solving else "proved_best")
    assert process.returncode == (1 if outcome["status"] == "gave_up" else 0)


def test_a_first_interrupt_stops_the_search_and_a_second_the_command() -> None:
    """Wherever the first comes, also after the search, what was found is kept; afterwards all is as it was."""
    started = signal.signal(signal.SIGINT, signal.default_int_handler)  # tests may run where interrupts are ignored
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    signal.signal(signal.SIGINT, started)


def test_people_called_alike_are_told_apart(run, tmp_path):
    """Two people with the same name are two people in the results."""
    path = tmp_path / "term.json"
    write_term(
        small_term(professionals=[person("anna"), person("anna2", name="Anna")], lessons=[lesson("l1"), lesson("l2")]),
        path,
    )
    outcome = json.loads(run("solve", path, "--json").stdout)
    assert outcome["lessons"]["filled"] == 2
    assert {row["professional"] for row in outcome["assignments"]} == {"anna", "anna2"}


def test_what_is_left_to_win_is_rounded_up() -> None:
    """Hardly anything is not nothing: who reads that at most 0 % is left takes the timetable for the best."""
    best = solve_term(small_term(), seconds=20)
    for gap, said in ((1e-6, "0,01"), (0.000946, "0,1"), (0.0012, "0,12"), (0.01, "1"), (0.010001, "1,01")):
        found = best.model_copy(update={"status": Status.FOUND, "gap": gap})
        assert f"nog hoogstens {said} % te winnen" in headline(found, "nl")


def test_a_solve_that_was_stopped_says_so_and_asks_for_no_more_time() -> None:
    """Without a timetable, with one that may be improved, and (nothing to say) with one that is proved best."""
    best = solve_term(small_term(), seconds=20)
    none = best.model_copy(update={"status": Status.GAVE_UP, "value": None, "bound": None, "stopped": True})
    for lang, stopped, more in (("nl", "gestopt", "Geef meer"), ("en", "stopped", "Allow more")):
        assert stopped in headline(none, lang)
        assert more not in headline(none, lang)
        found = best.model_copy(update={"status": Status.FOUND, "gap": 0.01, "stopped": True})
        assert stopped in headline(found, lang)
        assert headline(best.model_copy(update={"stopped": True}), lang) == headline(best, lang)


def test_where_nothing_was_found_no_lesson_is_called_open(capsys: pytest.CaptureFixture[str]) -> None:
    """Every lesson is, which says nothing; where there is no timetable at all, each one's reasons do."""
    term = small_term()
    best = solve_term(term, seconds=20)
    nothing = solve_term(term, seconds=20, stop=_set())
    show_outcome(term, nothing, "nl")
    assert capsys.readouterr().out.strip() == headline(nothing, "nl")
    show_outcome(term, best, "nl")
    assert len(capsys.readouterr().out.splitlines()) > 10


def _set() -> Event:
    stop = Event()
    stop.set()
    return stop


def test_a_solve_that_ran_out_of_memory_says_so_and_speaks_of_no_lack_of_time() -> None:
    """Without a timetable, with one that may be improved, and (nothing to say) with one that is proved best."""
    best = solve_term(small_term(), seconds=20)
    none = best.model_copy(update={"status": Status.GAVE_UP, "value": None, "bound": None, "out_of_memory": True})
    for lang, memory, time_ in (("nl", "geheugen", "tijd"), ("en", "memory", "time.")):
        assert memory in headline(none, lang)
        assert time_ not in headline(none, lang)
        found = best.model_copy(update={"status": Status.FOUND, "gap": 0.01, "out_of_memory": True})
        assert headline(found, lang).startswith(headline(best, lang).split(".")[0])
        assert memory in headline(found, lang)
        assert headline(best.model_copy(update={"out_of_memory": True}), lang) == headline(best, lang)
