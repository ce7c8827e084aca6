"""Who is responsible, one line a case: what is said → which body owns it, by which rule."""

# ruff: noqa: E501 (one line a case)

import pytest

from routing.decide import decide
from routing.facts import Facts, Subject

CITY, YUNSHAN, QINGHE = "990100000000", "990121000000", "990121100000"
EAST, SOUTH, WILLOW = "990121100201", "990121101201", "990122100201"
GROUP = EAST + "001"
OUTSIDE = None


def who(name="", post="", unit=""):
    return Subject(name, post, unit)


def said(**facts):
    return facts


# fmt: off
# (what is said, facts, recusals (who, from kind, from), owner, rule)
CASES = [
    # level, nothing else
    ("村干部", said(level="village"), [], "清河镇纪委", "village"),
    ("村干部，扫的是组码", said(level="village", region_code=GROUP), [], "清河镇纪委", "village"),
    ("不针对个人", said(level="none"), [], "清河镇纪委", "village"),
    ("说不清", said(level="unknown"), [], "清河镇纪委", "village"),
    ("说不清，有文字没有名字", said(level="unknown", text="低保金少发了两个月"), [], "清河镇纪委", "village"),
    ("乡镇干部", said(level="township"), [], "云山县纪委监委第一纪检监察室", "township"),
    ("县直部门，有派驻", said(level="department", area_code="EDU"), [], "云山县纪委监委驻教育局纪检监察组", "department"),
    ("县直部门，没有派驻", said(level="department"), [], "云山县纪委监委第一纪检监察室", "department"),
    ("县领导", said(level="county"), [], "江州市纪委监委", "county"),
    ("纪检监察干部", said(level="discipline"), [], "云山县纪委监委干部监督室", "discipline"),
    ("村干部，领域指定专门机构", said(level="village", area_code="MED"), [], "云山县纪委监委驻卫健局纪检监察组", "specialist"),
    ("不针对个人，领域指定专门机构", said(level="none", area_code="MED"), [], "云山县纪委监委驻卫健局纪检监察组", "specialist"),
    ("说不清不走专门机构", said(level="unknown", area_code="MED"), [], "清河镇纪委", "village"),
    ("没有协作区的乡镇：乡镇干部到信访室", said(level="township", region_code=WILLOW), [], "平川县纪委监委信访室", "triage"),
    ("没有协作区的乡镇：村干部", said(level="village", region_code=WILLOW), [], "柳树镇纪委", "village"),
    ("没有干部监督室的县：纪检干部到市", said(level="discipline", region_code=WILLOW), [], "江州市纪委监委", "discipline"),
    ("县级码，村干部，人工分流", said(level="village", region_code=YUNSHAN), [], "云山县纪委监委信访室", "triage"),
    ("县级码，县直部门", said(level="department", region_code=YUNSHAN, area_code="EDU"), [], "云山县纪委监委驻教育局纪检监察组", "department"),
    ("市级码，村干部", said(level="village", region_code=CITY), [], "江州市纪委监委", "triage"),
    ("没登记的村，按乡镇", said(level="village", region_code="990121100999"), [], "清河镇纪委", "village"),
    ("没登记的乡镇，信访室", said(level="village", region_code="990121999201"), [], "云山县纪委监委信访室", "triage"),
    ("完全不认识的地方，到市", said(level="village", region_code="1"), [], "江州市纪委监委", "triage"),
    ("不认识的对象层级，人工分流", said(level="martian"), [], "云山县纪委监委信访室", "triage"),
    # voice and photos
    ("只有语音，说不清", said(level="unknown", has_words=False), [], "云山县纪委监委信访室", "wordless"),
    ("只有语音，村干部", said(level="village", has_words=False), [], "清河镇纪委", "village"),
    ("只有照片，不针对个人", said(level="none", has_words=False), [], "清河镇纪委", "village"),
    # purposes
    ("码上督", said(purpose="conduct"), [], "云山县纪委监委干部监督室", "conduct"),
    ("码上督，村干部", said(purpose="conduct", level="village"), [], "云山县纪委监委干部监督室", "conduct"),
    ("码上督，县领导，不降级", said(purpose="conduct", level="county"), [], "江州市纪委监委", "county"),
    ("码上提，不针对个人", said(purpose="suggest", level="none"), [], "清河镇纪委", "village"),
    # discipline staff as subject
    ("乡镇纪委负责人，姓名和单位", said(level="village", subject=who("赵清河", "", "清河镇纪委")), [], "云山县纪委监委干部监督室", "discipline"),
    ("乡镇纪委负责人，姓名和职务", said(level="township", subject=who("赵清河", "纪委书记")), [], "云山县纪委监委干部监督室", "discipline"),
    ("乡镇纪委承办人", said(level="unknown", subject=who("钱小川", "", "清河镇纪委")), [], "云山县纪委监委干部监督室", "discipline"),
    ("同名但单位不是纪委，仍按村干部，只是回避", said(level="village", subject=who("钱小川", "会计", "东村")), [], "云山县纪委监委第一纪检监察室", "village"),
    ("只有同名，不改层级，无人可办才移走", said(level="village", subject=who("赵清河")), [], "云山县纪委监委第一纪检监察室", "village"),
    ("县外的同名不影响", said(level="village", subject=who("张平川")), [], "清河镇纪委", "village"),
    ("室主任", said(level="discipline", subject=who("郑国栋")), [], "云山县纪委监委干部监督室", "discipline"),
    ("派驻组组长", said(level="discipline", subject=who("陈育才", "组长")), [], "云山县纪委监委干部监督室", "discipline"),
    ("信访室承办人", said(level="discipline", subject=who("韩去访")), [], "云山县纪委监委干部监督室", "discipline"),
    ("信访室主任", said(level="discipline", subject=who("沈来信")), [], "江州市纪委监委", "above_county"),
    ("案管室主任，选了村干部", said(level="village", subject=who("杨案卷", "主任", "云山县纪委监委案管室")), [], "江州市纪委监委", "above_county"),
    ("干部监督室承办人", said(level="discipline", subject=who("何廉明")), [], "江州市纪委监委", "above_county"),
    ("干部监督室主任", said(level="discipline", subject=who("许公正")), [], "江州市纪委监委", "above_county"),
    ("县纪委负责人", said(level="discipline", subject=who("吕云山")), [], "江州市纪委监委", "above_county"),
    ("县纪委负责人，只说职务", said(level="discipline", subject=who("", "县纪委书记")), [], "江州市纪委监委", "above_county"),
    ("县纪委承办人", said(level="discipline", subject=who("施长青")), [], "云山县纪委监委干部监督室", "discipline"),
    ("码上督，点名县纪委负责人", said(purpose="conduct", subject=who("吕云山")), [], "江州市纪委监委", "above_county"),
    ("市纪委负责人", said(level="discipline", subject=who("曹江州")), [], OUTSIDE, "outside"),
    ("市纪委负责人，选了县领导", said(level="county", subject=who("曹江州", "书记", "江州市纪委监委")), [], OUTSIDE, "outside"),
    ("市纪委负责人，只说职务", said(level="unknown", subject=who("", "市纪委书记")), [], OUTSIDE, "outside"),
    ("市纪委承办人：市里没有别的承办人", said(level="discipline", subject=who("严市办")), [], OUTSIDE, "outside"),
    ("反映整个乡镇纪委", said(level="unknown", subject=who("", "", "清河镇纪委")), [], "云山县纪委监委干部监督室", "discipline"),
    ("反映整个干部监督室", said(level="unknown", subject=who("", "", "云山县纪委监委干部监督室")), [], "江州市纪委监委", "above_county"),
    ("全角空格写名字也认得", said(level="discipline", subject=who("吕 云　山")), [], "江州市纪委监委", "above_county"),
    ("村监委会主任不是纪检干部", said(level="village", subject=who("金东升", "村监委会主任", "东村")), [], "清河镇纪委", "village"),
    # names and posts in words
    ("说不清，文字有副镇长姓名", said(level="unknown", text="刘副镇收了钱"), [], "云山县纪委监委第一纪检监察室", "township"),
    ("说不清，文字有别乡副乡长姓名，不算本地", said(level="unknown", text="白乡官来过"), [], "清河镇纪委", "village"),
    ("说不清，文字有职务镇长", said(level="unknown", text="镇长把地批给亲戚"), [], "云山县纪委监委第一纪检监察室", "township"),
    ("说不清，文字有局长", said(level="unknown", text="林业局局长的侄子"), [], "云山县纪委监委第一纪检监察室", "department"),
    ("说不清，文字有县领导姓名", said(level="unknown", text="听说是高县令打的招呼"), [], "江州市纪委监委", "county"),
    ("说不清，文字有镇纪委书记", said(level="unknown", text="镇纪委书记吃请"), [], "云山县纪委监委干部监督室", "discipline"),
    ("说不清，村干部绰号", said(level="unknown", text="王大头占了公家的地"), [], "清河镇纪委", "village"),
    ("社区长期不是区长", said(level="unknown", text="社区长期不公开账目"), [], "清河镇纪委", "village"),
    ("选了村干部，文字提到镇长，不改", said(level="village", text="找过镇长也没用"), [], "清河镇纪委", "village"),
    ("选了村干部，写明副镇长姓名职务，升级", said(level="village", subject=who("刘副镇", "副镇长")), [], "云山县纪委监委第一纪检监察室", "township"),
    ("选了县领导，写的是村书记，不降级", said(level="county", subject=who("王建国", "村党支部书记", "东村")), [], "江州市纪委监委", "county"),
    ("文字提到本镇纪委负责人，无人可办移走", said(level="village", text="赵清河和村书记是酒友"), [], "云山县纪委监委第一纪检监察室", "village"),
    ("文字提到第一室承办人，乡镇干部移到信访室", said(level="township", text="冯远山是他连襟"), [], "云山县纪委监委信访室", "township"),
    # the reporter asks
    ("不要交给本乡镇", said(level="village", avoid=frozenset({"township"})), [], "云山县纪委监委第一纪检监察室", "village"),
    ("不要交给本乡镇，没有协作区", said(level="village", region_code=WILLOW, avoid=frozenset({"township"})), [], "平川县纪委监委信访室", "village"),
    ("不通知联络员不改归属", said(level="village", avoid=frozenset({"liaison"})), [], "清河镇纪委", "village"),
    # appeals
    ("申诉乡镇的决定", said(level="village", appeal_of="QH"), [], "云山县纪委监委信访室", "appeal"),
    ("申诉室的决定", said(level="township", appeal_of="YS-1"), [], "云山县纪委监委信访室", "appeal"),
    ("申诉信访室自己的决定", said(level="village", appeal_of="YS-XF"), [], "江州市纪委监委", "appeal"),
    ("申诉，对象是县领导", said(level="county", appeal_of="YS-XF"), [], "江州市纪委监委", "county"),
    ("申诉市的决定，对象是县领导", said(level="county", appeal_of="CITY"), [], OUTSIDE, "outside"),
    ("申诉市的决定", said(level="village", appeal_of="CITY"), [], "云山县纪委监委信访室", "appeal"),
    # zone triggers
    ("群众反映强烈", said(level="village", zone_trigger="masses"), [], "云山县纪委监委第一纪检监察室", "zone_trigger"),
    ("区县交办，有派驻也片区办", said(level="department", area_code="EDU", zone_trigger="assigned"), [], "云山县纪委监委第一纪检监察室", "zone_trigger"),
    ("县领导不因触发降级", said(level="county", zone_trigger="masses"), [], "江州市纪委监委", "county"),
    # registered recusals
    ("乡镇负责人对本村回避", said(level="village"), [("赵清河", "region", EAST)], "云山县纪委监委第一纪检监察室", "village"),
    ("乡镇负责人对别村回避，不影响", said(level="village"), [("赵清河", "region", SOUTH)], "清河镇纪委", "village"),
    ("乡镇纪委对本镇回避，组码也算", said(level="none", region_code=GROUP), [("清河镇纪委", "region", QINGHE)], "云山县纪委监委第一纪检监察室", "village"),
    ("没登记的村，对本镇登记的回避照样算", said(level="village", region_code="990121100999"), [("清河镇纪委", "region", QINGHE)], "云山县纪委监委第一纪检监察室", "village"),
    ("没登记的组，对本村登记的回避照样算", said(level="village", region_code=EAST + "999"), [("清河镇纪委", "region", EAST)], "云山县纪委监委第一纪检监察室", "village"),
    ("承办人对被反映人回避", said(level="village", subject=who("王建国")), [("钱小川", "person", "王建国")], "云山县纪委监委第一纪检监察室", "village"),
    ("承办人对文字中的人回避", said(level="village", text="都是王建国干的"), [("钱小川", "person", "王建国")], "云山县纪委监委第一纪检监察室", "village"),
    ("没登记为干部的人，姓名字段引起回避", said(level="village", subject=who("丁无名")), [("钱小川", "person", "丁无名")], "云山县纪委监委第一纪检监察室", "village"),
    ("没登记为干部的人，文字引起回避", said(level="village", text="听丁 无名讲的"), [("钱小川", "person", "丁无名")], "云山县纪委监委第一纪检监察室", "village"),
    ("绰号也引起回避", said(level="village", text="都是王大头干的"), [("钱小川", "person", "王建国")], "云山县纪委监委第一纪检监察室", "village"),
    ("没提到的人不引起回避", said(level="village", text="别人干的"), [("钱小川", "person", "王建国")], "清河镇纪委", "village"),
    ("乡镇和室都回避，信访室", said(level="village"), [("清河镇纪委", "region", EAST), ("冯远山", "region", YUNSHAN)], "云山县纪委监委信访室", "village"),
    ("乡镇、室、信访室都回避，市", said(level="village"), [("清河镇纪委", "region", EAST), ("郑国栋", "region", EAST), ("沈来信", "region", CITY)], "江州市纪委监委", "village"),
    ("全都回避", said(level="village"), [("清河镇纪委", "region", EAST), ("郑国栋", "region", EAST), ("沈来信", "region", EAST), ("江州市纪委监委", "region", EAST)], OUTSIDE, "outside"),
    ("派驻组回避，县直部门到室", said(level="department", area_code="EDU"), [("褚文静", "region", EAST)], "云山县纪委监委第一纪检监察室", "department"),
    ("专门机构回避，村干部到乡镇", said(level="village", area_code="MED"), [("卫明辉", "region", EAST)], "清河镇纪委", "specialist"),
    ("干部监督室回避，到市", said(level="discipline"), [("许公正", "region", EAST)], "江州市纪委监委", "discipline"),
    ("监督室承办人与清河镇纪委有利害关系", said(level="discipline", subject=who("赵清河")), [("何廉明", "body", "QH")], "江州市纪委监委", "discipline"),
    ("没点名的纪检干部，按本乡镇纪委算", said(level="discipline"), [("何廉明", "body", "QH")], "江州市纪委监委", "discipline"),
    ("文字写出机构全名也算", said(level="township", text="清河镇纪委有人通风报信"), [("冯远山", "body", "QH")], "云山县纪委监委信访室", "township"),
    ("信访室承办人与原办机构有利害关系", said(level="village", appeal_of="QH"), [("韩去访", "body", "QH")], "江州市纪委监委", "appeal"),
    ("无语音说不清，信访室回避", said(has_words=False), [("沈来信", "region", EAST)], "江州市纪委监委", "wordless"),
    ("打开后申报回避", said(level="village", ruled_out_people={"staff:2": "本人申报"}), [], "云山县纪委监委第一纪检监察室", "village"),
    ("机构被排除", said(level="village", ruled_out_bodies={"QH": "退回"}), [], "云山县纪委监委第一纪检监察室", "village"),
    ("误认已排除，文字中的名字不再影响", said(level="village", text="赵清河来过", cleared={"staff:1": "材料文字中出现其姓名"}), [], "清河镇纪委", "village"),
]
# fmt: on


@pytest.mark.parametrize(
    ("facts", "recusals", "owner", "rule"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_truth_table(organisation, facts, recusals, owner, rule):
    table = organisation.table(organisation.recusals(*recusals))
    decision = decide(Facts(**{"region_code": EAST, "area_code": "CIV", **facts}), table)
    name = decision.body and table.bodies[decision.body].name
    assert (name, decision.rule) == (owner, rule), decision.reasons
    assert decision.reasons
    assert decision.table_version == 7
    assert decision.failed_rule is None


def test_the_table_is_large_enough():
    assert len(CASES) >= 60
