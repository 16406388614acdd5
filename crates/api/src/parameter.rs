//! Knows the parameters of paths and queries: how one value is read and written, what a right one looks like,
//! and how a struct of them is described once for the server, the client and the OpenAPI document.

use sister_cities_domain::value::{Shape, TextForm};

use crate::meant::with_hint;
use crate::problem::FieldError;

/// How often a parameter may stand: the field's type says it (`T` once, `Option<T>` at most once, `Vec<T>` any
/// number of times).
pub trait ParameterField<T>: Sized {
    /// What each value looks like.
    const SHAPE: Shape;
    /// Whether the parameter must be there, and how often it may.
    const OCCURS: Occurs;

    /// Reads the field from all values given under its name.
    ///
    /// # Errors
    ///
    /// What is wrong, in one phrase.
    fn read(values: &[&str]) -> Result<Self, String>;

    /// The values to write, none for a field that is not set.
    fn write(&self) -> Vec<String>;
}

/// How often a parameter may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurs {
    /// Exactly once.
    Once,
    /// Once or not at all.
    AtMostOnce,
    /// Any number of times.
    Repeated,
}

/// A parameter as documents list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterInfo {
    /// The name in the path template or the query.
    pub name: &'static str,
    /// What it means.
    pub doc: String,
    /// How often it may stand.
    pub occurs: Occurs,
    /// What a right value looks like.
    pub shape: Shape,
}

impl ParameterInfo {
    /// Describes a field of type `F`.
    #[must_use]
    pub fn of<F: ParameterField<T>, T>(name: &'static str, doc: &str) -> Self {
        Self { name, doc: doc.trim().to_owned(), occurs: F::OCCURS, shape: F::SHAPE }
    }
}

/// A set of parameters: a struct declared by [`parameters!`](crate::parameters).
pub trait Parameters: Sized + Send + Sync + 'static {
    /// The parameters in the order of their declaration.
    fn describe() -> Vec<ParameterInfo>;

    /// Names and values, not yet percent-encoded; repeated names for repeated values.
    fn pairs(&self) -> Vec<(&'static str, String)>;

    /// Reads all parameters from decoded names and values.
    ///
    /// # Errors
    ///
    /// One [`FieldError`] for each parameter that is unknown, missing, given too often or not right.
    fn parse(pairs: &[(String, String)]) -> Result<Self, Vec<FieldError>>;
}

