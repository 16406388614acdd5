//! Trying every step from every state that can be reached.

use std::error::Error;

/// A step, from where it is possible, and where it leads.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) from: Vec<String>,
    pub(crate) step: String,
    pub(crate) to: String,
    /// What it needs beside the state; empty if nothing.
    pub(crate) needs: &'static str,
}

/// A state machine as it was found.
pub(crate) struct Explored {
    pub(crate) subject: &'static str,
    /// What the table does not say.
    pub(crate) about: String,
    pub(crate) states: Vec<String>,
    pub(crate) initial: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// Where a step leads that changes nothing of the state.
pub(crate) const AS_IT_WAS: &str = "as it was";

/// What is tried: samples, each in a state, and steps that make another sample of one or are refused.
pub(crate) trait Tried {
    type Sample: Clone;
    type Step: Copy;
    /// Every state, in the order of the documentation.
    fn states() -> Vec<String>;
    fn steps() -> Vec<Self::Step>;
    fn step_name(step: Self::Step) -> String;
    /// The state that is shown.
    fn state(sample: &Self::Sample) -> String;
    /// What tells samples apart that are in one state and go on from there in different ways.
    fn key(sample: &Self::Sample) -> String {
        Self::state(sample)
    }
    /// Where a step led, as it is shown.
    fn led_to(_step: Self::Step, before: &Self::Sample, after: &Self::Sample) -> String {
        let (before, after) = (Self::state(before), Self::state(after));
        if before == after { AS_IT_WAS.to_owned() } else { after }
    }
    /// The sample after a step; `None` if it is refused.
    fn take(sample: &Self::Sample, step: Self::Step) -> Option<Self::Sample>;
}

/// Tries every step from every state that can be reached from these samples.
///
/// # Errors
///
/// If a state was not reached: then the table would not tell of it.
pub(crate) fn explore<T: Tried>(
    subject: &'static str,
    about: &str,
    begin: Vec<T::Sample>,
) -> Result<Explored, Box<dyn Error>> {
    let initial: Vec<String> = begin.iter().map(T::state).collect();
    let mut reached = begin;
    let mut rows: Vec<Row> = Vec::new();
    let mut at = 0;
    while let Some(sample) = reached.get(at).cloned() {
        at += 1;
        for step in T::steps() {
            let Some(after) = T::take(&sample, step) else { continue };
            let row = Row {
                from: vec![T::state(&sample)],
                step: T::step_name(step),
                to: T::led_to(step, &sample, &after),
                needs: "",
            };
            let known = |one: &Row| (&one.from, &one.step, &one.to) == (&row.from, &row.step, &row.to);
            if !rows.iter().any(known) {
                rows.push(row);
            }
            if !reached.iter().any(|known| T::key(known) == T::key(&after)) {
                reached.push(after);
            }
        }
    }
    let states = T::states();
    let missed: Vec<&String> =
        states.iter().filter(|state| !reached.iter().any(|sample| T::state(sample) == **state)).collect();
    if !missed.is_empty() {
        return Err(format!("{subject}: nothing leads to {missed:?}").into());
    }
    let place = |state: &str| states.iter().position(|known| known == state);
    rows.sort_by_key(|row| place(&row.from[0]));
    Ok(Explored { subject, about: about.to_owned(), states, initial, rows })
}
