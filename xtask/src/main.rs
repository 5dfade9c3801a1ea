//! Generators of the repository.
fn main() {}
