# 変わったこと：お知らせする出来事ごとに一文。

change-agreement-signed =
    .subject = 署名完了：{ $partner }との「{ $agreement }」
    .text = { $partner }との「{ $agreement }」に、すべての当事者が署名しました。
change-agreement-notice-given =
    .subject = 終了の通知：{ $partner }との「{ $agreement }」
    .text = { $partner }との「{ $agreement }」について終了の通知があり、{ $ends }に終了します。
change-partnership-enquired =
    .subject = { $partner }から提携の申し入れがありました
    .text = { $partner }から提携の申し入れがありました。
change-partnership-agreed =
    .subject = { $partner }との提携が決まりました
    .text = { $partner }との提携が合意されました。
change-partnership-declined =
    .subject = { $partner }の申し入れをお断りしました
    .text = { $partner }からの提携の申し入れは辞退されました。
change-partnership-review-opened =
    .subject = { $partner }との提携の見直しが始まりました
    .text = { $partner }との提携の見直しが始まりました。
change-partnership-reawakening =
    .subject = { $partner }との提携の再活性化が始まります
    .text = { $partner }との提携を再活性化する計画が採択されました。
change-partnership-reawakened =
    .subject = { $partner }との提携が再活性化しました
    .text = { $partner }との提携が再び活発になりました。
change-partnership-suspended =
    .subject = { $partner }との提携が停止されました
    .text = { $partner }との提携が停止されました。
change-partnership-resumed =
    .subject = { $partner }との提携が再開されました
    .text = { $partner }との提携の停止が解除されました。
change-partnership-concluded =
    .subject = { $partner }との提携が終了しました
    .text = { $partner }との提携が終了しました。
change-partnership-reaffirmed =
    .subject = { $partner }との提携が再確認されました
    .text = 双方が{ $partner }との提携を再確認しました。
change-engagement-recorded =
    .subject = { $partner }との新しい交流：「{ $engagement }」
    .text = { $partner }との「{ $engagement }」が登録されました。
change-engagement-changed =
    .subject = { $partner }との交流の変更：「{ $engagement }」
    .text = { $partner }との「{ $engagement }」が変更されました。
change-engagement-deleted =
    .subject = { $partner }との交流の中止：「{ $engagement }」
    .text = { $partner }との「{ $engagement }」は中止されました。
change-action-point-promised =
    .subject = { $partner }との約束：「{ $promise }」
    .text = { $partner }と「{ $promise }」を約束しました。
change-action-point-step-taken =
    .subject = { $partner }との約束の進展：「{ $promise }」
    .text = { $partner }との「{ $promise }」は{ $state ->
        [open] 未着手です。
        [both_owners_accepted] 双方の担当者が引き受けました。
        [in_progress] 進行中です。
        [stalled] 一時中断しています。
        [done] 完了しました。
       *[dropped] 取りやめになりました。
    }
change-outcome-verified =
    .subject = { $partner }との成果の確認：「{ $outcome }」
    .text = { $partner }との成果「{ $outcome }」が確認されました。
change-outcome-disputed =
    .subject = { $partner }との成果への異議：「{ $outcome }」
    .text = { $partner }との成果「{ $outcome }」に異議が出されました。
change-role-created =
    .subject = { $committee }：{ $person }さんが就任しました
    .text = { $person }さんが{ $committee }の「{ $office }」に就任しました。
change-role-ended =
    .subject = { $committee }：{ $person }さんが退任しました
    .text = { $person }さんが{ $committee }の「{ $office }」を退任しました。
change-share-made =
    .subject = { $partner }が「{ $record }」を共有しました
    .text = { $partner }が貴プログラムに「{ $record }」を公開しました。
change-share-renewed =
    .subject = { $partner }が「{ $record }」を更新しました
    .text = { $partner }が貴プログラムに公開している「{ $record }」を最新の内容に更新しました。
