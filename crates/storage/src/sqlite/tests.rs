//! Statements prepare, plans use indices, the schema is the catalogue.
