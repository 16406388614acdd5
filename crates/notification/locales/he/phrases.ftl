# מה שמקיף את ההודעה.

greeting = שלום { $name },
greeting-anyone = שלום רב,

due-left = המועד: { $day }. { $days ->
    [one] נותר יום אחד.
    [two] נותרו יומיים.
    [many] נותרו { $days } יום.
   *[other] נותרו { $days } ימים.
}
due-today = המועד היום, { $day }.
due-late = המועד היה: { $day }. { $days ->
    [one] האיחור: יום אחד.
    [two] האיחור: יומיים.
    [many] האיחור: { $days } יום.
   *[other] האיחור: { $days } ימים.
}
escalated = הדבר התבקש מאת { $owner }, ואין תשובה זה { $days ->
    [one] יום אחד.
    [two] יומיים.
    [many] { $days } יום.
   *[other] { $days } ימים.
}
escalated-nobody = אין אחראי לכך, והדבר ממתין זה { $days ->
    [one] יום אחד.
    [two] יומיים.
    [many] { $days } יום.
   *[other] { $days } ימים.
}
escalated-subject = ללא תשובה: { $subject }
handed = המשימה הועברה אליכם מאת { $name }.
handed-by-somebody = המשימה הועברה אליכם.
change-on = תאריך: { $date }.
change-by = נרשם על ידי { $name }.
place = מקום: { $place }

digest-daily =
    .subject = היום שלכם, { $day }: { $count ->
        [one] עניין אחד
        [two] שני עניינים
        [many] { $count } עניינים
       *[other] { $count } עניינים
    }
    .text = ליום { $day }: { $count ->
        [one] עניין אחד עבורכם.
        [two] שני עניינים עבורכם.
        [many] { $count } עניינים עבורכם.
       *[other] { $count } עניינים עבורכם.
    }
digest-weekly =
    .subject = השבוע שלכם מיום { $day }: { $count ->
        [one] עניין אחד
        [two] שני עניינים
        [many] { $count } עניינים
       *[other] { $count } עניינים
    }
    .text = לשבוע מיום { $day }: { $count ->
        [one] עניין אחד עבורכם.
        [two] שני עניינים עבורכם.
        [many] { $count } עניינים עבורכם.
       *[other] { $count } עניינים עבורכם.
    }
digest-due = לטיפול
digest-changes = שינויים
digest-general = כללי
digest-more = { $count ->
    [one] ועוד אחד.
    [two] ועוד שניים.
    [many] ועוד { $count }.
   *[other] ועוד { $count }.
}

endpoint-failing =
    .subject = נקודת הקצה „{ $endpoint }” אינה משיבה
    .text = דבר לא הגיע לנקודת הקצה (webhook) „{ $endpoint }” מאז: { $since }.
    .todo = נא לתקן אותה לפני שתושבת: { $disabled_at }. את מה שהחמיצה אפשר לשלוח שוב.
endpoint-disabled =
    .subject = נקודת הקצה „{ $endpoint }” הושבתה
    .text = נקודת הקצה (webhook) „{ $endpoint }” הושבתה. דבר לא הגיע אליה מאז: { $since }.
    .todo = נא לתקן אותה, להפעילה שוב ולבקש לשלוח שוב את מה שהחמיצה.
address-refused =
    .subject = דואר אינו מגיע אל { $person }
    .text = שרת הדואר דוחה כתובת רשומה של { $person }; דבר אינו נשלח אליה עוד.
    .todo = נא לברר את הכתובת הנכונה ולתקן את הרשומה, או לשלוח שוב אם הכתובת הישנה פועלת.
test-sent =
    .subject = הודעת ניסיון
    .text = זהו ניסיון, שנשלח: { $sent_at }. אם אפשר לקרוא זאת, ההודעות מגיעות אליכם.
invitation-asked =
    .subject = הזמנה: { $title }
    .text = אתם מוזמנים אל „{ $title }”: { $begins }.
invitation-changed =
    .subject = שינוי: { $title }
    .text = חל שינוי: „{ $title }”. מועד ההתחלה החדש: { $begins }.
invitation-cancelled =
    .subject = ביטול: { $title }
    .text = בוטל: „{ $title }”. מועד ההתחלה שתוכנן: { $begins }.

reason-owner = הודעה זו נשלחה אליכם כי הטיפול בידיכם.
reason-escalation = הודעה זו נשלחה אליכם כי איש לא השיב ואתם הבאים בתור.
reason-desk = הודעה זו נשלחה אליכם כי אתם מנהלים את המשרד של { $programme }.
reason-follows-partnership = הודעה זו נשלחה אליכם כי אתם עוקבים אחר השותפות עם { $partner }.
reason-follows-committee = הודעה זו נשלחה אליכם כי אתם חברים או עוקבים: { $committee }.
reason-digest = הודעה זו נשלחה אליכם כי ביקשתם סיכומים מאת { $programme }.
reason-subscribed = הודעה זו נשלחה אליכם כי ביקשתם הודעות כאלה מאת { $programme }.
reason-endpoint-owner = הודעה זו נשלחה אליכם כי נקודת הקצה „{ $endpoint }” שלכם.
reason-asked = הודעה זו נשלחה אליכם כי התבקשה הודעת ניסיון לכתובת זו.
reason-invited = הודעה זו נשלחה אליכם כי הוזמנתם על ידי { $organiser }.

link-open = פתיחה
link-unsubscribe = הפסקת הודעות מסוג זה
refusal-done = לא תקבלו עוד הודעות מסוג זה. מה שבטיפולכם והגיע מועדו ימשיך להגיע אליכם.
refusal-digests = לא תקבלו עוד תקצירים. מה שבטיפולכם ימשיך להגיע אליכם בהודעות נפרדות, והשאר נמצא בתיבת ההודעות שלכם.
refusal-unknown = קישור זה אינו תקף, או שאינו תקף עוד.
sign-off = { $programme }

month = { $month ->
    [1] בינואר
    [2] בפברואר
    [3] במרץ
    [4] באפריל
    [5] במאי
    [6] ביוני
    [7] ביולי
    [8] באוגוסט
    [9] בספטמבר
    [10] באוקטובר
    [11] בנובמבר
   *[12] בדצמבר
}
month-alone = { $month ->
    [1] ינואר
    [2] פברואר
    [3] מרץ
    [4] אפריל
    [5] מאי
    [6] יוני
    [7] יולי
    [8] אוגוסט
    [9] ספטמבר
    [10] אוקטובר
    [11] נובמבר
   *[12] דצמבר
}
weekday = { $weekday ->
    [1] יום שני
    [2] יום שלישי
    [3] יום רביעי
    [4] יום חמישי
    [5] יום שישי
    [6] שבת
   *[7] יום ראשון
}
date = { $day } { $month } { $year }
date-with-weekday = { $weekday }, { $date }
month-of-year = { $month } { $year }
year-alone = { $year }
time = { $day }, בשעה { $clock } ({ $zone })
time-beside = { $time }; לפי השעון שלכם: { $own }
