# What changed: one sentence for each event that people are told of.

change-agreement-signed =
    .subject = Signed: “{ $agreement }” with { $partner }
    .text = All sides have signed “{ $agreement }” with { $partner }.
change-agreement-notice-given =
    .subject = Notice given: “{ $agreement }” with { $partner }
    .text = Notice was given of “{ $agreement }” with { $partner }; it ends on { $ends }.
change-partnership-enquired =
    .subject = { $partner } asks for a partnership
    .text = { $partner } asked to become a partner.
change-partnership-agreed =
    .subject = Partnership with { $partner } agreed
    .text = The partnership with { $partner } is agreed.
change-partnership-declined =
    .subject = Request of { $partner } declined
    .text = The request of { $partner } for a partnership was declined.
change-partnership-review-opened =
    .subject = Partnership with { $partner } under review
    .text = The partnership with { $partner } was put under review.
change-partnership-reawakening =
    .subject = Partnership with { $partner } to be reawakened
    .text = A plan to reawaken the partnership with { $partner } was taken up.
change-partnership-reawakened =
    .subject = Partnership with { $partner } reawakened
    .text = The partnership with { $partner } is alive again.
change-partnership-suspended =
    .subject = Partnership with { $partner } suspended
    .text = The partnership with { $partner } was suspended.
change-partnership-resumed =
    .subject = Partnership with { $partner } resumed
    .text = The suspension of the partnership with { $partner } was lifted.
change-partnership-concluded =
    .subject = Partnership with { $partner } ended
    .text = The partnership with { $partner } was ended.
change-partnership-reaffirmed =
    .subject = Partnership with { $partner } reaffirmed
    .text = Both sides reaffirmed the partnership with { $partner }.
change-engagement-recorded =
    .subject = New with { $partner }: “{ $engagement }”
    .text = “{ $engagement }” with { $partner } was entered.
change-engagement-changed =
    .subject = Changed with { $partner }: “{ $engagement }”
    .text = “{ $engagement }” with { $partner } was changed.
change-engagement-deleted =
    .subject = Cancelled with { $partner }: “{ $engagement }”
    .text = “{ $engagement }” with { $partner } was cancelled.
change-action-point-promised =
    .subject = Promised with { $partner }: “{ $promise }”
    .text = “{ $promise }” was promised with { $partner }.
change-action-point-step-taken =
    .subject = Progress with { $partner }: “{ $promise }”
    .text = “{ $promise }” with { $partner } { $state ->
        [open] is open.
        [both_owners_accepted] was accepted by both owners.
        [in_progress] is in progress.
        [stalled] does not go on for now.
        [done] is done.
       *[dropped] was dropped.
    }
change-outcome-verified =
    .subject = Verified with { $partner }: “{ $outcome }”
    .text = The outcome “{ $outcome }” with { $partner } was verified.
change-outcome-disputed =
    .subject = Disputed with { $partner }: “{ $outcome }”
    .text = Somebody disputes the outcome “{ $outcome }” with { $partner }.
change-role-created =
    .subject = { $committee }: { $person } joins
    .text = { $person } is now “{ $office }” in { $committee }.
change-role-ended =
    .subject = { $committee }: { $person } leaves
    .text = { $person } is no longer “{ $office }” in { $committee }.
change-share-made =
    .subject = { $partner } shares “{ $record }” with you
    .text = { $partner } now shows your programme “{ $record }”.
change-share-renewed =
    .subject = { $partner } updates “{ $record }”
    .text = { $partner } now shows your programme “{ $record }” as it stands today.
