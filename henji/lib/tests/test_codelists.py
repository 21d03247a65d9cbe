"""Lists of codes are data with editions; what nobody knows stays as it was told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import codelists
from henji.lib.text import tidy

CODE = Path(codelists.__file__).parents[1]
SHIPPED = [codelists.read(path) for path in sorted(CODE.glob("*/code_lists/*.yaml"))]
TOLD: dict[str, Any] = {
    "name": "学历",
    "editions": [
        {
            "version": "2",
            "source": "新表",
            "from": date(2010, 1, 1),
            "to": None,
            "codes": {"10": ["研究生", "硕士"], "20": "大学本科"},
        },
        {
            "version": "1",
            "source": "旧表",
            "from": date(1984, 1, 1),
            "to": date(2010, 1, 1),
            "codes": {"10": "研究生班", "90": "文盲"},
        },
    ],
}


@pytest.fixture
def read(tmp_path):
    def read(told):
        path = tmp_path / f"list{len(list(tmp_path.iterdir()))}.yaml"
        path.write_text(yaml.safe_dump(told, allow_unicode=True))
        return codelists.read(path)

    return read


def test_a_code_is_called_what_it_was_called_on_the_day(read):
    listed = read(TOLD)
    assert listed.name_of("10", date(2009, 12, 31)) == "研究生班"
    assert listed.name_of("10", date(2010, 1, 1)) == listed.name_of("10") == "研究生"


def test_a_code_that_is_gone_keeps_its_name(read):
    assert read(TOLD).name_of("90") == "文盲"


def test_before_the_first_edition_the_first_one_speaks(read):
    assert read(TOLD).edition(date(1900, 1, 1)).version == "1"


@pytest.mark.parametrize("words", ["10", " 1０ ", "研究生", "研 究 生", "硕士", "研究生班"])
def test_a_code_is_known_by_itself_its_names_and_its_other_names(read, words):
    assert read(TOLD).code_of(words) == "10"


def test_a_number_that_lost_its_zero_is_still_a_code(read):
    codes = {"codes": {"03": "制造业"}}
    assert read({"name": "行业", "editions": [TOLD["editions"][0] | codes]}).code_of("3") == "03"


@given(st.text(max_size=20))
def test_what_is_kept_is_a_code_or_the_words_and_reads_the_same_again(words):
    for listed in SHIPPED:
        kept = listed.exact(words)
        assert listed.knows(kept) or kept == tidy(words)
        assert listed.exact(kept) == kept


def test_every_name_that_is_shown_means_its_code():
    for listed in SHIPPED:
        for code, name in listed.choices():
            assert listed.code_of(name) == listed.code_of(code) == code
            assert listed.name_of(code) == name


@pytest.mark.parametrize(
    "wrong",
    [
        {"editions": [TOLD["editions"][0] | {"codes": {"10": "研究生", "20": "研究生"}}]},
        {"editions": [TOLD["editions"][0] | {"codes": {"10": []}}]},
        {"editions": [TOLD["editions"][0] | {"codes": {"10": [7]}}]},
        {"editions": [TOLD["editions"][0], TOLD["editions"][1] | {"to": date(2009, 1, 1)}]},
    ],
)
def test_a_list_that_means_two_things_is_refused(read, wrong):
    with pytest.raises(codelists.ListUnsound):
        read(TOLD | wrong)
