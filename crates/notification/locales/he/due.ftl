# מה שיש לעשות: משפט לכל כלל, ומה מתבקש.

due-agreement-ending =
    .subject = ההסכם עם { $partner } עומד להסתיים: נדרשת החלטה
    .text = „{ $agreement }” עם { $partner } מסתיים ביום { $ends }.
    .todo = נא להחליט עם הצד השני אם לחדש, לתקן או לסיים.
due-agreement-pending =
    .subject = ההסכם עם { $partner }: חסרים אישורים או חתימות
    .text = „{ $agreement }” הוצג לשני הצדדים, ועדיין לא כולם אישרו וחתמו, כאן ואצל { $partner }.
    .todo = נא להשיג את החסר, או למשוך את הגרסה.
due-anniversary =
    .subject = יום השנה לשותפות עם { $partner } מתקרב (מספר השנים: { $years })
    .text = { $years ->
        [one] לשותפות עם { $partner } תמלא שנה.
        [two] לשותפות עם { $partner } תמלאנה שנתיים.
        [many] לשותפות עם { $partner } תמלאנה { $years } שנה.
       *[other] לשותפות עם { $partner } תמלאנה { $years } שנים.
    }
    .todo = נא להחליט כיצד לציין זאת ולהזמין את הצד השני מבעוד מועד.
due-partnership-fading =
    .subject = השותפות עם { $partner } נחלשת
    .text = היה מעט קשר עם { $partner }; אם לא יקרה דבר, השותפות לא תיחשב עוד פעילה.
    .todo = נא ליצור קשר, או לתכנן משהו משותף.
due-partnership-stepped-down =
    .subject = השותפות עם { $partner } נעשתה שקטה יותר
    .text = לאחר תקופה ללא קשר, השותפות עם { $partner } ירדה בדרגה.
    .todo = נא להחליט: להחיות אותה, לבחון אותה או להשאירה כפי שהיא.
due-request-unanswered =
    .subject = פנייה הממתינה לתשובה: { $partner }
    .text = התקבלה בקשת שותפות מאת { $partner } וטרם הוחלט בה.
    .todo = נא לטפל בבקשה, או לדחותה בציון הסיבה.
due-review-deadline =
    .subject = בחינת השותפות עם { $partner } מתקרבת לסיומה
    .text = השותפות עם { $partner } נמצאת בבחינה.
    .todo = נא להחליט: להמשיך, להחיות לפי תוכנית או לסיים.
due-suspension-check =
    .subject = השותפות המושעית עם { $partner }: נא לבדוק
    .text = השותפות עם { $partner } מושעית.
    .todo = נא לבדוק אם התקיים התנאי לחידושה.
due-reawakening-result =
    .subject = מה הניבה החייאת השותפות עם { $partner }?
    .text = השותפות עם { $partner } הייתה אמורה להתעורר לפי תוכנית.
    .todo = נא לציין מה עלה בה: השותפות שבה לחיים, או שיש לבחון אותה.
due-no-chair =
    .subject = { $committee }: אין יושב ראש
    .text = תפקיד יושב הראש פנוי: { $committee }.
    .todo = נא לדאוג למינוי לתפקיד.
due-vacancy =
    .subject = { $committee }: מקום פנוי
    .text = מקום או תפקיד חובה פנוי: { $committee }.
    .todo = נא לדאוג למינוי.
due-role-expiring =
    .subject = { $committee }: הכהונה „{ $office }” מסתיימת
    .text = הכהונה „{ $office }” מסתיימת ({ $committee }).
    .todo = נא למנות מחדש, או למצוא מחליף ולהעביר את התפקיד.
due-promise-due =
    .subject = הובטח עם { $partner }: „{ $promise }”
    .text = הובטח עם { $partner } וטרם בוצע: „{ $promise }”.
    .todo = נא לדאוג לביצוע ולציין מה מראה זאת, או לוותר בציון הסיבה.
due-outcome-question =
    .subject = מה יצא מ„{ $engagement }” עם { $partner }?
    .text = הגיע הזמן לשאול מה יצא מ„{ $engagement }” עם { $partner }.
    .todo = נא לשאול את שני הצדדים ולרשום מה יצא מכך, או שלא יצא דבר.
due-plan-check =
    .subject = תוכנית עם { $partner }: נא לבדוק את ההתקדמות
    .text = הגיע הזמן לבדוק את ההתקדמות של „{ $plan }” עם { $partner }.
    .todo = נא לעבור על הסעיפים עם האחראים משני הצדדים ולרשום את הממצאים.
