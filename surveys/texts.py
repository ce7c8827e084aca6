"""What surveys say: kinds of questions, and what is wrong with an answer."""

from typing import Final

# as a county writes them, one question a line: 单选 题目 | 选项 | 选项
KINDS: Final = {"单选": "single", "多选": "several", "打分": "scale", "文字": "text"}
KIND_MISSING: Final = "应以“单选”“多选”“打分”“文字”之一开头，必答的题在最前面加 *。"
LABEL_MISSING: Final = "没有写题目。"
TOO_FEW: Final = "单选和多选至少要有两个选项，用 | 隔开。"
NEEDED: Final = "这一题必须回答。"
CHOOSE_ONE: Final = "这一题只能从给出的选项里选一个。"
CHOOSE_SOME: Final = "这一题只能从给出的选项里选。"
SCORE: Final = "这一题请打 1 到 5 分。"
WORDS: Final = "这一题最多写 500 个字。"
