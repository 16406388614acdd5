//! Knows which word of the wire means which value of the domain, both ways.

/// Pairs the words of an [`open_enum!`](crate::open_enum) with a domain enum whose variants have the same names.
macro_rules! meanings {
    ($($word:ident => $domain:path { $($variant:ident),+ $(,)? })+) => { $(
        impl $word {
            /// The word for a value of the domain.
            #[must_use]
            pub fn of(value: &$domain) -> Self {
                use $domain as Domain;
                // Not a match: only some of the domain's enums may grow, and only those may have an arm for the rest.
                $( if matches!(value, Domain::$variant { .. }) { return Self::$variant; } )+
                Self::Unrecognised("unlisted".to_owned())
            }
        }
    )+ };
}

/// As [`meanings!`], for enums without facts: gives the domain's value for a word too.
macro_rules! plain_meanings {
    ($($word:ident => $domain:path { $($variant:ident),+ $(,)? })+) => {
        $crate::meaning::meanings! { $($word => $domain { $($variant),+ })+ }
        $(
            impl $word {
                /// The value of the domain that the word means; `None` for a word that this version does not know.
                #[must_use]
                pub fn meaning(&self) -> Option<$domain> {
                    use $domain as Domain;
                    match self {
                        $( Self::$variant => Some(Domain::$variant), )+
                        Self::Unrecognised(_) => None,
                    }
                }
            }
        )+
    };
}

pub(crate) use {meanings, plain_meanings};
