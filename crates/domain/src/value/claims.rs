//! What several sources say about one fact: all kept, one chosen (R6).

use serde::{Deserialize, Serialize};

use super::{InvalidValue, Source};

/// What one source says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim<T> {
    /// What the source says.
    pub value: T,
    /// The source that says so.
    pub source: Source,
}

/// One or more claims about the same fact, one of them chosen. Nothing a source said is ever dropped.
///
/// ```
/// use sister_cities_domain::value::{Claims, PartialDate, Source};
///
/// let mut since = Claims::new("1993".parse::<PartialDate>()?, Source::new("Council: 2018 is the 25th")?);
/// since.add("1983".parse()?, Source::new("a page of 2013")?);
/// assert_eq!(since.value().year(), 1993);
/// assert_eq!(since.conflicts().count(), 1);
/// # Ok::<(), sister_cities_domain::value::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawClaims<T>", bound(deserialize = "T: Deserialize<'de>"))]
pub struct Claims<T> {
    claims: Vec<Claim<T>>,
    chosen: usize,
}

#[derive(Deserialize)]
struct RawClaims<T> {
    claims: Vec<Claim<T>>,
    chosen: usize,
}

impl<T> Claims<T> {
    /// A first claim, which is the chosen one.
    #[must_use]
    pub fn new(value: T, source: Source) -> Self {
        Self { claims: vec![Claim { value, source }], chosen: 0 }
    }

    /// The claim that is shown where only one can be.
    #[must_use]
    pub fn chosen(&self) -> &Claim<T> {
        // Every constructor checks that the chosen claim exists.
        &self.claims[self.chosen]
    }

    /// The value of the claim that is shown where only one can be.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.chosen().value
    }

    /// Which claim is chosen, counted from 0.
    #[must_use]
    pub const fn chosen_index(&self) -> usize {
        self.chosen
    }

    /// Every claim, in the order in which they were made.
    #[must_use]
    pub fn all(&self) -> &[Claim<T>] {
        &self.claims
    }

    /// Chooses another claim, counted from 0.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] if there is no such claim.
    pub fn choose(&mut self, index: usize) -> Result<(), InvalidValue> {
        check_chosen(index, self.claims.len())?;
        self.chosen = index;
        Ok(())
    }
}

impl<T: PartialEq> Claims<T> {
    /// Adds what another source says, keeping the choice. Saying the same from the same source again adds nothing.
    pub fn add(&mut self, value: T, source: Source) {
        let claim = Claim { value, source };
        if !self.claims.contains(&claim) {
            self.claims.push(claim);
        }
    }

    /// The claims that differ from the chosen one.
    pub fn conflicts(&self) -> impl Iterator<Item = &Claim<T>> {
        self.claims.iter().filter(|claim| claim.value != self.chosen().value)
    }

    /// Whether every source says the same.
    #[must_use]
    pub fn is_agreed(&self) -> bool {
        self.conflicts().next().is_none()
    }
}

fn check_chosen(index: usize, length: usize) -> Result<(), InvalidValue> {
    if index < length {
        Ok(())
    } else {
        Err(InvalidValue::out_of_range(
            &format_args!("claim {index}"),
            "the place of one of the claims, counted from 0",
        ))
    }
}

impl<T> TryFrom<RawClaims<T>> for Claims<T> {
    type Error = InvalidValue;

    fn try_from(raw: RawClaims<T>) -> Result<Self, InvalidValue> {
        check_chosen(raw.chosen, raw.claims.len())?;
        Ok(Self { claims: raw.claims, chosen: raw.chosen })
    }
}
