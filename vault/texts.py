"""What is said of harm done to the log."""

HARMS = {
    "deleted": "第 {place} 条留痕缺失：被删除了",
    "changed": "第 {place} 条留痕（编号 {event}）的内容被改动过",
    "inserted": "第 {place} 条留痕（编号 {event}）是后来插进去的",
    "moved": "第 {place} 条留痕（编号 {event}）的前后顺序被调换过",
    "cut-off": "从第 {place} 条起的留痕被截掉了，{day} 的锚点之前的不全",
    "anchor": "{day} 的锚点对不上（第 {place} 条）",
    "backdated": "第 {place} 条留痕（编号 {event}）的时间早于它前面的锚点，是补进去的",
    "printed": "{day} 的锚点与纸上留存的不一样",
}
