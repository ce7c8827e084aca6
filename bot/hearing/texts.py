"""Words the ear listens for: what ends the name of a place, what says that no name is to be given."""

VILLAGE_ENDS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "居委", "村委", "村", "居")
TOWN_ENDS = ("街道办事处", "街道办", "街道", "民族乡", "镇", "乡")
COUNTY_ENDS = ("自治县", "区", "县", "市", "旗")
# the sounds under which the same ends are typed in Latin letters
VILLAGE_SOUNDS = (("cun",), ("she", "qu"))
# what may stand around a place that is given as an answer, and says nothing else
FILLERS = frozenset("我你是在们的这那边里个家住就俺咱人儿位于属于来自说事情呢啊呀吧哦嗯对，。！？,.!?、 ")

ANONYMOUS_PLAINLY = (
    "我要匿名", "要匿名", "想匿名", "请匿名", "匿名反映", "匿名举报", "匿名提交", "匿名投诉", "匿名吧", "保持匿名",
    "不要说是我", "别说是我", "莫说是我", "不留名", "不留姓名", "不要留名", "不想留名", "不写名字", "不要写我",
    "不要透露我", "别透露我", "不要公开我", "给我保密", "替我保密", "为我保密", "别写我",
    "不能让人知道是我", "不要让人知道是我",
)  # fmt: skip
NOT_ANONYMOUS = ("不匿名", "不要匿名", "不用匿名", "不想匿名", "不必匿名", "没必要匿名", "实名")
ANONYMOUS = "匿名"
