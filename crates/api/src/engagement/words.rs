//! The words of engagements.

crate::open_enum! {
    /// The way an engagement went, seen from the host of the programme.
    pub enum DirectionWord ("a direction") {
        /// They came to us.
        Inbound = "inbound",
        /// We went to them.
        Outbound = "outbound",
        /// Both met, here, there or elsewhere.
        Joint = "joint",
        /// By wire.
        Virtual = "virtual",
        /// Here, without them.
        Local = "local",
        /// The record does not say.
        Unknown = "unknown",
    }
}

crate::open_enum! {
    /// What is known of the other side's part.
    pub enum EvidenceWord ("evidence of the other side's part") {
        /// It took part.
        TookPart = "took_part",
        /// Only one side is known to have done something.
        OnlyOneSide = "only_one_side",
        /// It was a local matter.
        LocalOnly = "local_only",
        /// Nothing is stated; the direction decides.
        Unstated = "unstated",
    }
}

crate::open_enum! {
    /// Whether a contact went both ways.
    pub enum MutualityWord ("a mutuality") {
        /// Both sides took part.
        Mutual = "mutual",
        /// One side is known to have.
        OneSided = "one_sided",
        /// No contact at all.
        None = "none",
    }
}

crate::open_enum! {
    /// Which side people or an organisation belong to.
    pub enum SideWord ("a side") {
        /// The host of the programme.
        Host = "host",
        /// The other city.
        Counterpart = "counterpart",
        /// Both.
        Both = "both",
        /// The record does not say.
        Unstated = "unstated",
    }
}

crate::open_enum! {
    /// Whether an engagement took place.
    pub enum HappeningWord ("a kind of happening") {
        /// It did.
        Held = "held",
        /// It was announced; no record says that it took place.
        AnnouncedOnly = "announced_only",
        /// It was called off.
        CalledOff = "called_off",
    }
}
