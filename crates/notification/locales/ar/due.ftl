# ما هو مستحق: جملة لكل قاعدة، وما هو مطلوب.

due-agreement-ending =
    .subject = الاتفاقية مع { $partner } تقارب نهايتها: يُرجى اتخاذ قرار
    .text = تنتهي «{ $agreement }» مع { $partner } في { $ends }.
    .todo = يُرجى الاتفاق مع الطرف الآخر على التجديد أو التعديل أو الإنهاء.
due-agreement-pending =
    .subject = الاتفاقية مع { $partner }: موافقات أو توقيعات ناقصة
    .text = عُرضت «{ $agreement }» على الطرفين، ولم تكتمل بعد الموافقات والتوقيعات لدينا ولدى { $partner }.
    .todo = يُرجى استكمال الناقص أو سحب هذه النسخة.
due-anniversary =
    .subject = ذكرى الشراكة مع { $partner } تقترب (عدد السنوات: { $years })
    .text = { $years ->
        [zero] تبدأ الشراكة مع { $partner }.
        [one] تُتم الشراكة مع { $partner } سنة واحدة.
        [two] تُتم الشراكة مع { $partner } سنتين.
        [few] تُتم الشراكة مع { $partner } { $years } سنوات.
        [many] تُتم الشراكة مع { $partner } { $years } سنة.
       *[other] تُتم الشراكة مع { $partner } { $years } سنة.
    }
    .todo = يُرجى تحديد طريقة الاحتفال ودعوة الطرف الآخر في وقت مناسب.
due-partnership-fading =
    .subject = الشراكة مع { $partner } تضعف
    .text = التواصل مع { $partner } قليل، وإن لم يحدث شيء فلن تُعد الشراكة نشطة.
    .todo = يُرجى التواصل أو التخطيط لعمل مشترك.
due-partnership-stepped-down =
    .subject = الشراكة مع { $partner } صارت أهدأ
    .text = بعد مدة من دون تواصل، نزلت الشراكة مع { $partner } درجة.
    .todo = يُرجى اتخاذ قرار: إحياؤها أو مراجعتها أو تركها كما هي.
due-request-unanswered =
    .subject = { $partner }: طلب ينتظر الرد
    .text = ورد طلب شراكة من { $partner } ولم يُتخذ قرار بشأنه بعد.
    .todo = يُرجى النظر في الطلب أو الاعتذار عنه مع ذكر السبب.
due-review-deadline =
    .subject = مراجعة الشراكة مع { $partner } تقارب نهايتها
    .text = الشراكة مع { $partner } قيد المراجعة.
    .todo = يُرجى اتخاذ قرار: الإبقاء عليها أو إحياؤها بخطة أو إنهاؤها.
due-suspension-check =
    .subject = الشراكة المعلقة مع { $partner }: يُرجى التحقق
    .text = الشراكة مع { $partner } معلقة.
    .todo = يُرجى التحقق مما إذا تحقق شرط الاستئناف.
due-reawakening-result =
    .subject = ماذا أثمر إحياء الشراكة مع { $partner }؟
    .text = كان من المقرر إحياء الشراكة مع { $partner } بخطة.
    .todo = يُرجى ذكر النتيجة: هل عادت الشراكة حية أم تحتاج إلى مراجعة؟
due-no-chair =
    .subject = { $committee }: الرئاسة شاغرة
    .text = الرئاسة شاغرة في: { $committee }.
    .todo = يُرجى العمل على تعيين من يتولى الرئاسة.
due-vacancy =
    .subject = { $committee }: مقعد شاغر
    .text = يوجد مقعد أو منصب لازم شاغر في: { $committee }.
    .todo = يُرجى العمل على تعيين من يشغله.
due-role-expiring =
    .subject = { $committee }: مدة «{ $office }» تنتهي
    .text = تنتهي قريبًا مدة «{ $office }» في: { $committee }.
    .todo = يُرجى التجديد، أو اختيار خلف وتسليم المهام.
due-promise-due =
    .subject = وعد مع { $partner }: «{ $promise }»
    .text = جرى التعهد مع { $partner } بما يلي ولم يُنجز بعد: «{ $promise }».
    .todo = يُرجى العمل على إنجازه وذكر ما يثبت ذلك، أو التخلي عنه مع ذكر السبب.
due-outcome-question =
    .subject = ما الذي نتج عن «{ $engagement }» مع { $partner }؟
    .text = حان الوقت للسؤال عما نتج عن «{ $engagement }» مع { $partner }.
    .todo = يُرجى سؤال الطرفين وتدوين ما نتج عنه، أو أنه لم ينتج عنه شيء.
due-plan-check =
    .subject = الخطة مع { $partner }: يُرجى متابعة التقدم
    .text = حان وقت متابعة التقدم في «{ $plan }» مع { $partner }.
    .todo = يُرجى مراجعة نقاطها مع المسؤولين من الطرفين وتدوين النتيجة.
