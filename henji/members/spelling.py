"""拼音: how a name is spelled, as keyboards spell it: without tones, ü as v, the surname first.

The readings of characters come from the data of the package pypinyin. The package itself is not imported:
its phrases, which names do not need, would take fifty megabytes of every process.
"""

import unicodedata
from collections.abc import Mapping, Set
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

import orjson

#: The longest spelling that is kept; a name of fifty characters may have a longer one.
LONGEST = 100
#: Names kept at hand: a roster repeats the common ones.
_NAMES = 1 << 16


def _table(text: str) -> Mapping[str, str]:
    return {word: reading.replace("-", " ") for word, reading in (one.split(":") for one in text.split())}


#: 姓氏读音: characters that are read otherwise where they begin a name.
SURNAMES = _table(
    "单:shan 曾:zeng 仇:qiu 解:xie 查:zha 朴:piao 区:ou 盖:ge 缪:miao 员:yun 乐:yue 召:shao 折:she "
    "种:chong 繁:po 秘:bi 洗:xian 祭:zhai 黑:he 翟:zhai 晟:cheng 覃:qin 句:gou 牟:mu 佴:nai 薄:bo "
    "隗:wei 适:kuo 都:du 阚:kan 郇:xun 藏:zang 六:lu 卜:bu 粘:nian 乜:nie "
    "长孙:zhang-sun 尉迟:yu-chi 万俟:mo-qi 单于:chan-yu 澹台:tan-tai"
)
#: 名字读音: characters for which the data puts first what is rarer in given names.
GIVEN = _table("晟:sheng 长:chang 重:chong 隽:jun 琢:zhuo 曾:zeng 媛:yuan 侗:tong 六:liu")


class Spelled(NamedTuple):
    """拼写: “wang xiao ming” and “wxm”; empty where nothing of the name can be read."""

    pinyin: str
    initials: str


@lru_cache(maxsize=_NAMES)
def spelled(name: str) -> Spelled:
    """拼写 of a name; what is in it besides characters and Latin letters is left out."""
    if name[:2] in SURNAMES:
        read = [*SURNAMES[name[:2]].split(), *_read(name[2:])]
    elif name[:1] in SURNAMES:
        read = [SURNAMES[name[:1]], *_read(name[1:])]
    else:
        read = _read(name)
    return Spelled(" ".join(read)[:LONGEST], "".join([syllable[0] for syllable in read]))


def _read(name: str) -> list[str]:
    readings = _readings()
    try:
        return [readings[char] for char in name]
    except KeyError:  # letters, a middle dot, a character that nobody reads
        return _read_mixed(name)


def _read_mixed(name: str) -> list[str]:
    if name.isascii():
        found = [_letters(word) for word in name.split()]
    else:
        found = [_reading_of(char) or _letters(char) for char in name]
    return [syllable for syllable in found if syllable]


def _reading_of(char: str) -> str:
    try:
        return _readings()[char]
    except KeyError:
        return ""


def _letters(word: str) -> str:
    return "".join([char for char in word.lower() if char.isascii() and char.isalpha()])


class _Readings(dict[str, str]):
    """The commonest reading of each character, without its tone; worked out when it is first asked for."""

    def __init__(self) -> None:
        super().__init__(GIVEN)
        data = Path(str(distribution("pypinyin").locate_file("pypinyin/pinyin_dict.json")))
        self._told: dict[str, str] = orjson.loads(data.read_bytes())

    def __missing__(self, char: str) -> str:
        reading = self[char] = _toneless(self._told[str(ord(char))].partition(",")[0])
        return reading

    def all(self) -> Set[str]:
        """Every reading there is."""
        return {self[chr(int(code))] for code in self._told} | set(GIVEN.values())


@cache
def _readings() -> _Readings:
    return _Readings()


@lru_cache(maxsize=2048)
def _toneless(reading: str) -> str:
    return _letters(unicodedata.normalize("NFD", reading).replace("u\u0308", "v"))


@cache
def syllables() -> frozenset[str]:
    """音节: every syllable that a character is read as, and a surname is."""
    own = {syllable for spelling in SURNAMES.values() for syllable in spelling.split()}
    return frozenset(_readings().all()) | own
