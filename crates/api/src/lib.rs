//! The wire, declared once: endpoints, bodies, problems and pages.
