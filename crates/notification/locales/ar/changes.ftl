# ما تغيّر: جملة لكل حدث يُبلَّغ به.

change-agreement-signed =
    .subject = تم التوقيع: «{ $agreement }» مع { $partner }
    .text = وقّع جميع الأطراف «{ $agreement }» مع { $partner }.
change-agreement-notice-given =
    .subject = إشعار بالإنهاء: «{ $agreement }» مع { $partner }
    .text = قُدّم إشعار بإنهاء «{ $agreement }» مع { $partner }، وتنتهي في { $ends }.
change-partnership-enquired =
    .subject = طلب شراكة من { $partner }
    .text = ورد طلب شراكة من { $partner }.
change-partnership-agreed =
    .subject = تم الاتفاق على الشراكة مع { $partner }
    .text = تم الاتفاق على الشراكة مع { $partner }.
change-partnership-declined =
    .subject = الاعتذار عن طلب { $partner }
    .text = تم الاعتذار عن طلب الشراكة من { $partner }.
change-partnership-review-opened =
    .subject = الشراكة مع { $partner } قيد المراجعة
    .text = بدأت مراجعة الشراكة مع { $partner }.
change-partnership-reawakening =
    .subject = خطة لإحياء الشراكة مع { $partner }
    .text = اعتُمدت خطة لإحياء الشراكة مع { $partner }.
change-partnership-reawakened =
    .subject = عودة الشراكة مع { $partner } إلى الحياة
    .text = عادت الشراكة مع { $partner } إلى الحياة.
change-partnership-suspended =
    .subject = تعليق الشراكة مع { $partner }
    .text = عُلّقت الشراكة مع { $partner }.
change-partnership-resumed =
    .subject = استئناف الشراكة مع { $partner }
    .text = رُفع تعليق الشراكة مع { $partner }.
change-partnership-concluded =
    .subject = إنهاء الشراكة مع { $partner }
    .text = أُنهيت الشراكة مع { $partner }.
change-partnership-reaffirmed =
    .subject = تأكيد الشراكة مع { $partner }
    .text = أكد الطرفان من جديد الشراكة مع { $partner }.
change-engagement-recorded =
    .subject = جديد مع { $partner }: «{ $engagement }»
    .text = سُجّل نشاط مع { $partner }: «{ $engagement }».
change-engagement-changed =
    .subject = تغيير مع { $partner }: «{ $engagement }»
    .text = تغيّر نشاط مع { $partner }: «{ $engagement }».
change-engagement-deleted =
    .subject = إلغاء مع { $partner }: «{ $engagement }»
    .text = أُلغي نشاط مع { $partner }: «{ $engagement }».
change-action-point-promised =
    .subject = وعد مع { $partner }: «{ $promise }»
    .text = جرى التعهد مع { $partner } بما يلي: «{ $promise }».
change-action-point-step-taken =
    .subject = تقدم مع { $partner }: «{ $promise }»
    .text = «{ $promise }» مع { $partner }: { $state ->
        [open] مفتوح.
        [both_owners_accepted] قبله المسؤولان من الطرفين.
        [in_progress] قيد التنفيذ.
        [stalled] متوقف حاليًا.
        [done] أُنجز.
       *[dropped] تُرك.
    }
change-outcome-verified =
    .subject = تم التحقق مع { $partner }: «{ $outcome }»
    .text = تم التحقق من النتيجة «{ $outcome }» مع { $partner }.
change-outcome-disputed =
    .subject = اعتراض مع { $partner }: «{ $outcome }»
    .text = ورد اعتراض على النتيجة «{ $outcome }» مع { $partner }.
change-role-created =
    .subject = { $committee }: انضمام { $person }
    .text = يشغل { $person } الآن منصب «{ $office }» في: { $committee }.
change-role-ended =
    .subject = { $committee }: مغادرة { $person }
    .text = لم يعد { $person } يشغل منصب «{ $office }» في: { $committee }.
change-share-made =
    .subject = { $partner }: مشاركة «{ $record }» معكم
    .text = يعرض { $partner } الآن على برنامجكم: «{ $record }».
change-share-renewed =
    .subject = { $partner }: تحديث «{ $record }»
    .text = يعرض { $partner } الآن على برنامجكم الوضع الحالي: «{ $record }».
