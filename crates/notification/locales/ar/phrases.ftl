# ما يحيط بالرسالة.

greeting = تحية طيبة، { $name }،
greeting-anyone = تحية طيبة،

due-left = الموعد: { $day }. { $days ->
    [zero] لم يبق أي يوم.
    [one] بقي يوم واحد.
    [two] بقي يومان.
    [few] بقيت { $days } أيام.
    [many] بقي { $days } يومًا.
   *[other] بقي { $days } يوم.
}
due-today = الموعد اليوم، { $day }.
due-late = كان الموعد: { $day }. { $days ->
    [zero] لا تأخير.
    [one] التأخير يوم واحد.
    [two] التأخير يومان.
    [few] التأخير { $days } أيام.
    [many] التأخير { $days } يومًا.
   *[other] التأخير { $days } يوم.
}
escalated = طُلب هذا من { $owner } ولم يرد جواب منذ { $days ->
    [zero] اليوم.
    [one] يوم واحد.
    [two] يومين.
    [few] { $days } أيام.
    [many] { $days } يومًا.
   *[other] { $days } يوم.
}
escalated-nobody = لا أحد مسؤول عن هذا، وهو ينتظر منذ { $days ->
    [zero] اليوم.
    [one] يوم واحد.
    [two] يومين.
    [few] { $days } أيام.
    [many] { $days } يومًا.
   *[other] { $days } يوم.
}
escalated-subject = بلا رد: { $subject }
handed = أُسند إليكم هذا الأمر من { $name }.
handed-by-somebody = أُسند إليكم هذا الأمر.
change-on = التاريخ: { $date }.
change-by = سجّله: { $name }.
place = المكان: { $place }

digest-daily =
    .subject = يومكم، { $day }: { $count ->
        [zero] لا شيء
        [one] أمر واحد
        [two] أمران
        [few] { $count } أمور
        [many] { $count } أمرًا
       *[other] { $count } أمر
    }
    .text = ليوم { $day }: { $count ->
        [zero] لا شيء لكم.
        [one] أمر واحد لكم.
        [two] أمران لكم.
        [few] { $count } أمور لكم.
        [many] { $count } أمرًا لكم.
       *[other] { $count } أمر لكم.
    }
digest-weekly =
    .subject = أسبوعكم من { $day }: { $count ->
        [zero] لا شيء
        [one] أمر واحد
        [two] أمران
        [few] { $count } أمور
        [many] { $count } أمرًا
       *[other] { $count } أمر
    }
    .text = للأسبوع من { $day }: { $count ->
        [zero] لا شيء لكم.
        [one] أمر واحد لكم.
        [two] أمران لكم.
        [few] { $count } أمور لكم.
        [many] { $count } أمرًا لكم.
       *[other] { $count } أمر لكم.
    }
digest-due = المستحق
digest-changes = التغييرات
digest-general = عام
digest-more = { $count ->
    [zero] ولا شيء غير ذلك.
    [one] وأمر آخر.
    [two] وأمران آخران.
    [few] و{ $count } أمور أخرى.
    [many] و{ $count } أمرًا آخر.
   *[other] و{ $count } أمر آخر.
}

endpoint-failing =
    .subject = نقطة الاستقبال «{ $endpoint }» لا تستجيب
    .text = لم يصل شيء إلى نقطة الاستقبال (webhook) «{ $endpoint }» منذ: { $since }.
    .todo = يُرجى إصلاحها قبل أن تُعطَّل: { $disabled_at }. ويمكن إعادة إرسال ما فاتها.
endpoint-disabled =
    .subject = تعطيل نقطة الاستقبال «{ $endpoint }»
    .text = عُطّلت نقطة الاستقبال (webhook) «{ $endpoint }». ولم يصل إليها شيء منذ: { $since }.
    .todo = يُرجى إصلاحها وتفعيلها من جديد وطلب إعادة إرسال ما فاتها.
address-refused =
    .subject = البريد لا يصل: { $person }
    .text = يرفض خادم البريد عنوانًا مسجلًا: { $person }. لن يُرسل إليه شيء بعد الآن.
    .todo = يرجى السؤال عن العنوان الصحيح وتصحيح السجل، أو إعادة الإرسال إن كان العنوان القديم يعمل.
test-sent =
    .subject = رسالة تجريبية
    .text = هذه رسالة تجريبية أُرسلت: { $sent_at }. إن أمكنكم قراءتها فالرسائل تصلكم.
invitation-asked =
    .subject = دعوة: { $title }
    .text = أنتم مدعوون إلى «{ $title }»: { $begins }.
invitation-changed =
    .subject = تغيير: { $title }
    .text = تغيّر «{ $title }». البداية الجديدة: { $begins }.
invitation-cancelled =
    .subject = إلغاء: { $title }
    .text = أُلغي «{ $title }». وكانت البداية المقررة: { $begins }.

reason-owner = تصلكم هذه الرسالة لأن هذا الأمر من مسؤوليتكم.
reason-escalation = تصلكم هذه الرسالة لأن أحدًا لم يرد، ولأنكم الجهة التالية.
reason-desk = تصلكم هذه الرسالة لأنكم تديرون مكتب { $programme }.
reason-follows-partnership = تصلكم هذه الرسالة لأنكم تتابعون الشراكة مع { $partner }.
reason-follows-committee = تصلكم هذه الرسالة لأنكم تنتمون إلى هذه الجهة أو تتابعونها: { $committee }.
reason-digest = تصلكم هذه الرسالة لأنكم طلبتم ملخصات { $programme }.
reason-subscribed = تصلكم هذه الرسالة لأنكم طلبتم إبلاغكم بمثل هذه الأمور من { $programme }.
reason-endpoint-owner = تصلكم هذه الرسالة لأن نقطة الاستقبال «{ $endpoint }» تخصكم.
reason-asked = تصلكم هذه الرسالة لأن رسالة تجريبية طُلبت إلى هذا العنوان.
reason-invited = تصلكم هذه الرسالة لأنكم مدعوون من { $organiser }.

link-open = فتح
link-unsubscribe = إيقاف هذا النوع من الرسائل
refusal-done = لن تصلكم رسائل من هذا النوع بعد الآن. أما ما هو من مسؤوليتكم وحان موعده فسيظل يصلكم.
refusal-digests = لن تصلكم ملخصات بعد الآن. أما ما هو من مسؤوليتكم فسيظل يصلكم برسائل منفردة، والباقي تجدونه في صندوق الوارد.
refusal-unknown = هذا الرابط غير صالح، أو لم يعد صالحًا.
sign-off = { $programme }

month = { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
}
month-alone = { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
}
weekday = { $weekday ->
    [1] الاثنين
    [2] الثلاثاء
    [3] الأربعاء
    [4] الخميس
    [5] الجمعة
    [6] السبت
   *[7] الأحد
}
date = { $day } { $month } { $year }
date-with-weekday = { $weekday }، { $date }
month-of-year = { $month } { $year }
year-alone = { $year }
time = { $day }، الساعة { $clock } ({ $zone })
time-beside = { $time }، وبتوقيتكم: { $own }
