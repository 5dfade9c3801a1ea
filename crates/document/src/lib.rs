//! Where the outside world enters: files, folders and bytes to [`Document`]s.
//!
//! ```
//! use pledgebook_document::{Opener, Role};
//! use pledgebook_lexicon::Data;
//!
//! let opener = Opener::new(&Data::embedded())?;
//! let document = opener.text("note", "A deal at last\nBy Ann Lee\n\nThe accord was signed.\nRead also: Ten hats\n");
//! let roles: Vec<Role> = document.blocks().iter().map(|block| block.role).collect();
//! assert_eq!(roles, [Role::Title, Role::Byline, Role::Body, Role::Aside]);
//! # Ok::<(), pledgebook_lexicon::Error>(())
//! ```

mod blocks;
mod charset;
mod document;
mod error;
mod input;
mod markdown;
mod opener;
mod paragraphs;
mod record;
mod words;

pub use document::{Block, Document, Role};
pub use error::Error;
pub use input::{Input, Inputs};
pub use opener::{Format, Opener};
