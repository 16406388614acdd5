//! The words of agreements.

crate::open_enum! {
    /// Where a version stands, seen from the host of the programme.
    pub enum VersionStateWord ("a state of a version") {
        /// Its text may still change.
        Draft = "draft",
        /// Its text is fixed; nobody has approved it yet.
        Proposed = "proposed",
        /// Our side has approved it, not every other has.
        ApprovedByUs = "approved_by_us",
        /// Another side has approved it, ours has not.
        ApprovedByThem = "approved_by_them",
        /// Every side has approved it; nobody has signed.
        MutuallyApproved = "mutually_approved",
        /// Some have signed, not all.
        PartlySigned = "partly_signed",
        /// All have signed; its day has not come yet.
        Signed = "signed",
        /// It is in force.
        InForce = "in_force",
        /// It was amended; what the amendment does not state still holds.
        Amended = "amended",
        /// Another version took its place.
        Superseded = "superseded",
        /// Its fixed term ran out.
        Expired = "expired",
        /// Notice was given; it is in force until its effective end.
        NoticeGiven = "notice_given",
        /// It was ended by notice or by consent.
        Ended = "ended",
        /// It was given up before anybody approved it.
        Withdrawn = "withdrawn",
    }
}

crate::open_enum! {
    /// On what a version builds.
    pub enum BaseWord ("a base") {
        /// It is the first.
        First = "first",
        /// It changes what it states and leaves the rest.
        Amends = "amends",
        /// It takes the other's place as a whole.
        Supersedes = "supersedes",
    }
}

crate::open_enum! {
    /// How long an agreement lasts.
    pub enum TermWord ("a term") {
        /// Until one or both say otherwise.
        OpenEnded = "open_ended",
        /// Up to the day `ends_on`.
        Fixed = "fixed",
    }
}

crate::open_enum! {
    /// On what an approval rests.
    pub enum BasisWord ("a basis") {
        /// A body resolved it.
        Resolved = "resolved",
        /// Somebody decided to go without a resolution, and says why.
        Overridden = "overridden",
        /// It is known that it was approved, not by what.
        NotAtHand = "not_at_hand",
    }
}

crate::open_enum! {
    /// What rank an office has in its community.
    pub enum RankWord ("a rank") {
        /// The highest elected office.
        HighestElected = "highest_elected",
        /// The highest appointed office, where none is elected.
        HighestAppointed = "highest_appointed",
        /// Any other.
        Other = "other",
    }
}

crate::open_enum! {
    /// Why an agreement ends.
    pub enum EndCauseWord ("a cause of the end") {
        /// Its fixed term runs out.
        TermRunsOut = "term_runs_out",
        /// Notice was given.
        NoticeGiven = "notice_given",
        /// All parties agreed to end it.
        MutualConsent = "mutual_consent",
    }
}
