"""核对词: words that everybody knows, can read aloud and does not mix up."""

from typing import Final

WORDS: Final = tuple(
    """青山 绿水 白鹤 红梅 金桥 石桥 春雨 秋月 松柏 翠竹 荷花 桂花 菊花 桃花 杏花 梨花
    稻谷 小麦 玉米 高粱 花生 芝麻 棉花 大豆 茶叶 蜂蜜 黄牛 白马 山羊 水鸭 喜鹊 燕子
    布谷 鲤鱼 青蛙 蜻蜓 蝴蝶 蜜蜂 太阳 月亮 星星 彩虹 清泉 溪流 长河 大海 高山 平原
    田野 果园 菜地 池塘 竹篮 木船 风车 水井 灯笼 锣鼓 剪纸 年画 红枣 核桃 石榴 柿子""".split()
)
