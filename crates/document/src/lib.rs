//! Where the outside world enters: bytes to [`Document`]s.

mod document;

pub use document::{Block, Document, Role};
