//! The macro for catalogues that have well-known entries and stay open: an entry that this version does not know survives a
//! round trip as its key.

/// Declares an enum of known entries with their keys, plus `Other` for any further key.
macro_rules! open_catalogue {
    (
        $(#[$doc:meta])*
        $name:ident ($expected:literal, $example:literal) { $($(#[$entry_doc:meta])* $entry:ident = $key:literal,)+ }
    ) => {
        $(#[$doc])*
        ///
        /// Written as its key. A key that is not listed here is kept as `Other` and written back unchanged. Read keys through
        /// `FromStr` or `from_slug`, which never make an `Other` of a listed key.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$entry_doc])* $entry,)+
            /// An entry of a programme's own, or of a later version.
            Other(crate::value::Slug),
        }

        impl $name {
            /// The entries that are listed, in the order of the list.
            pub const LISTED: &'static [Self] = &[$(Self::$entry),+];

            /// The key of the entry.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$entry => $key,)+
                    Self::Other(slug) => slug.as_str(),
                }
            }

            /// The entry with that key.
            #[must_use]
            pub fn from_slug(slug: crate::value::Slug) -> Self {
                match slug.as_str() {
                    $($key => Self::$entry,)+
                    _ => Self::Other(slug),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::value::InvalidValue;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                crate::value::Slug::new(text).map(Self::from_slug)
            }
        }

        $crate::value::text_form::text_form!(
            $name,
            $crate::value::Shape::pattern($expected, $crate::value::Slug::PATTERN, $example)
                .of_length(1, $crate::value::Slug::MOST)
        );
    };
}

pub(crate) use open_catalogue;
