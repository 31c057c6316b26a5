from pathlib import Path

import pytest

from dudao.errors import UnreadableInputError
from dudao.packs.find import find_pack, find_packs, load_pack, user_folders

SMALL = """\
id: {id}
name: 小方案
region: somewhere
region_name: 某市
level: county
year: 2024
full_points: 10
source: {{document: 某市方案}}
indicators:
  - id: "1"
    name: 总体
    full_points: 10
    items: [{{id: "1.1", name: 要点, full_points: 10}}]
"""


def write_pack(root: Path, folder: str, identifier: str) -> Path:
    place = root / folder
    place.mkdir(parents=True)
    (place / "pack.yaml").write_text(SMALL.format(id=identifier), encoding="utf-8")
    return place


def test_the_shipped_packs_are_found_and_ordered_by_id() -> None:
    ids = [entry.id for entry in find_packs()]
    assert ids == sorted(ids)
    assert {"liaoning-city-2022", "panjin-county-2023"} <= set(ids)


def test_a_pack_is_found_by_id_and_by_path(tmp_path: Path) -> None:
    place = write_pack(tmp_path, "somewhere/2024", "somewhere-2024")
    assert load_pack("somewhere-2024", [tmp_path]).name == "小方案"
    assert find_pack(str(place)) == place
    assert load_pack(str(place / "pack.yaml")).id == "somewhere-2024"


def test_a_users_pack_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    write_pack(tmp_path, "own", "liaoning-city-2022")
    assert load_pack("liaoning-city-2022", [tmp_path]).name == "小方案"
    assert load_pack("liaoning-city-2022").full_points == 100


@pytest.mark.parametrize("wanted", ["liaoning-city-2202", "liaoning-2022", "LIAONING-CITY-2022"])
def test_an_unknown_id_offers_the_nearest(wanted: str) -> None:
    with pytest.raises(UnreadableInputError) as refused:
        find_pack(wanted)
    assert wanted in refused.value.message
    assert "liaoning-city-2022" in refused.value.advice


def test_the_environment_variable_names_several_folders() -> None:
    assert user_folders({"DUDAO_PACKS": "/one:/two"}) == (Path("/one"), Path("/two"))
    assert user_folders({}) == ()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="找不到方案包文件夹"):
        find_packs([tmp_path / "nowhere"])


def test_an_unsound_pack_is_refused_with_its_first_error(tmp_path: Path) -> None:
    place = write_pack(tmp_path, "bad", "bad-2024")
    text = (
        (place / "pack.yaml").read_text(encoding="utf-8").replace("full_points: 10\nsource", "full_point: 10\nsource")
    )
    (place / "pack.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInputError) as refused:
        load_pack("bad-2024", [tmp_path])
    assert "第7行" in refused.value.message
    assert "full_point" in refused.value.message
    assert "dudao scheme check" in refused.value.advice
