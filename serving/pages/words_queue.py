"""The words of the queue's pages."""

from __future__ import annotations

from vocabulary.text import Text

QUEUE_WORDS: dict[str, Text] = {
    "queue_note": Text(
        "分流为建议，按期限内每工时可期待金额排序（仅供参考），可说明理由后调整。",
        "Tracks are proposals, ranked by money an hour within the deadline (for reference only); "
        "any place can be overridden with a reason.",
    ),
    "tracks": Text("分流", "Tracks"),
    "all_tracks": Text("全部", "All"),
    "track_and_why": Text("建议分流与理由", "Track and why"),
    "only": Text("只看", "Only"),
    "only_all": Text("不限", "everything"),
    "only_pressing": Text("期限临近或已过", "deadline near or past"),
    "only_priority": Text("涉民生（工资、赡抚扶养费、人身损害等）", "claims of livelihood"),
    "only_learning": Text("本周随机抽取", "drawn by this week's lot"),
    "since": Text("此日以来有新情况", "Something came in since"),
    "sort": Text("排序", "Order"),
    "sort_rank": Text("按次序", "by rank"),
    "sort_money": Text("按可期待金额", "by promised money"),
    "sort_deadline": Text("按期限", "by deadline"),
    "sort_news": Text("按最新情况", "newest first"),
    "apply": Text("应用", "Apply"),
    "download": Text("导出", "Download"),
    "promised_money": Text("可期待金额", "Promised money"),
    "timely_short": Text("期限内{money}", "{money} in time"),
    "cautious_short": Text("审慎{points}", "cautious {points}"),
    "next_step": Text("下一步", "Next step"),
    "hours_short": Text("共{hours}工时", "{hours} h in all"),
    "work_ahead": Text("后续工作", "Work ahead"),
    "deadline": Text("期限", "Deadline"),
    "learning": Text("抽取", "lot"),
    "learning_help": Text(
        "本周随机抽取，无论次序均应办理，用于检验模型",
        "Drawn by this week's lot: worked whatever its rank, to test the model",
    ),
    "override": Text("调整", "Override"),
    "override_title": Text("调整队列中的位置", "Override a place of the queue"),
    "override_note": Text(
        "调整须说明理由，记录保留、不可删改，并在队列中显示。两项均选“按建议”“按次序”即撤回此前的调整。",
        "An override needs a reason; it is kept, never changed, and shown in the queue. "
        "Choosing as proposed and by rank takes earlier ones back.",
    ),
    "override_reason": Text("理由", "Reason"),
    "keep_override": Text("保存调整", "Keep the override"),
    "back_to_queue": Text("返回队列", "Back to the queue"),
    "overrides_so_far": Text("历次调整", "Overrides so far"),
    "no_overrides": Text("尚无调整。", "None so far."),
    "proposal": Text("系统建议", "The proposal"),
    "proposed": Text("建议", "Proposed"),
    "track_chosen": Text("改入", "Track"),
    "place_chosen": Text("位置", "Place"),
    "as_proposed": Text("按建议", "as proposed"),
    "by_rank": Text("按次序", "by rank"),
    "placed_first": Text("置前", "first"),
    "placed_last": Text("置后", "last"),
    "overridden": Text("人工调整（{by}）：{reason}", "Overridden by {by}: {reason}"),
    "was_proposed": Text("（建议：{track}）", "(proposed: {track})"),
    "made_at": Text("时间", "When"),
    "made_by": Text("调整人", "By"),
}
