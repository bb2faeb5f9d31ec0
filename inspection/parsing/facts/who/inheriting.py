"""What the names of a list take over from those before them: county, town, level."""

import re
from dataclasses import dataclass

from inspection.body_kinds import BodyKind
from inspection.parsing.names import regions
from inspection.parsing.names.regions import PROVINCES, Owner

_OFFICE_PREFIX = re.compile(r"^[省市县区州旗](?=.{2})(?!场|直|里|民中心|长)")
_TOWN = re.compile(r"^(.{2,}?(?:街道|[镇乡]|苏木))(?=.{2,})")
_GENERIC = re.compile(r"^(?:街道|街道办|街道办事处|办事处|社区|行政村|[镇乡村街])$")
_OF_TOWN = re.compile(r"^(?:中心卫生院|卫生院|中心学校|中心小学|中心幼儿园|财政所|司法所|派出所)$")
_TAKES_OFFICE = {BodyKind.DEPARTMENT, BodyKind.INSTITUTION}
_OWN = re.compile(
    r"^(?:团[省市县区州旗]委|中共|国家|国有|国营|国网|国能|中国|中石|中建|"
    + PROVINCES
    + r")|[省市县区州旗]委(?!员)"
)


@dataclass(slots=True)
class Giving:
    """What the names read so far hand on; `heading` is the county that they stand under."""

    owner: Owner
    heading: str | None
    county: str | None = None
    office: str = ""
    town: str = ""

    def __post_init__(self) -> None:
        self.county = self.heading

    def to(self, name: str, kind: BodyKind) -> tuple[str, str | None]:
        """The whole name of the next body, and its county."""
        own = self._own_county(name, kind)
        self.county = own or self.county
        if kind == BodyKind.TOWN:
            whole = self._of_county(name, own)
            self.town = whole
        elif kind == BodyKind.VILLAGE:
            whole = self._village(name, own)
        elif kind in _TAKES_OFFICE:
            whole = self._office_of(name, own)
        else:
            whole = name
            self._remember_office(name, own)
        if own is None and len(self.office) > 1 and whole.startswith(self.office):
            own = self.office
        placed = self.county if kind in {BodyKind.TOWN, BodyKind.VILLAGE} else own or self.heading
        return whole, self._public(placed)

    def _own_county(self, name: str, kind: BodyKind) -> str | None:
        if kind == BodyKind.VILLAGE and not re.search(r"[镇乡]|街道", name[:-1]):
            # 红旗村 and 新市社区 are no places of a county.
            match = regions.leading_county(name, own=self.owner.place)
            return match if match and len(name) - len(match) >= 3 else None
        found = regions.leading_county(name, own=self.owner.place)
        if found and found[0] in "省市县区州旗":
            return None
        rest = name[len(found) :] if found else ""
        if kind == BodyKind.COUNTY:
            return found
        # 红旗镇 and 新市街道 are whole names.
        return found if len(rest) > 1 and not _GENERIC.match(rest) else None

    def _of_county(self, name: str, own: str | None) -> str:
        if own or not self.county or name == self.county:
            return name
        return name if self.county == self.owner.place else self.county + name

    def _village(self, name: str, own: str | None) -> str:
        if match := _TOWN.match(name):
            self.town = self._of_county(match[1], own)
            return self.town + name[len(match[1]) :]
        if own:
            return name
        return self.town + name if self.town else self._of_county(name, own)

    def _office_of(self, name: str, own: str | None) -> str:
        if own:
            self.office = own
            return name
        if prefix := _OFFICE_PREFIX.match(name):
            if len(self.office) > 1 and self.office.endswith(prefix.group()):
                return self.office + name[1:]
            self.office = prefix.group()
            return name
        if _OF_TOWN.match(name):
            return (self.town or self.office) + name
        is_own = self.owner.place and name.startswith((self.owner.place, self.owner.stem))
        if is_own or not self.office or _OWN.search(name) or _TOWN.match(name):
            return name
        return self.office + name

    def _remember_office(self, name: str, own: str | None) -> None:
        if own is None and (prefix := _OFFICE_PREFIX.match(name)) and not self.office:
            self.office = prefix.group()

    def _public(self, county: str | None) -> str | None:
        if self.owner.level == "county" or county == self.owner.place:
            return None
        return county if self.owner.level != "province" else None
