"""Parties with known truth for measuring linkage: firms and people, variants of them, and traps that look like them.

Every party of the town below has an ``entity``: parties of one entity are one obligor, all others are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from records.linkage.codes import organisation_check, registration_check, unified_check
from records.linkage.firm_names import PLACES
from records.yaml_file import read_yaml
from vocabulary.identity import citizen_check

_BRAND = "宏达鑫盛华泰瑞丰恒信金润德隆海天兴业永安佳美明辉腾飞立方中远东升顺通利民康源新宇博雅正大星"
_BUSINESS = (
    "建材", "贸易", "电子科技", "机械制造", "装饰工程", "物流", "食品", "纺织", "服饰", "餐饮管理",
    "房地产开发", "汽车销售", "信息技术", "医疗器械", "环保设备", "农业发展", "化工", "广告传媒",
    "劳务服务", "投资管理",
)  # fmt: skip
_STREETS = (
    "太湖", "人民", "解放", "建设", "中山", "长江", "新华", "和平", "胜利", "文化",
    "工业", "滨江", "迎宾", "学府", "科技", "花园", "朝阳", "青年", "光明", "振兴",
)  # fmt: skip
_ENDS = ("路", "大道", "街")
_DISTRICTS = (
    "滨湖区", "新城区", "江北区", "开发区", "高新区", "东湖区",
    "南山区", "城关区", "鼓楼区", "青山县", "临河县", "玉泉县",
)  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉建国志文海"
_TO_TRADITIONAL = str.maketrans(
    "华东国贸电车机业联兴厂龙达发实产广门", "華東國貿電車機業聯興廠龍達發實產廣門"
)
_FIRST_DAY = date(1995, 1, 1)


@dataclass(frozen=True, slots=True)
class Planted:
    """A party as a source tells of it. ``variant``: why it is here; ``trap``: it looks like another entity."""

    entity: int
    variant: str
    kind: str
    name: str
    id_number: str | None = None
    former_number: str | None = None
    address: str | None = None
    region: str | None = None
    founded_on: date | None = None
    trap: bool = False


@dataclass
class Planter:
    """Draws parties from one seed."""

    seed: int
    made: list[Planted] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(self.seed)
        provinces = read_yaml(PLACES)["provinces"]
        self.places = [
            (code, each["name"], city)
            for code, each in provinces.items()
            for city in (each["cities"].split() or [each["name"]])
        ]
        local = [place for place in self.places if place[0] == "32"]
        self.places = self.places + local * 60  # most parties of a court are of its own province
        self.entities = 0
        self.serial = 10_000

    def plant(self, firms: int, people: int) -> list[Planted]:
        """So many firms and people, with their variants and traps."""
        for _ in range(firms):
            self._firm_and_company()
        for _ in range(people):
            self._person_and_company()
        return self.made

    def _firm_and_company(self) -> None:
        firm, parts = self._firm()
        self.made.append(firm)
        if self._chance(0.45):
            self.made.append(self._variant(firm, parts))
        if self._chance(0.10):
            self.made.append(self._variant(firm, parts))
        if self._chance(0.20):
            self.made.append(self._trap(firm, parts))

    def _firm(self) -> tuple[Planted, dict[str, str]]:
        region, province, city = self.places[self.random.integers(len(self.places))]
        brand = "".join(self._one(_BRAND) for _ in range(2))
        parts = {"province": province, "city": city, "core": brand + self._one(_BUSINESS), "code": region}
        founded = _FIRST_DAY + timedelta(days=int(self.random.integers(9_000)))
        self.serial += 1
        organisation = f"{self.serial + 30_000_000:08d}"
        organisation += organisation_check(organisation)
        unified = f"91{region}0200{organisation}"
        unified += unified_check(unified)
        registration = f"{region}0200{self.serial:08d}"
        parts |= {
            "organisation": organisation,
            "registration": registration + registration_check(registration),
        }
        name = self._prefix(parts) + parts["core"] + self._one(("有限公司", "有限公司", "有限责任公司"))
        return (
            Planted(
                self._entity(),
                "register",
                "organisation",
                name,
                unified,
                parts["registration"] if founded < date(2015, 10, 1) and self._chance(0.5) else None,
                self._address(parts),
                f"{region}0200",
                founded,
            ),
            parts,
        )

    def _variant(self, firm: Planted, parts: dict[str, str]) -> Planted:
        """The same firm as another source tells of it."""
        known = firm.former_number is not None
        variant = self._one(
            (
                "unified_code",
                "organisation_code",
                "old_registration" if known else "no_number",
                "no_number",
                "no_number",
            )
        )
        number = {
            "unified_code": firm.id_number,
            "organisation_code": f"{parts['organisation'][:8]}-{parts['organisation'][8]}",
            "old_registration": firm.former_number,
        }.get(variant)
        told = self._one(
            ("form", "bracket", "no_place", "other_place", "full_width", "traditional", "typo", "as_is")
        )
        name = self._name(firm, parts, told)
        return replace(
            firm,
            variant=variant if number else f"no_number, name {told}",
            name=name,
            id_number=number,
            former_number=None,
            address=self._told_address(firm.address or ""),
            founded_on=self._told_day(firm.founded_on),
        )

    def _name(self, firm: Planted, parts: dict[str, str], told: str) -> str:
        form = "有限责任公司" if firm.name.endswith("责任公司") else "有限公司"
        other = "有限公司" if form == "有限责任公司" else "有限责任公司"
        core = parts["core"]
        typo = core.replace(core[1], self._one(_BRAND.replace(core[1], "")), 1)
        return {
            "form": firm.name.removesuffix(form) + other,
            "bracket": f"{core}（{parts['city']}）{form}",
            "no_place": core + form,
            "other_place": f"{parts['province']}省{parts['city']}市{core}{form}",
            "full_width": firm.name.replace("(", "（") + "　",
            "traditional": firm.name.translate(_TO_TRADITIONAL),
            "typo": firm.name.replace(core, typo),
            "as_is": firm.name,
        }[told]

    def _told_address(self, address: str) -> str | None:
        if self._chance(0.15):
            return None
        if self._chance(0.06):
            return self._address({"province": "江苏", "city": self._one(("无锡", "苏州", "常州"))})
        told = self._one(("as_is", "no_province", "short", "full_width", "building"))
        province, rest = address.split("省", 1) if "省" in address else ("", address)
        return {
            "as_is": address,
            "no_province": rest,
            "short": rest.replace("市", "", 1).replace("区", "", 1) if province else rest,
            "full_width": "".join(chr(ord(each) + 0xFEE0) if each.isdigit() else each for each in address),
            "building": f"{address}{self._one('123')}幢{int(self.random.integers(1, 30))}01室",
        }[told]

    def _told_day(self, day: date | None) -> date | None:
        if day is None or self._chance(0.4):
            return None
        return day + timedelta(days=int(self.random.integers(1, 20))) if self._chance(0.05) else day

    def _trap(self, firm: Planted, parts: dict[str, str]) -> Planted:
        """Another firm that looks like this one."""
        trap = self._one(
            ("homonym elsewhere", "homonym elsewhere", "sister at one address", "longer name", "branch")
        )
        other, elsewhere = self._firm()
        if trap == "homonym elsewhere":
            name = self._prefix(elsewhere) + parts["core"] + "有限公司"
            if elsewhere["city"] == parts["city"]:
                name = f"青海西宁市{parts['core']}有限公司"
                other = replace(
                    other, address=self._address({"province": "青海", "city": "西宁"}), region="630200"
                )
            made = replace(other, name=name)
        elif trap == "sister at one address":
            business = self._one([each for each in _BUSINESS if each not in parts["core"]])
            made = replace(other, name=self._prefix(parts) + parts["core"][:2] + business + "有限公司")
            made = replace(made, address=firm.address, region=firm.region)
        elif trap == "longer name":
            made = replace(other, name=firm.name.replace(parts["core"], parts["core"] + "销售"))
            made = replace(made, address=firm.address, region=firm.region)
        else:
            made = replace(
                other, name=f"{firm.name}{parts['city']}分公司", address=firm.address, region=firm.region
            )
        if self._chance(0.5):
            made = replace(made, id_number=None, former_number=None)
        return replace(made, variant=f"trap, {trap}", trap=True)

    def _person_and_company(self) -> None:
        entity, name = self._entity(), self._person_name()
        number = self._citizen_number()
        person = Planted(entity, "person", "natural", name, number, address=self._address(self._somewhere()))
        self.made.append(person)
        if self._chance(0.4):
            variant = self._one(("15 digits", "full width", "name typo", "as is"))
            typo = name[:-1] + self._one(_GIVEN.replace(name[-1], ""))
            self.made.append(
                replace(
                    person,
                    variant=f"person, {variant}",
                    name=typo if variant == "name typo" and len(name) == 3 else name,
                    id_number={
                        "15 digits": number[:6] + number[8:17],
                        "full width": "".join(chr(ord(each) + 0xFEE0) for each in number),
                    }.get(variant, number),
                )
            )
        if self._chance(0.3):
            trap = self._one(("same name", "same name and address", "no number", "placeholder"))
            made = replace(person, entity=self._entity(), variant=f"trap, {trap}", trap=True)
            other = self._address(self._somewhere()) if trap == "same name" else person.address
            number_ = {"no number": None, "placeholder": "不详"}.get(trap, self._citizen_number())
            self.made.append(replace(made, id_number=number_, address=other))

    def _person_name(self) -> str:
        return self._one(_SURNAMES) + "".join(
            self._one(_GIVEN) for _ in range(int(self.random.integers(1, 3)))
        )

    def _citizen_number(self) -> str:
        born = date(1955, 1, 1) + timedelta(days=int(self.random.integers(16_000)))
        self.serial += 1
        first17 = f"320200{born:%Y%m%d}{self.serial % 1000:03d}"
        return first17 + citizen_check(first17)

    def _address(self, parts: dict[str, str]) -> str:
        street = self._one(_STREETS) + self._one(_ENDS)
        number = int(self.random.integers(1, 1200))
        place = (
            f"{parts['city']}市"
            if parts["city"] == parts["province"]
            else f"{parts['province']}省{parts['city']}市"
        )
        return f"{place}{self._one(_DISTRICTS)}{street}{number}号"

    def _somewhere(self) -> dict[str, str]:
        _, province, city = self.places[self.random.integers(len(self.places))]
        return {"province": province, "city": city}

    def _prefix(self, parts: dict[str, str]) -> str:
        return self._one((parts["city"], f"{parts['city']}市", parts["province"]))

    def _entity(self) -> int:
        self.entities += 1
        return self.entities

    def _one(self, of: Sequence[str]) -> str:
        return of[int(self.random.integers(len(of)))]

    def _chance(self, probability: float) -> bool:
        return bool(self.random.random() < probability)


def plant(*, seed: int, firms: int, people: int) -> list[Planted]:
    """Parties of so many firms and people, their variants and traps, the same for the same seed."""
    return Planter(seed).plant(firms, people)
