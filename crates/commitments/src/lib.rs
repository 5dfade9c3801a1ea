//! Claims joined to commitments and agreements: a pure, order-free function.

mod exchange;

pub use exchange::{Changed, Coverage, Doubt, Doubtful, Merged, Quotation, Rate, Rates};
