"""The invented court: its departments, its people, what each may do, and who stands in for whom.

Every name is made of a compound surname and a plant, so that nobody takes it for a real person's. Data alone;
must not know how an organisation comes into the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workflows.rectification.vocabulary import Role

COURT: Final = "云岭省高级人民法院（演示）"
"""The court's name, which no real court bears."""

PASSWORD: Final = "yunling-demo"
"""The one password of everybody; it opens nothing but a demonstration."""

MAIL_DOMAIN: Final = "example.test"
"""A domain that is reserved for tests: no mail to it could ever leave for somebody."""

LEADERS: Final = "院领导"
OFFICE: Final = "办公室"
FILING: Final = "立案庭"
CRIMINAL: Final = "刑事审判第三庭"
CIVIL: Final = "民事审判第一庭"
TRIAL_MANAGEMENT: Final = "审判管理办公室"
EQUIPMENT: Final = "行装处"
INSPECTION: Final = "督察室"
PARTY: Final = "机关党委"
PUBLICITY: Final = "宣传处"
PERSONNEL: Final = "政治部"
RESEARCH: Final = "研究室"
COMPUTING: Final = "信息处"

DEPARTMENTS: Final = (
    LEADERS,
    OFFICE,
    FILING,
    CRIMINAL,
    CIVIL,
    TRIAL_MANAGEMENT,
    EQUIPMENT,
    INSPECTION,
    PARTY,
    PUBLICITY,
    PERSONNEL,
    RESEARCH,
    COMPUTING,
)
"""The departments in the court's own order."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the court.

    Attributes:
        login: The name written in Latin letters; what is typed to log in.
        name: The name.
        department: Where all the roles are held.
        roles: What the person is.
    """

    login: str
    name: str
    department: str
    roles: tuple[Role, ...]

    @property
    def address(self) -> str:
        """The mail address."""
        return f"{self.login}@{MAIL_DOMAIN}"


_HANDLER, _HEAD, _LEADER = Role.HANDLER, Role.DEPARTMENT_HEAD, Role.RESPONSIBLE_LEADER

MEMBERS: Final = (
    Member("simasong", "司马松", LEADERS, (Role.PRESIDENT,)),
    Member("ouyangbai", "欧阳柏", LEADERS, (_LEADER,)),
    Member("shangguanmei", "上官梅", LEADERS, (_LEADER,)),
    Member("zhugelan", "诸葛兰", LEADERS, (_LEADER, Role.PERFORMANCE_LEADER)),
    Member("taishumian", "太叔棉", OFFICE, (Role.CONFIDENTIALITY_REVIEWER,)),
    Member("zhonglizhang", "钟离樟", OFFICE, (_HANDLER,)),
    Member("yuwenju", "宇文榉", OFFICE, (_HEAD,)),
    Member("duanmuhuai", "端木槐", FILING, (_HANDLER,)),
    Member("linghujin", "令狐槿", FILING, (_HEAD,)),
    Member("muronghe", "慕容荷", CRIMINAL, (_HANDLER,)),
    Member("gongsuntong", "公孙桐", CRIMINAL, (_HEAD,)),
    Member("bailizhi", "百里芷", CIVIL, (_HANDLER,)),
    Member("dongguoai", "东郭艾", CIVIL, (_HEAD,)),
    Member("dongfangzhu", "东方竹", TRIAL_MANAGEMENT, (_HANDLER,)),
    Member("nangongju", "南宫菊", TRIAL_MANAGEMENT, (_HEAD,)),
    Member("huangfushan", "皇甫杉", EQUIPMENT, (_HANDLER,)),
    Member("yuchifeng", "尉迟枫", EQUIPMENT, (_HEAD,)),
    Member("tantailiu", "澹台柳", INSPECTION, (_HANDLER,)),
    Member("gongyeyu", "公冶榆", INSPECTION, (_HEAD,)),
    Member("zongzhenggui", "宗政桂", INSPECTION, (Role.INSPECTOR,)),
    Member("puyangrong", "濮阳榕", PARTY, (_HANDLER,)),
    Member("chunyusang", "淳于桑", PARTY, (_HEAD,)),
    # The court's performance office sits in this department, so it rules on none of its tasks.
    Member("chanyunan", "单于楠", PARTY, (Role.PERFORMANCE_OFFICE,)),
    Member("shentuchun", "申屠椿", PARTY, (Role.PERFORMANCE_OFFICE_HEAD,)),
    Member("wenrentang", "闻人棠", PUBLICITY, (Role.PUBLICITY_OFFICE,)),
    Member("huyanzong", "呼延棕", PUBLICITY, (_HEAD,)),
    Member("zhangsunli", "长孙栎", PERSONNEL, (_HANDLER,)),
    Member("helianzhen", "赫连榛", PERSONNEL, (Role.VERIFICATION_GROUP,)),
    Member("xiahoutan", "夏侯檀", RESEARCH, (Role.VERIFICATION_GROUP,)),
    Member("xuanyuandi", "轩辕棣", COMPUTING, (Role.ADMINISTRATOR,)),
)
"""Everybody, department by department."""

SUBSTITUTES: Final = {
    Role.PERFORMANCE_OFFICE: "zhonglizhang",
    Role.PERFORMANCE_OFFICE_HEAD: "yuwenju",
    Role.INSPECTOR: "zhangsunli",
    Role.PERFORMANCE_LEADER: "ouyangbai",
    Role.CONFIDENTIALITY_REVIEWER: "yuwenju",
}
"""By role the login of whoever stands in where its holder may not act."""
