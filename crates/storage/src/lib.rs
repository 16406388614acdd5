//! Ports, the record catalogue and the back ends.
