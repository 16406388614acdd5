//! What somebody is in a committee, an organisation or an administration.

use crate::value::open_catalogue;

open_catalogue! {
    /// What somebody is where the role is held. Chicago has a business co-chair on every committee (R24).
    RoleFunction ("a function such as chair, business_co_chair or mayor", "chair") {
        /// Leads a committee or a board.
        Chair = "chair",
        /// Leads it together with others.
        CoChair = "co_chair",
        /// Leads it in matters of business, beside the chair.
        BusinessCoChair = "business_co_chair",
        /// Keeps its minutes.
        Secretary = "secretary",
        /// Keeps its money.
        Treasurer = "treasurer",
        /// Belongs to it without an office.
        Member = "member",
        /// Is in contact with the other side.
        Liaison = "liaison",
        /// The highest elected official of a place.
        Mayor = "mayor",
        /// Stands in for that official.
        DeputyMayor = "deputy_mayor",
        /// Sits in the council of a place.
        Councillor = "councillor",
        /// Runs an organisation or an office.
        Director = "director",
        /// Works there: a desk officer, a clerk.
        Officer = "officer",
        /// Represents it, wherever that is.
        Representative = "representative",
    }
}

impl RoleFunction {
    /// As people write it: "business co-chair".
    #[must_use]
    pub fn in_words(&self) -> String {
        self.as_str().replace(['_', '-'], " ").replace("co chair", "co-chair")
    }

    /// Whether whoever has this function does what `required` asks for: a co-chair is a chair too, a business co-chair is not (R24).
    #[must_use]
    pub fn fills(&self, required: &Self) -> bool {
        self == required || (*self == Self::CoChair && *required == Self::Chair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_told_in_words() {
        let told = |key: &str| key.parse::<RoleFunction>().expect(key).in_words();
        assert_eq!(told("business_co_chair"), "business co-chair");
        assert_eq!(["deputy_mayor", "youth-envoy"].map(told), ["deputy mayor", "youth envoy"]);
    }
}
