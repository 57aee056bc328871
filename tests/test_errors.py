import pickle

import pytest

from pp39 import errors


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
    strange = errors.NotebookFailed("02_validate", 4, "KeyError", "'x'")
    assert (strange.exit_code, str(strange)) == (1, "02_validate, cell 4: KeyError: 'x'")


def test_nearest():
    assert errors.nearest("IKPA", ["ikpa", "nps"]) == "ikpa"
    assert errors.nearest("zzz", ["ikpa", "nps"]) is None
