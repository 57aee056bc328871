import pickle

import pytest

from pp39 import errors
from pp39.profile import ProfileError
from pp39.together import Together


def every_error():
    return [getattr(errors, name) for name in errors.__all__ if name[0].isupper()]


@pytest.mark.parametrize("kind", every_error())
def test_errors_survive_pickling_and_keep_their_sentence(kind):
    arguments = ("01_clean", 3, "CheckFailed", "x") if kind is errors.NotebookFailed else ("x",)
    raised = kind(*arguments)
    again = pickle.loads(pickle.dumps(raised))
    assert type(again) is kind
    assert (str(again), again.exit_code) == (str(raised), raised.exit_code)


def test_exit_codes_are_the_documented_ones():
    codes = {kind.__name__: kind.exit_code for kind in every_error()}
    assert codes == {
        "CheckFailed": 3,
        "InputError": 4,
        "MissingInput": 4,
        "NotebookFailed": 1,
        "ParameterError": 2,
        "Pp39Error": 1,
        "UnreadableInput": 4,
        "VerificationFailed": 5,
    }


def test_a_notebook_passes_the_code_of_what_was_raised_in_it():
    failed = errors.NotebookFailed("02_validate", 4, "CheckFailed", "RO 6077.ZZZ is unknown")
    assert failed.exit_code == 3
    assert str(failed) == "RO 6077.ZZZ is unknown"
    kind = errors.NotebookFailed("03_indicators", 6, ProfileError.__name__, "a.yaml, line 5: x")
    assert (kind.exit_code, str(kind)) == (2, "a.yaml, line 5: x")
    strange = errors.NotebookFailed("02_validate", 4, "KeyError", "'x'")
    assert (strange.exit_code, str(strange)) == (1, "02_validate, cell 4: KeyError: 'x'")


def test_several_sentences_are_told_in_lines_and_pass_through_a_notebook():
    raised = errors.UnreadableInput(*(f"sla.csv, row {row}: wrong" for row in range(2, 32)))
    assert pickle.loads(pickle.dumps(raised)).sentences == raised.sentences
    lines = str(raised).splitlines()
    assert lines == [*raised.sentences[:20], "and 10 more"]
    assert raised.brief == "sla.csv, row 2: wrong (and 29 more)"
    failed = errors.NotebookFailed("01_clean", 6, "UnreadableInput", str(raised))
    assert (failed.exit_code, str(failed)) == (4, str(raised))
    assert str(pickle.loads(pickle.dumps(failed))) == str(raised)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("x" * 100, "x" * 100),
        ("x" * 101, "x" * 99 + "…"),
        ("9" * 100_000, "9" * 99 + "…"),
        ("a\nb\x0bc\u2028d", "a b c d"),
        ('dia berkata "ya" ' + "x" * 300, 'dia berkata "ya" ' + "x" * 99 + "…"),
    ],
)
def test_a_value_is_repeated_in_one_line_and_not_at_length(value, shown):
    raised = errors.UnreadableInput(f'sla.csv: "{value}" is wrong; the nearest is "y"')
    assert str(raised) == f'sla.csv: "{shown}" is wrong; the nearest is "y"'


def test_a_sentence_that_is_long_all_the_same_is_cut():
    assert len(str(errors.Pp39Error("panjang " * 10**5))) <= 1000


def test_errors_of_a_step_are_told_together():
    found = Together()
    found.insist()
    assert not found
    with found.noted():
        raise errors.MissingInput("a is missing")
    with found.noted():
        raise errors.UnreadableInput("b is empty", "c is empty")
    with pytest.raises(errors.InputError) as caught:
        found.insist()
    assert type(caught.value) is errors.InputError
    assert caught.value.sentences == ("a is missing", "b is empty", "c is empty")


def test_of_very_many_errors_the_first_are_kept_and_all_are_counted():
    found = Together()
    for number in range(3000):
        found.add(errors.UnreadableInput(f"row {number}", "again"))
    with pytest.raises(errors.UnreadableInput) as caught:
        found.insist()
    assert len(caught.value.sentences) == 1001
    assert caught.value.sentences[-1] == "and 5000 more"
    assert str(caught.value).splitlines()[-1] == "and 5980 more"
    failed = errors.NotebookFailed("01_clean", 6, "UnreadableInput", str(caught.value))
    assert str(failed) == str(caught.value)


def test_an_unforeseen_error_names_its_cell_in_one_sentence():
    failed = errors.NotebookFailed("01_clean", 6, "KeyError", "a\nb")
    assert failed.sentences == ("01_clean, cell 6: KeyError: a b",)


def test_nearest():
    assert errors.nearest("IKPA", ["ikpa", "nps"]) == "ikpa"
    assert errors.nearest("zzz", ["ikpa", "nps"]) is None
