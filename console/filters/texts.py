"""Chinese words about saved filters."""

NAME_MISSING = "请给这个筛选起个名字。"
NAME_LONG = "名字最多 {limit} 个字。"
NAME_TAKEN = "您已经有一个叫“{name}”的筛选，请换个名字，或者先删掉那个。"
NOTHING_ASKED = "现在没有筛选条件，先查找或者筛选，再存。"
TOO_MANY = "最多存 {most} 个，请先删掉不用的。"
DONE = {"saved": "已经存下，以后点它的名字就能打开。", "renamed": "名字改好了。", "removed": "已经删掉。"}
