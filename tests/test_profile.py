"""Profiles: what extends what, and what is said of every kind of mistake."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from profile_sources import shipped

from pp39.cli import run
from pp39.errors import ParameterError
from pp39.findings import shapes
from pp39.profile import Profile, ProfileError, load_profile, profile_names, schemas
from pp39.profile import profile as profile_module
from pp39.profile.display import described
from pp39.profile.fields import fields_of
from pp39.profile.files import SHIPPED
from pp39.profile.kept import keeping
from pp39.profile.model import PARTS
from pp39.sources import sources_of
from pp39.sources.words import Choice, Code, Month, Split, Text
from pp39.yamlfile import Document, Place, read_yaml_text

BASE = """\
judul: Sekolah
kosakata:
  jenjang:
    sebutan: level
    kata:
      sd: SD
      smp: {nama: SMP, alias: [SLTP]}
kode:
  siswa: {pola: '[0-9]{10}', contoh: '0051234567'}
"""
PUPILS = """\
judul: Siswa
kunci: [nisn]
kolom:
  nisn: {judul: Nomor Daftar, jenis: kode, bentuk: siswa, wajib: ya}
  nama: {judul: Nama, pribadi: nama}
  jenjang: {judul: Jenjang, jenis: pilihan, daftar: jenjang}
  biaya: {judul: Biaya, jenis: rupiah, satuan: Rp}
