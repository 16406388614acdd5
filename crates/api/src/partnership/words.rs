//! The words of partnerships.

crate::open_enum! {
    /// Where a partnership stands by decision.
    pub enum StatusWord ("a status") {
        /// Somebody asked.
        Enquiry = "enquiry",
        /// The request is being weighed.
        Assessing = "assessing",
        /// Both are getting to know each other.
        Exploring = "exploring",
        /// An agreement stands.
        Agreed = "agreed",
        /// It stands, but its end is being examined.
        UnderReview = "under_review",
        /// It stands, and is being brought back to life.
        Reawakening = "reawakening",
        /// Set aside.
        Suspended = "suspended",
        /// The request was refused.
        Declined = "declined",
        /// Ended.
        Concluded = "concluded",
        /// Ended, and kept and honoured.
        Historical = "historical",
    }
}

crate::open_enum! {
    /// What was decided about a partnership.
    pub enum DecisionWord ("a decision") {
        /// A request came in.
        Enquire = "enquire",
        /// The request is taken up and weighed.
        Assess = "assess",
        /// Both get to know each other before agreeing.
        Explore = "explore",
        /// An agreement stands: the start of an episode.
        Agree = "agree",
        /// The request is refused.
        Decline = "decline",
        /// The end of the bond is to be examined, by a deadline.
        Review = "review",
        /// A plan to bring it back to life is taken up.
        Reawaken = "reawaken",
        /// The plan bore fruit.
        Reawakened = "reawakened",
        /// It is set aside.
        Suspend = "suspend",
        /// The suspension is lifted.
        Resume = "resume",
        /// It is ended.
        Conclude = "conclude",
        /// The ended bond is kept and honoured.
        Honour = "honour",
        /// Both say again that they stand by it.
        Reaffirm = "reaffirm",
        /// A measure that goes with a decision, such as giving back gifts.
        Measure = "measure",
    }
}
