"""What a run is called, and that no two sets of parameters are called the same."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pp39.errors import ParameterError
from pp39.params import load
from pp39.run.naming import checked_run, checked_unit, checked_year, run_name
from pp39.run.overriding import settled, written_value
from pp39.run.workspace import Workspace
from pp39.yamlfile import read_yaml_text

ROOT = Path(__file__).parents[1]
UNIT = ("bspji-ambon", 2025, "IV")


def named(*overrides: str, scenario: str = "dasar") -> str:
    return Workspace.locate(*UNIT, scenario, overrides, root=ROOT).address.run


@pytest.mark.parametrize(
    ("overrides", "name"),
    [
        ([], "dasar"),
        (["nps.promoter_min=8"], "dasar+nps-promoter_min-8"),
        (["nps={promoter_min: 8}"], "dasar+nps-promoter_min-8"),
        (["nps.promoter_min=10", "nps.promoter_min=8"], "dasar+nps-promoter_min-8"),
        (["status.ambang=150.0"], "dasar+status-ambang-150"),
        (["status.ambang=99.5"], "dasar+status-ambang-99.5"),
        (["dokumen_target=rencana_aksi"], "dasar+dokumen_target-rencana_aksi"),
        (["target.IKK-6.4.2=80"], "dasar+target-ikk.6.4.2-80"),
        (['target."IKK 6.4.2"=80.0'], "dasar+target-ikk.6.4.2-80"),
        (
            ["status.ambang=90", "capaian.batas=120"],
            "dasar+capaian-batas-120+status-ambang-90",
        ),
        (
            ["capaian.batas=120", "status={ambang: 90}"],
            "dasar+capaian-batas-120+status-ambang-90",
        ),
        # What is so already changes nothing.
        (["nps.promoter_min=9"], "dasar"),
        (["status.ambang=100.0"], "dasar"),
        (["nps.promoter_min=8", "nps.promoter_min=9"], "dasar"),
    ],
)
def test_a_name_tells_what_is_changed_and_not_how_it_was_written(
    overrides: list[str], name: str
) -> None:
    assert named(*overrides) == name


def test_a_scenario_goes_before() -> None:
    assert named(scenario="nps-unik") == "nps-unik"
    assert named("nps.promoter_min=8", scenario="nps-unik") == "nps-unik+nps-promoter_min-8"
    assert named("nps.responden=unik", scenario="nps-unik") == "nps-unik"
    assert named("nps.responden=semua", scenario="nps-unik") == "nps-unik+nps-responden-semua"


def test_the_same_parameters_are_the_same_settings() -> None:
    one = Workspace.locate(*UNIT, "dasar", ["nps={promoter_min: 8}"], root=ROOT)
    two = Workspace.locate(*UNIT, "dasar", ["nps.promoter_min=8"], root=ROOT)
    assert one == two
    assert one.settings.overrides == ("nps.promoter_min=8",)
    nothing = Workspace.locate(*UNIT, "dasar", ["nps.promoter_min=9"], root=ROOT)
    assert nothing == Workspace.locate(*UNIT, root=ROOT)


def test_every_parameter_can_be_written_as_an_override_and_read_back() -> None:
    entries = [one for one in load(ROOT, *UNIT).describe() if one.value != {}]
    for start in range(0, len(entries), 40):
        some = entries[start : start + 40]
        texts = [f"{one.path}={written_value(one.value)}" for one in some]
        again = {one.path: one.value for one in load(ROOT, *UNIT, overrides=texts).describe()}
        assert [again[one.path] for one in some] == [one.value for one in some]


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.decimals(-(10**9), 10**9, places=4).map(float)
    | st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" ")),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner)
    ),
    max_leaves=5,
)


@settings(derandomize=True, max_examples=200)
@given(values)
def test_values_are_written_so_that_yaml_reads_them(value: object) -> None:
    assert read_yaml_text(f"{{x: {written_value(value)}}}", "-p").data["x"] == value


paths = st.lists(st.from_regex(r"[a-z_]{1,4}", fullmatch=True), min_size=1, max_size=3)
plain = st.from_regex(r"[a-z0-9_.-]{1,4}", fullmatch=True)
overriding = st.lists(
    st.builds(lambda path, value: f"{'.'.join(path)}={value}", paths, plain), max_size=4
)


@settings(derandomize=True, max_examples=500)
@given(overriding, overriding, st.sampled_from(["dasar", "a", "a-b"]))
def test_other_overrides_other_name(one: list[str], two: list[str], scenario: str) -> None:
    first, second = run_name(scenario, one), run_name(scenario, two)
    assert (first == second) == (sorted(one) == sorted(two))
    assert checked_run(first) == first
    assert not re.search(r"[. ]$", first)
    if one:
        with pytest.raises(ParameterError):
            checked_unit(first)  # so that no scenario can be called like it


def test_a_long_list_is_shortened() -> None:
    many = [f"unit.layanan.jasa-{n}.nama=Jasa yang ke-{n}" for n in range(50)]
    assert len(run_name("dasar", many)) < 80
    assert run_name("dasar", many) != run_name("dasar", many[1:])
    assert run_name("s" * 100, many).startswith("s" * 40 + "+")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "/etc", "a/b", "A", "Ambon", "x\0", "a" * 5000, "\udcff", "a b", "-a"],
)
def test_what_can_be_no_name_is_refused_in_a_short_sentence(name: str) -> None:
    for checked in (checked_unit, checked_run):
        with pytest.raises(ParameterError) as caught:
            checked(name)
        assert len(caught.value.sentence) < 300
        assert caught.value.sentence.isprintable()


@pytest.mark.parametrize("year", [0, -1, 99999, 20250, "", "dua", True, 2025.5, None, "9" * 5000])
def test_what_is_no_year_is_refused(year: object) -> None:
    with pytest.raises(ParameterError, match="use a budget year such as 2025"):
        checked_year(year)


def test_overrides_that_do_not_fit_are_told_as_written() -> None:
    with pytest.raises(ParameterError, match="nearest is nps"):
        settled(ROOT, *UNIT, "dasar", overrides=["nps.promotor_min=8"])
