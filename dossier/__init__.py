"""卷宗: the sealed rows of a report, for those who write it; decides nothing by itself but asks routing again."""
