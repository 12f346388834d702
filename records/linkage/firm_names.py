"""A firm's name and address taken apart: place, trade name and business, legal form, branch; street and number.

A Chinese firm's name is place + trade name (字号) + business + legal form (企业名称登记管理规定 2020, Art. 6). Sources
write it with and without the place, the place in brackets, 有限公司 for 有限责任公司, in full width or in traditional
characters. Standard library and the places file only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from records.yaml_file import read_yaml

PLACES = Path(__file__).parent / "parameters" / "places.yaml"
_FORMS = {
    "股份有限责任公司": "joint_stock",
    "股份有限公司": "joint_stock",
    "股份公司": "joint_stock",
    "有限责任公司": "limited",
    "有限公司": "limited",
    "农民专业合作社": "cooperative",
    "专业合作社": "cooperative",
    "合作社": "cooperative",
    "有限合伙": "partnership",
    "普通合伙": "partnership",
    "合伙企业": "partnership",
    "个人独资企业": "sole",
    "集团公司": "group",
    "总公司": "company",
    "公司": "company",
    "经营部": "shop",
    "商行": "shop",
    "商店": "shop",
    "工厂": "works",
    "厂": "works",
}
"""Legal forms as written, longest first where one ends with another → the form meant."""
_TRADITIONAL = str.maketrans(
    "華東國貿電車機業聯興廠龍達發實產廣門藥飲園區號樓臺灣縣鄉鎮區銀傢設計裝飾運輸農場資產團體對溫陽無錫揚連雲環陸馬長風飛騰鴻遠圓滿億萬眾創學書畫藝術傳媒網絡訊軟體員責經營餘蘇魯紅藍綠寶慶豐順榮潔衛療養護數據訂單題應齊麗麥黃齡點強極橋樑鋼鐵鋁銅鍋爐閥輪軸殼線纜纖維織紡綢緞鞋帽",
    "华东国贸电车机业联兴厂龙达发实产广门药饮园区号楼台湾县乡镇区银家设计装饰运输农场资产团体对温阳无锡扬连云环陆马长风飞腾鸿远圆满亿万众创学书画艺术传媒网络讯软体员责经营余苏鲁红蓝绿宝庆丰顺荣洁卫疗养护数据订单题应齐丽麦黄龄点强极桥梁钢铁铝铜锅炉阀轮轴壳线缆纤维织纺绸缎鞋帽",
)
"""The traditional characters most met in firms' names; others stay, and cost a little likeness."""
_BRACKETED = re.compile(r"\(([^()]*)\)")
_BRANCH = re.compile(r"[^司]{1,12}(分公司|分厂|分店|分部|办事处|营业部)$")
_NOISE = re.compile(r"[\s·・.,。，、:：;；'\"“”‘’《》<>—_/\\|*]+")
_DISTRICT = re.compile(r"^[^省市区县路街道号]{1,6}?(新区|开发区|区|县|市)(?=.{3})")
_TOWN = re.compile(r"^[^区县路街道号镇乡]{1,5}?(街道办事处|街道|镇|乡)(?=.{3})")
_DOOR = re.compile(r"(\d+(?:-\d+)?)号")
_NUMBER = re.compile(r"(\d+(?:-\d+)?)")
_MUNICIPALITIES = frozenset({"北京", "天津", "上海", "重庆"})


@dataclass(frozen=True, slots=True)
class FirmName:
    """A firm's name in parts; what is not said is None. ``core`` is trade name and business together."""

    core: str
    form: str | None = None
    province: str | None = None
    city: str | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """An address in parts; ``street`` is what is left of it before the number, ``door`` the number."""

    province: str | None = None
    city: str | None = None
    street: str | None = None
    door: str | None = None


def plain(text: str) -> str:
    """Width, case, blanks, marks and traditional characters made alike; brackets stay as ( and )."""
    alike = unicodedata.normalize("NFKC", text).translate(_TRADITIONAL).upper()
    for opening, closing in ("[]", "【】", "〔〕", "{}", "「」"):
        alike = alike.replace(opening, "(").replace(closing, ")")
    return _NOISE.sub("", alike)


@lru_cache(maxsize=200_000)
def read_name(text: str) -> FirmName | None:
    """A firm's name in parts; None when nothing is left of it."""
    rest, branch = _without_branch(plain(text))
    province, city = None, None
    for inside in _BRACKETED.findall(rest):
        province, city, left = _place(inside)
        if not left and (province or city):
            rest = rest.replace(f"({inside})", "")
            break
    rest = rest.replace("(", "").replace(")", "").replace("-", "")
    if not (province or city):
        province, city, rest = _place(rest)
    core, form = _without_form(rest)
    return FirmName(core or rest, form, province, city, branch) if rest else None


@lru_cache(maxsize=200_000)
def read_address(text: str) -> Address | None:
    """An address in parts; None when nothing is left of it."""
    rest = plain(text).replace("(", "").replace(")", "")
    province, city, rest = _place(rest)
    rest = _TOWN.sub("", _DISTRICT.sub("", rest))
    if not rest:
        return None
    found = _DOOR.search(rest) or _NUMBER.search(rest)
    street = rest[: found.start()] if found else rest
    return Address(province, city, street or None, found.group(1) if found else None)


def province_of(region: str | None) -> str | None:
    """The province of an administrative region code, by its first two digits."""
    return _provinces().get((region or "")[:2])


def _without_branch(name: str) -> tuple[str, str | None]:
    found = _BRANCH.search(name)
    if found is None or "公司" not in name[: found.start()]:
        return name, None
    return name[: found.start()], found.group(0)


def _without_form(name: str) -> tuple[str, str | None]:
    if name in _FORMS:
        return name, None
    for written, form in _FORMS.items():
        if name.endswith(written):
            return name.removesuffix(written).removesuffix("股份"), form
    return name, None


def _place(text: str) -> tuple[str | None, str | None, str]:
    """Province and city in front of a text, and the text behind them."""
    province, rest = _first(
        text, _provinces().values(), ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")
    )
    city, rest = _first(rest, _cities(), ("自治州", "地区", "市"))
    if city is not None:
        province = province or _cities()[city]
    elif province in _MUNICIPALITIES:
        city = province
    return province, city, rest


def _first(text: str, names: Container[str], endings: tuple[str, ...]) -> tuple[str | None, str]:
    for size in (4, 3, 2):
        if text[:size] in names:
            rest = text[size:]
            ending = next((each for each in endings if rest.startswith(each)), "")
            return text[:size], rest[len(ending) :]
    return None, text


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    return {code: each["name"] for code, each in read_yaml(PLACES)["provinces"].items()}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    return {
        city: each["name"]
        for each in read_yaml(PLACES)["provinces"].values()
        for city in each["cities"].split()
    }