/// Declares structs of path or query parameters with their [`Parameters`]: each field's documentation becomes the
/// parameter's description, each field's type says how often it may stand.
///
/// `in programme` adds the programme, as the first parameter of a path. `in pages` adds `limit` and `cursor`, and makes the
/// query one of a list that is read in pages ([`Paged`](crate::Paged)).
#[macro_export]
macro_rules! parameters {
    () => {};
    (
        $(#[$meta:meta])*
        pub struct $name:ident in programme { $($fields:tt)* }
        $($rest:tt)*
    ) => {
        $crate::parameters! {
            $(#[$meta])*
            pub struct $name {
                /// The programme.
                pub programme: $crate::domain::id::ProgrammeId,
                $($fields)*
            }
            $($rest)*
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident in pages { $($fields:tt)* }
        $($rest:tt)*
    ) => {
        $crate::parameters! {
            $(#[$meta])*
            pub struct $name {
                $($fields)*
                /// How many items to answer with.
                pub limit: Option<$crate::PageLimit>,
                /// Where to read on.
                pub cursor: Option<$crate::Cursor>,
            }
            $($rest)*
        }

        impl $crate::Paged for $name {
            fn cursor(&self) -> Option<&$crate::Cursor> {
                self.cursor.as_ref()
            }

            fn from_cursor(mut self, cursor: Option<$crate::Cursor>) -> Self {
                self.cursor = cursor;
                self
            }
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[doc = $doc:literal])+ pub $field:ident : $type:ty ),* $(,)?
        }
        $($rest:tt)*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $( $(#[doc = $doc])+ pub $field: $type ),* }

        impl $crate::Parameters for $name {
            fn describe() -> Vec<$crate::ParameterInfo> {
                vec![ $( $crate::ParameterInfo::of::<$type, _>(stringify!($field), concat!($($doc),+)) ),* ]
            }

            fn pairs(&self) -> Vec<(&'static str, String)> {
                let mut pairs = Vec::new();
                $( pairs.extend(
                    $crate::ParameterField::write(&self.$field).into_iter().map(|value| (stringify!($field), value)),
                ); )*
                pairs
            }

            fn parse(pairs: &[(String, String)]) -> Result<Self, Vec<$crate::FieldError>> {
                let mut faults = $crate::unknown_parameters(pairs, &[$(stringify!($field)),*]);
                $( let $field = $crate::take_parameter::<$type, _>(pairs, stringify!($field), &mut faults); )*
                match ($($field,)*) {
                    ($(Some($field),)*) if faults.is_empty() => Ok(Self { $($field),* }),
                    _ => Err(faults),
                }
            }
        }

        $crate::parameters! { $($rest)* }
    };
}

/// No parameters at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoParameters;

impl Parameters for NoParameters {
    fn describe() -> Vec<ParameterInfo> {
        Vec::new()
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    fn parse(pairs: &[(String, String)]) -> Result<Self, Vec<FieldError>> {
        let faults = unknown_parameters(pairs, &[]);
        if faults.is_empty() { Ok(Self) } else { Err(faults) }
    }
}

/// One fault for each name in `pairs` that is not in `known`. Used by [`parameters!`](crate::parameters).
#[must_use]
pub fn unknown_parameters(pairs: &[(String, String)], known: &[&str]) -> Vec<FieldError> {
    let expected = if known.is_empty() {
        "no parameter at all".to_owned()
    } else {
        format!("one of: {}", known.join(", "))
    };
    let mut faults: Vec<FieldError> = Vec::new();
    for (name, _) in pairs {
        if !known.contains(&name.as_str()) && !faults.iter().any(|f| f.parameter.as_ref() == Some(name)) {
            let detail = with_hint("there is no such parameter", name, known.iter().copied());
            faults.push(FieldError::at_parameter(name, detail).expecting(&expected));
        }
    }
    faults
}

/// Reads one field out of `pairs`, or adds a fault. Used by [`parameters!`](crate::parameters).
pub fn take_parameter<F: ParameterField<T>, T>(
    pairs: &[(String, String)],
    name: &str,
    faults: &mut Vec<FieldError>,
) -> Option<F> {
    let values: Vec<&str> = pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect();
    match F::read(&values) {
        Ok(field) => Some(field),
        Err(detail) => {
            faults.push(FieldError::at_parameter(name, detail).expecting(F::SHAPE.expected));
            None
        }
    }
}

impl<T: TextForm> ParameterField<T> for T {
    const SHAPE: Shape = T::SHAPE;
    const OCCURS: Occurs = Occurs::Once;

    fn read(values: &[&str]) -> Result<Self, String> {
        match values {
            [] => Err("is missing".to_owned()),
            [value] => T::parse(value),
            [..] => Err("is given more than once".to_owned()),
        }
    }

    fn write(&self) -> Vec<String> {
        vec![self.render()]
    }
}

impl<T: TextForm> ParameterField<T> for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const OCCURS: Occurs = Occurs::AtMostOnce;

    fn read(values: &[&str]) -> Result<Self, String> {
        if values.is_empty() { Ok(None) } else { <T as ParameterField<T>>::read(values).map(Some) }
    }

    fn write(&self) -> Vec<String> {
        self.iter().map(TextForm::render).collect()
    }
}

impl<T: TextForm> ParameterField<T> for Vec<T> {
    const SHAPE: Shape = T::SHAPE;
    const OCCURS: Occurs = Occurs::Repeated;

    fn read(values: &[&str]) -> Result<Self, String> {
        const MOST: usize = 100;
        if values.len() > MOST {
            return Err(format!("is given more than {MOST} times"));
        }
        values.iter().map(|value| T::parse(value)).collect()
    }

    fn write(&self) -> Vec<String> {
        self.iter().map(TextForm::render).collect()
    }
}
