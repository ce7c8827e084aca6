"""Chinese words that are compared, not shown."""

# besides the fixed words: they mean what they mean, whatever people here say
RESERVED = ("匿名", "实名", "匿名提交", "实名提交", "绑定")
NUMERALS = "0123456789一二两三四五六七八九十百千"
# what people leave out of a village's name
VILLAGE_ENDS = ("村", "社区")
