//! The model of a sister-city programme and its rules; pure.
