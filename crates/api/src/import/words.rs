//! The words of imports.

crate::open_enum! {
    /// What a file holds.
    pub enum ImportKind ("a kind of file") {
        /// A list of partner places.
        Partnerships = "partnerships",
        /// A log of exchanges.
        Engagements = "engagements",
        /// For which periods the log of each bond is believed complete.
        Coverage = "coverage",
    }
}

crate::open_enum! {
    /// How far an import is.
    pub enum ImportStateWord ("a state of an import") {
        /// The file is there.
        Uploaded = "uploaded",
        /// It is known how to read it.
        Mapped = "mapped",
        /// It was tried; nothing is written.
        DryRun = "dry_run",
        /// All questions are answered.
        Approved = "approved",
        /// It is written.
        Applied = "applied",
        /// It is taken back, but for what was kept.
        Undone = "undone",
    }
}

crate::open_enum! {
    /// What a line of a file comes to.
    pub enum VerdictWord ("a verdict") {
        /// New.
        Create = "create",
        /// Known already, nothing to add.
        Same = "same",
        /// Known already, with something to add.
        Merge = "merge",
        /// A person must say.
        NeedsPerson = "needs_person",
        /// New, with a place kept by its name and not resolved.
        KeptUnresolved = "kept_unresolved",
        /// Wrong in itself.
        Invalid = "invalid",
        /// Left out by a person, or not data: a title, a footer.
        Skipped = "skipped",
    }
}

crate::open_enum! {
    /// What a person decided about a question.
    pub enum ChoiceWord ("a choice") {
        /// Take the proposal named in `take`.
        Take = "take",
        /// Keep the place by its name, unresolved.
        KeepByName = "keep_by_name",
        /// Leave the field blank.
        LeaveBlank = "leave_blank",
        /// Leave the whole line out.
        Skip = "skip",
    }
}

crate::open_enum! {
    /// How days such as 03/04/2005 are written.
    pub enum DayOrderWord ("an order of day and month") {
        /// 03/04/2005 is 3 April.
        DayFirst = "day_first",
        /// 03/04/2005 is 4 March.
        MonthFirst = "month_first",
    }
}

crate::open_enum! {
    /// Why an undo kept a record.
    pub enum KeptWord ("a reason to keep") {
        /// Somebody changed it since the import.
        TouchedSince = "touched_since",
        /// Something that is kept needs it.
        StillNeeded = "still_needed",
    }
}
