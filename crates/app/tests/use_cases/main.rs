//! The use cases as stories, each on both back ends.

mod access;
mod address_book;
mod agreements;
mod calendar_feeds;
mod commands;
mod committees;
mod counting;
mod counts;
mod due;
mod engagements;
mod giving_up;
mod growth;
mod handovers;
mod harness;
mod journal;
mod links;
mod outcomes;
mod partnerships;
mod people;
mod places;
mod practices;
mod privacy;
mod programmes;
mod promises;
mod tokens;
mod vitality;
