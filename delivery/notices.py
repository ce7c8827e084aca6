"""The Chinese sentences of delivery: what the villager reads in the chat, and why something did not arrive."""

EMPTY = "无"

REPLY = "编号 {number} 的回复：\n"
PROGRESS = "编号 {number}：{status}。"
MOVED = "已转至有管辖权的机构"
# where a template has room for five characters only
SHORT = {MOVED: "已转办"}
PROGRESS_SAID = "编号 {number}：{words}"

REASONS = {
    "": "",
    "window-closed": "对方超过 48 小时没有发言，微信不允许再发消息",
    "not-following": "对方已取消关注公众号",
    "unlinked": "对方已解除微信与反映的关联",
    "no-chat": "这件反映不是在公众号里提交的，对方可凭回执码查询",
    "no-consent": "对方没有在小程序里同意接收这类消息，可在小程序里查看",
    "not-bound": "对方没有绑定微信",
    "not-configured": "没有配置这种消息的微信模板，请联系系统管理员",
    "no-longer-responsible": "对方已不负责这件反映，没有发送",
    "not-cleared": "等待回避核对，核对后自动发送",
    "refused": "对方拒收这类消息",
    "wechat-unreachable": "暂时连不上微信，会自动再试",
    "wechat-busy": "微信繁忙，会自动再试",
    "timeout": "发送超时，会自动再试",
    "withdrawn": "发出前已撤回",
    "quarantined": "这件反映暂时隔离，恢复后发送",
    "channel-rests": "微信暂时发不出去，先停一会儿，会自动再试",
    "wechat-45009": "微信当天的发送次数用完了，次日会自动再试",
    "quota-kept": "微信当天的发送次数先留给对群众的答复，稍后会自动再试",
    "internal": "系统内部出错，会自动再试，请联系系统管理员",
}
WECHAT_REASON = "微信返回错误 {errcode}，请联系系统管理员"
GAVE_UP = "连续三天没有送达，已停止再试"


def reason_text(reason: str, *, is_failed: bool = False) -> str:
    """The words for a row's `reason`; on a failed row a passing reason means that the tries were given up."""
    words = REASONS.get(reason) or WECHAT_REASON.format(errcode=reason.removeprefix("wechat-"))
    if not reason:
        return ""
    if not is_failed:
        return words
    return f"{GAVE_UP}：{words.removesuffix('，会自动再试')}" if reason in PASSING else words


PASSING = frozenset(
    {
        "channel-rests",
        "quota-kept",
        "wechat-45009",
        "not-cleared",
        "wechat-unreachable",
        "wechat-busy",
        "timeout",
        "internal",
    }
)
