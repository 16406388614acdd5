# מה השתנה: משפט לכל אירוע שמודיעים עליו.

change-agreement-signed =
    .subject = נחתם: „{ $agreement }” עם { $partner }
    .text = כל הצדדים חתמו על „{ $agreement }” עם { $partner }.
change-agreement-notice-given =
    .subject = הודעת סיום: „{ $agreement }” עם { $partner }
    .text = ניתנה הודעת סיום ל„{ $agreement }” עם { $partner }; ההסכם מסתיים ביום { $ends }.
change-partnership-enquired =
    .subject = בקשת שותפות מאת { $partner }
    .text = התקבלה בקשת שותפות מאת { $partner }.
change-partnership-agreed =
    .subject = סוכם על שותפות עם { $partner }
    .text = סוכם על השותפות עם { $partner }.
change-partnership-declined =
    .subject = בקשת { $partner } נדחתה
    .text = בקשת השותפות מאת { $partner } נדחתה.
change-partnership-review-opened =
    .subject = השותפות עם { $partner } בבחינה
    .text = נפתחה בחינה של השותפות עם { $partner }.
change-partnership-reawakening =
    .subject = תוכנית להחייאת השותפות עם { $partner }
    .text = אומצה תוכנית להחייאת השותפות עם { $partner }.
change-partnership-reawakened =
    .subject = השותפות עם { $partner } שבה לחיים
    .text = השותפות עם { $partner } שבה לחיים.
change-partnership-suspended =
    .subject = השותפות עם { $partner } הושעתה
    .text = השותפות עם { $partner } הושעתה.
change-partnership-resumed =
    .subject = השותפות עם { $partner } חודשה
    .text = השעיית השותפות עם { $partner } בוטלה.
change-partnership-concluded =
    .subject = השותפות עם { $partner } הסתיימה
    .text = השותפות עם { $partner } הסתיימה.
change-partnership-reaffirmed =
    .subject = השותפות עם { $partner } אושררה
    .text = שני הצדדים אישררו את השותפות עם { $partner }.
change-engagement-recorded =
    .subject = חדש עם { $partner }: „{ $engagement }”
    .text = נרשמה פעילות עם { $partner }: „{ $engagement }”.
change-engagement-changed =
    .subject = שינוי עם { $partner }: „{ $engagement }”
    .text = השתנתה פעילות עם { $partner }: „{ $engagement }”.
change-engagement-deleted =
    .subject = ביטול עם { $partner }: „{ $engagement }”
    .text = בוטלה פעילות עם { $partner }: „{ $engagement }”.
change-action-point-promised =
    .subject = הובטח עם { $partner }: „{ $promise }”
    .text = הובטח עם { $partner }: „{ $promise }”.
change-action-point-step-taken =
    .subject = התקדמות עם { $partner }: „{ $promise }”
    .text = „{ $promise }” עם { $partner }: { $state ->
        [open] פתוח.
        [both_owners_accepted] התקבל על ידי האחראים משני הצדדים.
        [in_progress] בביצוע.
        [stalled] מושהה לעת עתה.
        [done] בוצע.
       *[dropped] נזנח.
    }
change-outcome-verified =
    .subject = אומת עם { $partner }: „{ $outcome }”
    .text = התוצאה „{ $outcome }” עם { $partner } אומתה.
change-outcome-disputed =
    .subject = ערעור עם { $partner }: „{ $outcome }”
    .text = הוגש ערעור על התוצאה „{ $outcome }” עם { $partner }.
change-role-created =
    .subject = { $committee }: הצטרפות של { $person }
    .text = תפקיד חדש ל{ $person }: „{ $office }” ({ $committee }).
change-role-ended =
    .subject = { $committee }: פרישה של { $person }
    .text = סיום תפקיד של { $person }: „{ $office }” ({ $committee }).
change-share-made =
    .subject = שיתוף מאת { $partner }: „{ $record }”
    .text = מאת { $partner }, פתוח מעתה לתוכנית שלכם: „{ $record }”.
change-share-renewed =
    .subject = עדכון מאת { $partner }: „{ $record }”
    .text = מאת { $partner }, המצב המעודכן פתוח מעתה לתוכנית שלכם: „{ $record }”.
