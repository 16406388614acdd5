//! An automaton from coded names to numbers, asked exactly or with one slip forgiven.

use fst::raw::{Fst, Node, Output};

use crate::alphabet::{WIDE, is_letter};

/// Coded names, each with a number.
pub(crate) struct Keys<'a> {
    fst: Fst<&'a [u8]>,
}

impl std::fmt::Debug for Keys<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("len", &self.fst.len()).finish_non_exhaustive()
    }
}

impl<'a> Keys<'a> {
    /// Takes the bytes of an automaton, or nothing if they are none.
    pub(crate) fn new(data: &'a [u8]) -> Option<Self> {
        Fst::new(data).ok().map(|fst| Self { fst })
    }

    /// The number of a key.
    pub(crate) fn get(&self, key: &[u8]) -> Option<u64> {
        self.fst.get(key).map(Output::value)
    }

    /// The keys that differ from this one by one letter: changed, left out, added, or swapped with its neighbour.
    ///
    /// Each is visited once with its number, in no particular order. Two-byte alphabets have no slips of one letter that
    /// mean anything, so nothing is visited for them. Walks the automaton along the key and, at each step, tries the one slip
    /// there; what comes after must fit exactly. For names of ten letters this visits some hundred nodes.
    pub(crate) fn one_edit(&self, key: &[u8], mut visit: impl FnMut(&[u8], u64)) {
        if key.contains(&WIDE) {
            return;
        }
        let mut walk = Walk { fst: &self.fst, found: Vec::new(), spelt: Vec::with_capacity(key.len() + 2) };
        walk.run(key);
        let mut found = walk.found;
        found.sort_unstable();
        found.dedup();
        found.iter().filter(|(spelt, _)| spelt != key).for_each(|(spelt, value)| visit(spelt, *value));
    }

    /// Visits keys that begin with this one, in their order, at most so many.
    pub(crate) fn beginning_with(&self, key: &[u8], most: usize, mut visit: impl FnMut(&[u8], u64)) {
        use fst::{IntoStreamer as _, Streamer as _};
        let mut stream = self.fst.range().ge(key).into_stream();
        for _ in 0..most {
            match stream.next() {
                Some((found, value)) if found.starts_with(key) => visit(found, value.value()),
                Some(_) | None => return,
            }
        }
    }
}

struct Walk<'f, 'a> {
    fst: &'f Fst<&'a [u8]>,
    found: Vec<(Vec<u8>, u64)>,
    spelt: Vec<u8>,
}

impl Walk<'_, '_> {
    fn run(&mut self, key: &[u8]) {
        let mut node = self.fst.root();
        let mut output = Output::zero();
        for at in 0..=key.len() {
            let rest = &key[at..];
            let editable = rest.first().is_some_and(|&byte| is_letter(byte));
            self.spelt.clear();
            self.spelt.extend(&key[..at]);
            if at == 0 || at > 0 && (editable || rest.is_empty()) {
                self.added_or_changed(&node, output, rest, editable);
            }
            if editable {
                self.follow(node.addr(), output, &rest[1..]);
            }
            if let [first, second, tail @ ..] = rest
                && editable
                && is_letter(*second)
                && first != second
            {
                self.swapped(&node, output, [*second, *first], tail);
            }
            let Some(step) = rest.first().and_then(|&byte| node.find_input(byte)) else { return };
            let transition = node.transition(step);
            output = output.cat(transition.out);
            node = self.fst.node(transition.addr);
        }
    }

    /// One letter of the name was left out of the key, or typed as another.
    fn added_or_changed(&mut self, node: &Node<'_>, output: Output, rest: &[u8], editable: bool) {
        for transition in node.transitions() {
            if !is_letter(transition.inp) {
                continue;
            }
            let output = output.cat(transition.out);
            self.spelt.push(transition.inp);
            self.follow(transition.addr, output, rest);
            if editable && rest[0] != transition.inp {
                self.follow(transition.addr, output, &rest[1..]);
            }
            self.spelt.pop();
        }
    }

    fn swapped(&mut self, node: &Node<'_>, output: Output, pair: [u8; 2], tail: &[u8]) {
        let Some(first) = node.find_input(pair[0]).map(|at| node.transition(at)) else { return };
        let next = self.fst.node(first.addr);
        let Some(second) = next.find_input(pair[1]).map(|at| next.transition(at)) else { return };
        self.spelt.extend(pair);
        self.follow(second.addr, output.cat(first.out).cat(second.out), tail);
        self.spelt.truncate(self.spelt.len() - 2);
    }

    /// The rest must fit exactly.
    fn follow(&mut self, from: usize, mut output: Output, rest: &[u8]) {
        let mut node = self.fst.node(from);
        for &byte in rest {
            let Some(at) = node.find_input(byte) else { return };
            let transition = node.transition(at);
            output = output.cat(transition.out);
            node = self.fst.node(transition.addr);
        }
        if node.is_final() {
            let spelt = [&self.spelt, rest].concat();
            self.found.push((spelt, output.cat(node.final_output()).value()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Keys;

    /// Whether one changed, added, left-out or swapped letter makes one word of the other; by trying them all.
    fn differ_by_one(one: &[u8], other: &[u8]) -> bool {
        let mut variants = BTreeSet::new();
        for at in 0..=one.len() {
            for letter in b'a'..=b'd' {
                variants.insert([&one[..at], &[letter], &one[at..]].concat());
                if at < one.len() {
                    variants.insert([&one[..at], &[letter], &one[at + 1..]].concat());
                }
            }
            if at < one.len() {
                variants.insert([&one[..at], &one[at + 1..]].concat());
            }
            if at + 1 < one.len() {
                variants.insert([&one[..at], &[one[at + 1], one[at]], &one[at + 2..]].concat());
            }
        }
        variants.remove(one);
        variants.contains(other)
    }

    proptest! {
        #[test]
        fn slips_are_found_as_by_trying_them_all(words in prop::collection::btree_set("[a-d]{1,6}", 1..60), typed in "[a-d]{1,6}") {
            let automaton = fst::raw::Fst::from_iter_map(words.iter().zip(0_u64..)).expect("sorted").into_inner();
            let keys = Keys::new(&automaton).expect("an automaton");
            let mut found = BTreeSet::new();
            keys.one_edit(typed.as_bytes(), |spelt, value| {
                assert_eq!(keys.get(spelt), Some(value));
                assert!(found.insert(spelt.to_vec()), "visited twice");
            });
            let expected: BTreeSet<Vec<u8>> =
                words.iter().filter(|word| differ_by_one(typed.as_bytes(), word.as_bytes())).map(|word| word.clone().into_bytes()).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn digits_and_changes_of_script_are_no_slips() {
        let automaton =
            fst::raw::Fst::from_iter_map([(&b"\x05abc"[..], 0), (b"abc1", 1)]).expect("sorted").into_inner();
        let keys = Keys::new(&automaton).expect("an automaton");
        for typed in [&b"abc"[..], b"abc2"] {
            keys.one_edit(typed, |spelt, _| panic!("{spelt:?}"));
        }
    }
}
