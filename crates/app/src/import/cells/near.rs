//! Words that differ by one slip of the keyboard.

/// Whether one letter put in, left out, changed or swapped with its neighbour makes one text the other. Equal texts are not near but the same.
pub(crate) fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    // In short words one letter makes another word: `MoU` is no slip of `Mob`.
    if short.len() < 4 || long.len() - short.len() > 1 || a == b {
        return false;
    }
    let start = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let rest = |skip_short: usize, skip_long: usize| {
        short.get(start + skip_short..) == long.get(start + skip_long..)
    };
    if short.len() < long.len() {
        return rest(0, 1);
    }
    let swapped = short.get(start) == long.get(start + 1) && short.get(start + 1) == long.get(start);
    rest(1, 1) || (swapped && rest(2, 2))
}

#[cfg(test)]
mod tests {
    use super::one_edit;

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        for (a, b) in [
            ("sister city", "sistercity"),
            ("twin city", "twni city"),
            ("partner", "partnr"),
            ("partner", "partnerx"),
            ("partner", "parkner"),
        ] {
            assert!(one_edit(a, b) && one_edit(b, a), "{a} {b}");
        }
        for (a, b) in
            [("partner", "partner"), ("mou", "mob"), ("sister", "partner"), ("sister city", "sistr cty")]
        {
            assert!(!one_edit(a, b), "{a} {b}");
        }
    }
}
