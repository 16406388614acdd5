# 本文の前後に置く言葉。

greeting = { $name } 様
greeting-anyone = ご担当者様

due-left = 期限は{ $day }です。あと{ $days }日です。
due-today = 期限は本日、{ $day }です。
due-late = 期限は{ $day }でした。{ $days }日過ぎています。
escalated = { $owner }さんにお願いしていますが、{ $days }日間ご回答がありません。
escalated-nobody = 担当者が決まっておらず、{ $days }日間そのままになっています。
escalated-subject = 未回答：{ $subject }
handed = { $name }さんからこの件が引き継がれました。
handed-by-somebody = この件が引き継がれました。
change-on = 日付：{ $date }。
change-by = 登録者：{ $name }
place = 場所：{ $place }

digest-daily =
    .subject = { $day }のお知らせ：{ $count }件
    .text = { $day }のお知らせは{ $count }件です。
digest-weekly =
    .subject = { $day }からの一週間のお知らせ：{ $count }件
    .text = { $day }からの一週間のお知らせは{ $count }件です。
digest-due = 期限のあるもの
digest-changes = 変更
digest-general = 全般
digest-more = ほかに{ $count }件あります。

endpoint-failing =
    .subject = Webhook「{ $endpoint }」が応答していません
    .text = Webhook「{ $endpoint }」には{ $since }から何も届いていません。
    .todo = { $disabled_at }に無効になりますので、それまでに復旧をお願いします。届かなかったものは再送できます。
endpoint-disabled =
    .subject = Webhook「{ $endpoint }」を無効にしました
    .text = Webhook「{ $endpoint }」には{ $since }から何も届いていないため、無効にしました。
    .todo = 復旧のうえ有効に戻し、届かなかったものの再送をご指示ください。
address-refused =
    .subject = { $person }さんへのメールが届きません
    .text = 登録されている{ $person }さんのアドレスが受信を拒否しています。このアドレスへの送信は停止しました。
    .todo = 正しいアドレスを確認して記録を修正するか、元のアドレスが使える場合は再送してください。
test-sent =
    .subject = テストメッセージ
    .text = これは{ $sent_at }に送信されたテストです。お読みいただけていれば、メッセージは届いています。
invitation-asked =
    .subject = ご招待：{ $title }
    .text = 「{ $title }」にご招待いたします。日時：{ $begins }。
invitation-changed =
    .subject = 変更：{ $title }
    .text = 「{ $title }」に変更があります。新しい日時：{ $begins }。
invitation-cancelled =
    .subject = 中止：{ $title }
    .text = 「{ $title }」は中止になりました。予定されていた日時：{ $begins }。

reason-owner = ご担当の件のため、お送りしています。
reason-escalation = 回答がなく、次にお願いする方であるため、お送りしています。
reason-desk = { $programme }の事務局をご担当のため、お送りしています。
reason-follows-partnership = { $partner }との提携をフォローされているため、お送りしています。
reason-follows-committee = { $committee }に所属またはフォローされているため、お送りしています。
reason-digest = { $programme }のまとめをご希望のため、お送りしています。
reason-subscribed = { $programme }のこのようなお知らせをご希望のため、お送りしています。
reason-endpoint-owner = Webhook「{ $endpoint }」の所有者であるため、お送りしています。
reason-asked = このアドレスへのテスト送信の依頼があったため、お送りしています。
reason-invited = { $organiser }からのご招待のため、お送りしています。

link-open = 開く
link-unsubscribe = この種のメッセージの配信停止
refusal-done = この種類のメッセージは今後お送りしません。ご担当の件で期日を迎えたものは、引き続きお知らせします。
refusal-digests = まとめのお知らせは今後お送りしません。ご担当の件は引き続き個別にお知らせし、その他は受信箱でご覧いただけます。
refusal-unknown = このリンクは無効か、有効期限が切れています。
sign-off = { $programme }

month = { $month }月
month-alone = { $month }月
weekday = { $weekday ->
    [1] 月
    [2] 火
    [3] 水
    [4] 木
    [5] 金
    [6] 土
   *[7] 日
}
date = { $year }年{ $month }{ $day }日
date-with-weekday = { $date }（{ $weekday }）
month-of-year = { $year }年{ $month }
year-alone = { $year }年
time = { $day } { $clock }（{ $zone }）
time-beside = { $time }、そちらの時刻では{ $own }
