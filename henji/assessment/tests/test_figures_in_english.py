"""数字的英文: whoever reads English reads the names of figures and of their sides in English."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from henji.assessment import commands, library
from henji.evidence import figures
from henji.evidence.figures import Count, Missing, Ratio, Scope
from henji.lib import clock
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period

HAN = re.compile(r"[\u3400-\u9fff]")


def test_every_indicator_has_an_english_name():
    with translation.override("en"):
        names = figures.addresses()
    assert {address: name for address, name in names.items() if HAN.search(name)} == {}


@pytest.mark.parametrize("address", sorted(figures.addresses()))
def test_the_sides_of_every_figure_are_named_in_english(county, township, address):
    day = clock.today()
    with translation.override("en"):
        told = figures.compute(address, Scope((county.pk,), Period.year(day.year), day))[county.pk]
    match told:
        case Ratio():
            said = [told.part_name, told.whole_name, told.note]
        case Count():
            said = [told.name, told.note]
        case Missing(what):
            said = [what]
    assert [words for words in said if HAN.search(words)] == []


@pytest.mark.parametrize("item", ["B05", "B10"])
def test_no_chinese_is_left_in_a_figure_on_the_page(client_of, officer, county, at, item):
    text = library.shipped("reference")
    commands.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)
    browser = client_of(officer)
    browser.post("/language/", {"language": "en"})
    page = browser.get(reverse("assessment:item", args=[item])).content.decode()
    drawn = re.findall(r'<span class="figure figure-large">.*?</div>', page, re.DOTALL)
    assert [words for words in drawn if HAN.search(words)] == []