"""


def written(root: Path, name: str, files: dict[str, str]) -> None:
    folder = root / "params" / "profil" / name
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")


def school(root: Path, pupils: str = PUPILS, base: str = BASE) -> Profile:
    written(root, "kursus", {"profil.yaml": base, "sumber/siswa.yaml": pupils})
    return load_profile(root, "kursus")


def test_a_profile_is_read_anew_only_where_a_file_has_changed(tmp_path: Path) -> None:
    first = school(tmp_path)
    assert school(tmp_path) is first
    assert load_profile(tmp_path, "nasional") is load_profile(tmp_path, "nasional")
    other = school(tmp_path, base=BASE.replace("Sekolah", "Kursus"))
    assert (first.isi.judul, other.isi.judul) == ("Sekolah", "Kursus")
    written(tmp_path, "kursus", {"bukan/x.yaml": "a: 1\n"})
    with pytest.raises(ProfileError, match="a profile has no part bukan"):
        load_profile(tmp_path, "kursus")
    with pytest.raises(ProfileError, match="a profile has no part bukan"):
        load_profile(tmp_path, "kursus")


def test_a_kept_profile_is_the_one_that_was_read(tmp_path: Path) -> None:
    shelf, project = tmp_path / "simpanan", tmp_path / "proyek"
    with keeping(shelf / "profil"):
        first = school(project)
        assert not shelf.exists()  # nothing was made there yet
        shelf.mkdir()
        anew = school(project, base=BASE.replace("Sekolah", "Kursus"))
        profile_module._loaded.cache_clear()
        first = school(project)
    (kept,) = (shelf / "profil").iterdir()
    told = kept.read_text("utf-8")
    marked = told.replace('"judul": "Sekolah"', '"judul": "Terbaca"')
    for text, judul in ((marked, "Terbaca"), (told, "Sekolah"), (told[:-9], "Sekolah")):
        kept.write_text(text, "utf-8")
        profile_module._loaded.cache_clear()
        with keeping(shelf / "profil"):
            again = school(project)
        assert again.isi.judul == judul
    assert (again, list(again.places)) == (first, list(first.places))
    assert [one.column for one in again.places.values()] == [
        one.column for one in first.places.values()
    ]
    assert anew.isi.judul == "Kursus"  # the same name, other bytes
    kept.write_text(marked, "utf-8")
    profile_module._loaded.cache_clear()
    assert school(project).isi.judul == "Sekolah"  # nobody asked for what is kept


def test_a_profile_with_a_fault_is_not_kept(tmp_path: Path) -> None:
    with keeping(tmp_path / "profil"), pytest.raises(ProfileError):
        school(tmp_path, base=BASE + "bukan: 1\n")
    assert not (tmp_path / "profil").exists()


def faults(root: Path, pupils: str = PUPILS, base: str = BASE) -> list[str]:
    with pytest.raises(ProfileError) as caught:
        school(root, pupils, base)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [str(one) for one in caught.value.faults]


# --- what a profile is --------------------------------------------------------------------------


def test_a_source_is_read_with_its_kinds_and_names(tmp_path: Path) -> None:
    profile = school(tmp_path)
    source = sources_of(profile)["siswa"]
    assert source.file == "siswa.csv"
    assert list(source.schema) == ["baris", "nisn", "jenjang", "biaya", "nama_sama"]
    assert tuple(source.schema) == profile.sumber["siswa"].clean_names
    assert source.column_of("nisn").kind == Code("[0-9]{10}", "0051234567")
    options = (("sd", ("SD",)), ("smp", ("SMP", "SLTP")))
    assert source.column_of("jenjang").kind == Choice("level", options, "jenjang")
    assert profile.place("sumber", "siswa", "kolom", "biaya") == Place(
        "params/profil/kursus/sumber/siswa.yaml", 7
    )


def test_shipped_profiles_are_sound_and_their_names_agree() -> None:
    assert {"bskji", "nasional"} <= set(profile_names(Path("nowhere")))
    for name in profile_names(Path("nowhere")):
        profile = load_profile(Path("nowhere"), name)
        for source in sources_of(profile).values():
            assert tuple(source.schema) == profile.sumber[source.name].clean_names
            assert set(profile.sumber[source.name].kunci) <= set(source.schema)


def test_one_parent_and_many_children_are_merged_key_by_key() -> None:
    national, bskji = shipped("nasional"), shipped("bskji")
    assert set(national) < set(bskji)
    assert national["ikpa"].column_of("bulan").kind == Month()
    assert bskji["ikpa"].column_of("bulan").kind == Month((("Noevmber", "November"),))
    assert national["revisi_dipa"].column_of("keterangan").kind == Text()
    corrections = bskji["revisi_dipa"].column_of("keterangan").kind
    assert corrections == Text((("PNBPNBP", "PNBP"), ("PNBK", "PNBP")))
    assert bskji["ikpa"].column_of("nilai") == national["ikpa"].column_of("nilai")


def test_a_cell_is_taken_apart_into_what_the_profile_names() -> None:
    kind = shipped("bskji")["target_smart"].column_of("kode_kro").kind
    assert isinstance(kind, Split)
    parsed = kind.parse("EC-6077-AEC-Kerja {sama}", None)  # type: ignore[arg-type]
    assert parsed.values == ("EC", "6077", "6077.AEC", "Kerja {sama}")


def test_a_child_adds_changes_and_drops(tmp_path: Path) -> None:
    school(tmp_path)
    child = {
        "profil.yaml": "judul: SMK\nmemperluas: kursus\n"
        "kosakata: {jenjang: {kata: {sd: , smk: SMK, smp: {alias: [SLTP, MTs]}}}}\n"
        "sumber: {siswa: {kunci: , kolom: {biaya: , kelas: {judul: Kelas}}}}\n",
        "sumber/guru.yaml": "judul: Guru\nkolom: {nip: {judul: NIP}}\n",
    }
    written(tmp_path, "smk", child)
    profile = load_profile(tmp_path, "smk")
    assert profile.chain == ("kursus", "smk")
    assert list(profile.isi.kosakata["jenjang"].kata) == ["smp", "smk"]
    assert profile.isi.kosakata["jenjang"].kata["smp"].alias == ("SLTP", "MTs")
    assert list(profile.sumber) == ["guru", "siswa"]
    assert list(profile.sumber["siswa"].kolom) == ["nisn", "nama", "jenjang", "kelas"]
    assert profile.sumber["siswa"].kunci == ()
    assert profile.place("sumber", "siswa", "kolom", "kelas").layer == (
        "params/profil/smk/profil.yaml"
    )
    assert profile.place("sumber", "siswa", "kolom", "nisn").line == 4


def test_a_unit_adds_to_the_profile_it_chooses(tmp_path: Path) -> None:
    school(tmp_path)
    text = "memperluas: kursus\nkosakata: {jenjang: {kata: {sma: SMA}}}\n"
    profile = load_profile(tmp_path, read_yaml_text(text, "params/unit/x.yaml"))
    assert profile.name == "kursus"
    assert set(profile.isi.kosakata["jenjang"].kata) == {"sd", "smp", "sma"}
    assert profile.place("kosakata", "jenjang", "kata", "sma") == Place("params/unit/x.yaml", 2)
    assert profile.said() != school(tmp_path).said()
    assert load_profile(tmp_path, Document({}, {})).name == "nasional"


def test_a_key_is_of_what_a_profile_says(tmp_path: Path) -> None:
    before = school(tmp_path).said()
    assert school(tmp_path, "# a comment\n" + PUPILS).said() == before
    assert school(tmp_path, PUPILS.replace("Biaya", "Uang")).said() != before


# --- what is said of mistakes -------------------------------------------------------------------

MISTAKES = {
    "unknown name": ("biaya: {judul: Biaya,", "biaya: {jdul: Biaya, judul: Biaya,", 7, "judul"),
    "unknown name of the source": ("kunci:", "kuncy:", 2, "kunci"),
    "unknown kind": ("jenis: rupiah", "jenis: rupia", 7, "rupiah"),
    "unknown option of a kind": ("jenis: rupiah,", "jenis: rupiah, gaya: id,", 7, "judul"),
    "unknown vocabulary": ("daftar: jenjang", "daftar: jenjnag", 6, "jenjang"),
    "unknown code": ("bentuk: siswa", "bentuk: sisw", 4, "siswa"),
    "code said twice": ("bentuk: siswa,", "bentuk: siswa, pola: x, contoh: x,", 4, "either bentuk"),
    "unknown key": ("kunci: [nisn]", "kunci: [nisn, jenjan]", 2, "jenjang"),
    "unknown column of a unit": ("satuan: Rp", "satuan_dari: jenjan", 7, "jenjang"),
    "unknown misprints": ("jenis: rupiah, satuan: Rp", "betulkan: pnpb", 7, "salah_cetak"),
    "unknown kind of personal data": ("pribadi: nama", "pribadi: nma", 5, "nama"),
    "unknown replacement": ("kunci:", "digantikan: [guru]\nkunci:", 2, "siswa"),
    "unknown function": (
        "kunci:",
        "turunan: {fungsi: ordr, jadi: [x]}\nkunci:",
        2,
        "order",
    ),
    "neither yes nor no": ("wajib: ya", "wajib: kadang", 4, "it must be ya or tidak"),
    "no text": ("judul: Siswa", "judul: No", 1, "put it in quotation marks"),
    "no pattern": ("bentuk: siswa", "pola: '[0-9', contoh: x", 4, "regular expression"),
    "file of another format": ("judul: Siswa", "judul: Siswa\nberkas: siswa.doc", 2, "csv|xlsx"),
    "two columns of one header": ("judul: Biaya", "judul: nomor daftar", 7, "nomor daftar"),
    "nothing to drop": ("jenjang: {judul: Jenjang, jenis: pilihan, daftar: jenjang}", "x:", 6, "x"),
    "title missing": ("judul: Siswa\n", "", 0, "sumber.siswa.judul is not set"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(
    tmp_path: Path, mistake: str
) -> None:
    right, wrong, line, said = MISTAKES[mistake]
    assert PUPILS.count(right) == 1
    told = faults(tmp_path, PUPILS.replace(right, wrong))
    assert len(told) == 1, told
    place = Place("params/profil/kursus/sumber/siswa.yaml", line or None)
    assert told[0].startswith(f"{place}: ")
    assert said in told[0].removeprefix(f"{place}: ")


SHAPES = {
    "parts of a cell": (
        "kolom: {a: {judul: A, jenis: pisah, pola: '(x)(y)', contoh: xy, jadi: {a: '{3}'}}}",
        "has 2, as {1}",
    ),
    "groups of a heading row": (
        "induk: {pola: '(x)', jadi: [b, c]}\nkolom: {a: {judul: A}}",
        "must have 2 groups in brackets, but has 1",
    ),
    "group of a date": ("posisi: {pola: 'per'}\nkolom: {a: {judul: A}}", "must have 1 groups"),
    "parts of a code": (
        "gabungan: {b: [a, x]}\nkolom: {a: {judul: A}}",
        "names x, which is not in the source",
    ),
    "ends of a glued cell": (
        "tempelan: {dari: a, ke: b, pola: '(x)(y)'}\nkolom: {a: {judul: A}}",
        "names b, which is not in kolom",
    ),
    "one clean name twice": (
        "kolom: {a: {judul: A, jenis: angka_bersatuan, jadi: [a, b]}, b: {judul: B}}",
        "the clean column b belongs to an earlier column too",
    ),
    "no column": ("kolom: {}", "it must not be empty"),
    "a list for a map": ("kolom: [a]", "it must hold 'name: value' lines"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_parts_that_do_not_fit_each_other_are_told(tmp_path: Path, shape: str) -> None:
    text, said = SHAPES[shape]
    told = faults(tmp_path, f"judul: Siswa\n{text}\n")
    assert len(told) == 1, told
    assert said in told[0]


def test_all_mistakes_are_told_together_in_the_order_of_the_files(tmp_path: Path) -> None:
    base = BASE + "urutan: [siwa]\nparameter: {batas: {jenis: bulat, arti: x}}\n"
    pupils = PUPILS.replace("rupiah", "rupia").replace("bentuk: siswa", "bentuk: sisw")
    told = faults(tmp_path, pupils + "lain: 1\n", base + "sumbr: {}\n")
    assert [one.rpartition(": ")[0].partition(":")[0].split("/")[-1] for one in told] == [
        "profil.yaml, line 10",
        "profil.yaml, line 11",
        "profil.yaml, line 12",
        "siswa.yaml, line 7",
        "siswa.yaml, line 8",
    ]
    assert "the nearest is siswa" in told[0]


def test_a_folder_or_file_that_no_profile_has_is_told(tmp_path: Path) -> None:
    written(tmp_path, "kursus", {"sumbr/x.yaml": "judul: X", "sumber/guru.yml": "judul: Guru"})
    told = faults(tmp_path)
    assert told == [
        "params/profil/kursus/sumber/guru.yml: a part of a profile is a .yaml file;"
        " name it guru.yaml",
        "params/profil/kursus/sumbr: a profile has no part sumbr; the nearest is sumber",
    ]


def test_an_entry_in_two_files_and_an_empty_file_are_told(tmp_path: Path) -> None:
    written(tmp_path, "kursus", {"sumber/guru.yaml": "# later\n"})
    told = faults(tmp_path, base=BASE + "sumber:\n  siswa: {judul: S, kolom: {a: {judul: A}}}\n")
    assert "guru.yaml: it says nothing" in told[1]
    assert told[0].startswith("params/profil/kursus/profil.yaml, line 11: sumber.siswa is set")
    assert "sumber/siswa.yaml" in told[0]


def test_what_the_package_reads_of_a_shipped_source_stays(tmp_path: Path) -> None:
    child = "judul: X\nmemperluas: bskji\nsumber:\n  survei_nps: {kolom: {email: }}\n"
    written(
        tmp_path, "x", {"profil.yaml": f"{child}  sla: {{kolom: {{jumlah: {{jenis: teks}}}}}}\n"}
    )
    with pytest.raises(ProfileError) as caught:
        load_profile(tmp_path, "x")
    assert [str(one) for one in caught.value.faults] == [
        "params/profil/x/profil.yaml, line 4: pp39 reads sumber.survei_nps.kolom.email;"
        " where files lack it, give it boleh_tidak_ada: ya",
        "params/profil/x/profil.yaml, line 5: pp39 reads sumber.sla.kolom.jumlah as bulat;"
        " its jenis must stay",
    ]
    written(tmp_path, "x", {"profil.yaml": "judul: X\nmemperluas: bskji\nsumber: {sla: }\n"})
    assert "sla" not in load_profile(tmp_path, "x").sumber


def test_a_profile_that_is_not_there_or_extends_itself(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no profile 'bskij'; the nearest is bskji"):
        load_profile(tmp_path, "bskij")
    written(tmp_path, "a", {"profil.yaml": "judul: A\nmemperluas: b\n"})
    written(tmp_path, "b", {"profil.yaml": "judul: B\nmemperluas: a\n"})
    with pytest.raises(ParameterError, match=r"b/profil.yaml, line 2: the profile a extends itsel"):
        load_profile(tmp_path, "a")
    written(tmp_path, "a", {"profil.yaml": "judul: A\nmemperluas: nasionl\n"})
    with pytest.raises(ParameterError, match=r"'nasionl' \(params/profil/a/profil.yaml, line 2\)"):
        load_profile(tmp_path, "a")
    written(tmp_path, "bskji", {"profil.yaml": "judul: B\n"})
    with pytest.raises(ParameterError, match="a profile of this name comes with pp39"):
        load_profile(tmp_path, "bskji")


# --- schemas ------------------------------------------------------------------------------------


def test_the_schemas_accept_the_shipped_files_and_refuse_mistakes() -> None:
    made = schemas(shapes.SHAPES)
    checked = {name: jsonschema.Draft202012Validator(schema) for name, schema in made.items()}
    for path in SHIPPED.rglob("*.yaml"):
        part = path.parent.name if path.parent.name in checked else "profil"
        given = read_yaml_text(path.read_text(encoding="utf-8"), path.name).data
        assert not list(checked[part].iter_errors(given)), path.name
    for part, wrong in (
        ("profil", {"sumbr": {}}),
        ("profil", {"kosakata": {"a": {"kata": {"b": {"nma": "B"}}}}}),
        ("sumber", {"kolom": {"a": {"jenis": "rupia"}}}),
        ("sumber", {"kolom": {"a": {"jenis": "rupiah", "gaya": "id"}}}),
        ("temuan", {"a": {"periksa": [{"bentuk": "bandng"}]}}),
        ("temuan", {"a": {"periksa": [{"bentuk": "banding", "angk": {}}]}}),
        ("temuan", {"a": {"periksa": {"b": {"bentuk": "banding", "untuk": {"bris": {}}}}}}),
    ):
        assert list(checked[part].iter_errors(wrong)), wrong


def test_a_column_is_listed_with_its_bounds_and_the_date_that_tells_it(tmp_path: Path) -> None:
    folder = tmp_path / "params" / "profil" / "klinik"
    (folder / "sumber").mkdir(parents=True)
    (folder / "profil.yaml").write_text("judul: Klinik\n", encoding="utf-8")
    kinds = (
        "{tanggal: {judul: Tanggal, jenis: tanggal},"
        " triwulan: {judul: TW, jenis: triwulan, dari: tanggal},"
        " suhu: {judul: Suhu, jenis: angka, min: 30, maks: 45}}"
    )
    (folder / "sumber" / "rawat.yaml").write_text(f"judul: Rawat\nkolom: {kinds}\n", "utf-8")
    told = [" ".join(line.split()) for line in described(load_profile(tmp_path, "klinik"), {})]
    assert {"TW triwulan, as tanggal tells", "Suhu angka, from 30, to 45"} <= set(told)


# --- the command --------------------------------------------------------------------------------


def test_the_command_lists_the_profile_of_the_unit(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("bskji: Balai standardisasi dan pelayanan jasa industri (nasional ← b")
    assert "  survei_nps.csv: Jawaban survei Net Promoter Score\n" in told
    assert "    always asked for; needed by IKK 6.1.2\n" in told
    assert "    No HP | No. HP  teks, personal (telepon): dropped\n" in told
    assert "  layanan (service): the unit's own, unit.layanan\n" in told
    assert "    dosen: Dosen\n" in told


def test_the_command_lists_any_profile_and_tells_what_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["profile", "nasional"]) == 0
    assert "survei_nps" not in capsys.readouterr().out
    assert run(["profile", "bskij"]) == 2
    assert "the nearest is bskji" in capsys.readouterr().err


def test_shapes_of_findings_are_told_with_their_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "--fields", "temuan"]) == 0
    listed = capsys.readouterr().out
    assert all(
        re.search(rf"^  {re.escape(name)} +\w", listed, re.MULTILINE) for name in shapes.SHAPES
    )
    assert run(["profile", "--fields", "banding"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^  angka +see Besaran below; must be there", said, re.MULTILINE)
    assert "\nBesaran: " in said


def test_every_field_says_what_it_means() -> None:
    properties = schemas()["profil"]["properties"]
    assert not [name for name, one in properties.items() if not one.get("description")]


@pytest.mark.parametrize("part", [*PARTS, "kosakata", "bab", "uji", "profil"])
def test_the_fields_of_a_part_are_told_with_their_meaning(
    part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if part == "ejaan":  # words and what is printed instead: no fields
        assert run(["profile", "--fields", part]) == 2
        return
    assert run(["profile", "--fields", part]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) > 2
    assert not [one for one in said if re.fullmatch(r"  \w+ *", one)]


def test_a_part_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "--fields", "sumbr"]) == 2
    assert "a profile has no part 'sumbr'; the nearest is sumber" in capsys.readouterr().err
    # What a part is told to have inside has its own page.
    assert next(fields_of("besaran")).startswith("Besaran: a figure that an indicator is made of")
    assert next(fields_of("grafik")).startswith("Grafik: ")


def test_the_profiles_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "--list"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [one.split()[0] for one in said] == profile_names(Path(__file__).parents[1])
    assert any(one.endswith("(extends nasional)") for one in said)


def test_the_command_writes_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profile", "--schema", str(tmp_path / "skema")]) == 0
    written_to = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert {path.name for path in written_to} == {f"{part}.schema.json" for part in schemas()}
    for path in written_to:
        made = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(made)
