//! Rounds: two sides take turns, and the median of their ratios is what counts.

use std::time::Duration;

use crate::{Outcome, tell};

/// How many rounds, and how long each side has in one.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a number and a length are all there is to it")]
pub struct Rounds {
    /// How many.
    pub number: usize,
    /// How long each side has in one.
    pub length: Duration,
}

/// What the rounds found: ours divided by the other.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "what was found is also read from lines")]
pub struct Ratio {
    /// That of the round in the middle.
    pub median: f64,
    /// That of the worst round.
    pub lowest: f64,
    /// That of the best.
    pub highest: f64,
}

impl Rounds {
    /// As figures are published.
    pub const FULL: Self = Self { number: 25, length: Duration::from_millis(500) };
    /// To see that it works.
    pub const QUICK: Self = Self { number: 5, length: Duration::from_millis(500) };

    /// Has both sides take turns; each answers how much it did in a second. The first to begin changes from round to round.
    ///
    /// # Errors
    ///
    /// What a side fails with.
    pub fn compare(
        self,
        what: &str,
        mut ours: impl FnMut(Duration) -> Outcome<f64>,
        mut other: impl FnMut(Duration) -> Outcome<f64>,
    ) -> Outcome<Ratio> {
        let warming = self.length / 4;
        ours(warming)?;
        other(warming)?;
        let mut ratios = Vec::with_capacity(self.number);
        for round in 0..self.number {
            let (mine, theirs) = if round % 2 == 0 {
                let mine = ours(self.length)?;
                (mine, other(self.length)?)
            } else {
                let theirs = other(self.length)?;
                (ours(self.length)?, theirs)
            };
            tell(&format!("{what}: {mine:.0}/s beside {theirs:.0}/s, {:.2}", mine / theirs));
            ratios.push(mine / theirs);
        }
        Ok(Ratio::of(ratios))
    }
}

impl Ratio {
    /// What was found in these rounds.
    #[must_use]
    pub fn of(mut ratios: Vec<f64>) -> Self {
        ratios.sort_by(f64::total_cmp);
        let at = |place: usize| ratios.get(place).copied().unwrap_or(f64::NAN);
        Self { median: at(ratios.len() / 2), lowest: at(0), highest: at(ratios.len().saturating_sub(1)) }
    }
}

/// Does it over and over for that long; answers how often in a second.
///
/// # Errors
///
/// What it fails with.
pub fn per_second(length: Duration, mut once: impl FnMut(usize) -> Outcome<()>) -> Outcome<f64> {
    let begun = std::time::Instant::now();
    let mut done = 0_u32;
    while begun.elapsed() < length {
        for _ in 0..16 {
            once(done as usize)?;
            done += 1;
        }
    }
    Ok(f64::from(done) / begun.elapsed().as_secs_f64())
}

/// The same of what is waited for.
///
/// # Errors
///
/// What it fails with.
pub async fn asked_per_second(length: Duration, once: impl AsyncFn(usize) -> Outcome<()>) -> Outcome<f64> {
    let begun = std::time::Instant::now();
    let mut done = 0_u32;
    while begun.elapsed() < length {
        for _ in 0..16 {
            once(done as usize).await?;
            done += 1;
        }
    }
    Ok(f64::from(done) / begun.elapsed().as_secs_f64())
}
