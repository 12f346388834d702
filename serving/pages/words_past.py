"""Words of the pages on replay, change, readiness, clues and what to ask, in both languages."""

from __future__ import annotations

from vocabulary.text import Text

PAST: dict[str, Text] = {
    "replay": Text("重放", "Replay"),
    "replay_open": Text("重放：重新计算并核对", "Replay: compute again and compare"),
    "replay_note": Text(
        "按法院截至{as_of}已知的记录和画像所用的模型重新计算。之后才得知的记录不影响结果。",
        "Computed again from what the court knew on {as_of} and the model named. Records learned later change nothing.",
    ),
    "replay_gone": Text(
        "该画像所依据的记录快照{snapshot}已不在本机，仅用现有记录截至该日重新计算。",
        "Snapshot {snapshot}, which the portrait names, is no longer here: today's records as of the date were used.",
    ),
    "replay_named": Text("用画像所依据的快照", "From the snapshot that the portrait names"),
    "replay_current": Text("用现有快照截至该日", "From the snapshot in use, as of the date"),
    "replay_letter": Text("逐字相同。", "The same to the last letter."),
    "replay_count": Text("{count}个字段不一致", "Fields that differ: {count}"),
    "replay_fields": Text("不一致的字段", "Fields that differ"),
    "replay_field": Text("字段", "Field"),
    "replay_kept": Text("保存的答复", "Kept"),
    "replay_again": Text("重新计算", "Computed again"),
    "replay_stands_on": Text(
        "所依据的编号和摘要不同（不属于对被执行人的陈述）：",
        "Names and digests that differ (they say nothing of the debtor):",
    ),
    "replay_since": Text("保存之后新增的内容：{names}", "Told only since the answer was kept: {names}"),
    "replay_kept_at": Text("保存时间", "Kept at"),
}
